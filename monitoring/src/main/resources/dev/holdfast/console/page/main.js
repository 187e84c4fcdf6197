import { byId, element, setText } from "./dom.js";
import { Refused, state as loadState } from "./api.js";
import { counted } from "./format.js";
import { Overview } from "./overview.js";
import { Documents } from "./documents.js";
import { listen, shortcut, showShortcuts } from "./keys.js";

// Keeps the page up to date: asks every second for what is new, shows the view that the address
// names.

const EVERY_MILLIS = 1000;

const overview = new Overview();
const documents = new Documents();
let latest = null;
let skew = 0;
let wanted = new URLSearchParams(location.search).get("collection") ?? "";
let failingSince = 0;

/** The server's time. */
const now = () => Date.now() + skew;

async function follow() {
  for (;;) {
    if (!document.hidden) {
      await look();
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MILLIS));
  }
}

async function look() {
  try {
    const state = await loadState(wanted, latest?.revision ?? -1);
    failingSince = 0;
    if (state) {
      latest = state;
      skew = state.now - Date.now();
      showCollections(state);
    }
    if (latest) {
      show(Boolean(state));
    }
    showStatus();
  } catch (problem) {
    if (problem instanceof TypeError || problem instanceof Refused || problem.name === "TimeoutError") {
      failingSince ||= Date.now();
      setText(byId("status"), `No answer: ${problem.message}`);
      byId("status").dataset.state = "lost";
    } else {
      throw problem;
    }
  }
}

function show(changed) {
  if (route().view === "overview") {
    overview.show(latest, now(), changed);
  } else {
    documents.show(latest, now(), route().id);
  }
}

function showStatus() {
  const status = byId("status");
  status.dataset.state = latest.lag > 0 ? "behind" : "live";
  setText(status, latest.lag > 0 ? `Catching up, ${counted(latest.lag, "record")} behind` : "Live");
}

function showCollections(state) {
  const select = byId("collection");
  select.parentElement.hidden = state.collections.length < 2;
  const shown = [...select.options].map((option) => option.value);
  if (shown.join("\n") !== state.collections.join("\n")) {
    select.replaceChildren(...state.collections.map((name) => element("option", { value: name }, name)));
  }
  select.value = state.collection ?? "";
}

byId("collection").addEventListener("change", (event) => {
  wanted = event.target.value;
  latest = null;
  location.hash = route().view === "documents" ? "#/documents" : "#/";
  look();
});

/** #/ or #/documents or #/documents/ID. */
function route() {
  const [, view, ...id] = location.hash.split("/");
  return { view: view === "documents" ? "documents" : "overview", id: decodeURIComponent(id.join("/")) };
}

function showRoute() {
  const { view, id } = route();
  for (const section of document.querySelectorAll(".view")) {
    section.hidden = section.id !== view;
  }
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === view) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  document.body.dataset.open = id ? "document" : view;
  document.title = id ? `${id} – Holdfast` : "Holdfast";
  if (latest) {
    show(true);
  }
}

shortcut("g", "Overview or documents", () => {
  location.hash = route().view === "overview" ? "#/documents" : "#/";
});
shortcut("?", "This list", () => showShortcuts());
for (const button of document.querySelectorAll("[data-open=shortcuts]")) {
  button.addEventListener("click", () => showShortcuts());
}
listen();
window.addEventListener("hashchange", showRoute);
document.addEventListener("visibilitychange", () => document.hidden || look());
showRoute();
follow();
