import { byId } from "./dom.js";

// What the page asks of the process that serves it, and nobody else.

const KEY = "holdfast.token";
let signingIn = null;

/** What went wrong, in the words of whoever refused. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(method, path, body, retried = false) {
  const headers = {};
  const token = sessionStorage.getItem(KEY);
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const response = await fetch(path, {
    method,
    headers,
    cache: "no-store",
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  if (response.status === 204) {
    return null;
  }
  if (response.status === 401 && !retried) {
    await signIn(token ? "That token was not taken." : "");
    return request(method, path, body);
  }
  const json = parsed(await response.text(), response.status);
  if (!response.ok) {
    throw new Refused(response.status, json.message ?? `the answer was ${response.status}`);
  }
  return json;
}

/** What stands between this page and its process, such as a proxy, may answer with a page of its own. */
function parsed(text, status) {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    throw new Refused(status, `expected JSON, was something else with status ${status}`);
  }
}

/** Asks for a token, once however many requests wait for it. */
function signIn(problem) {
  signingIn ??= new Promise((resolve) => {
    const dialog = byId("token");
    byId("token-problem").textContent = problem;
    byId("token-problem").hidden = !problem;
    dialog.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      sessionStorage.setItem(KEY, byId("token-input").value.trim());
      byId("token-input").value = "";
      dialog.close();
      signingIn = null;
      resolve();
    };
    dialog.oncancel = (event) => event.preventDefault();
    dialog.showModal();
  });
  return signingIn;
}

/** Everything but documents; null when nothing has changed since that revision. */
export function state(collection, after) {
  return request("GET", `/v1/console/state?${new URLSearchParams({ ...(collection && { collection }), after })}`);
}

/** A document with all that is known of it. */
export function loadDocument(collection, id) {
  return request("GET", `/v1/console/document?${new URLSearchParams({ collection, id })}`);
}

export function annotate(annotation) {
  return request("POST", "/v1/annotations", annotation);
}

/** What the newest version finds in a document. */
export function extract(document) {
  return request("POST", "/v1/extract", document);
}
