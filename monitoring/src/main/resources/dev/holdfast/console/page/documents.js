import { byId, element, keepFocus, setShare } from "./dom.js";
import { ago, counted, ratio, words } from "./format.js";
import { shortcut } from "./keys.js";
import { DocumentView } from "./document.js";

/** The view with the latest documents and the one that is open. */
export class Documents {
  #view = new DocumentView(byId("document"));
  #state = null;
  #now = 0;
  #open = "";
  #order = "newest";
  #shown = "";

  constructor() {
    byId("filter").addEventListener("input", () => this.#list());
    for (const button of document.querySelectorAll("[data-order]")) {
      button.addEventListener("click", () => {
        this.#order = button.dataset.order;
        for (const other of document.querySelectorAll("[data-order]")) {
          other.setAttribute("aria-pressed", other === button);
        }
        this.#list();
      });
    }
    shortcut("j", "Next document", () => this.#move(1));
    shortcut("k", "Document before", () => this.#move(-1));
    shortcut("/", "Filter documents", () => {
      location.hash = location.hash.startsWith("#/documents") ? location.hash : "#/documents";
      setTimeout(() => byId("filter").focus());
    });
  }

  show(state, now, id) {
    this.#state = state;
    this.#now = now;
    this.#open = id;
    this.#list();
    this.#view.show(state, now, id);
  }

  #entries() {
    const sought = byId("filter").value.trim().toLowerCase();
    const entries = (this.#state?.documents ?? []).filter(
      (entry) => entry.id.toLowerCase().includes(sought) || words(entry.type).includes(sought),
    );
    // What a version before the first found says nothing, and what people have said all about is settled.
    const unsure = (entry) => (entry.version > 0 ? entry.confidence : 1) + (entry.stated > 0 ? 1 : 0);
    return this.#order === "newest" ? entries : entries.sort((a, b) => unsure(a) - unsure(b));
  }

  #list() {
    const entries = this.#entries();
    const list = byId("document-list");
    const rows = entries.length ? entries.map((entry) => this.#entry(entry)) : [element("li", { class: "none" }, this.#none())];
    const shown = rows.map((row) => row.textContent).join("\n") + this.#open;
    if (shown !== this.#shown) {
      this.#shown = shown;
      keepFocus(list, () => list.replaceChildren(...rows));
    }
  }

  #none() {
    return this.#state?.documents?.length ? "No document has that in its id or type." : "No document has come yet.";
  }

  #entry(entry) {
    const sure = entry.version > 0 && entry.fields > 0;
    return element(
      "li",
      {},
      element(
        "a",
        {
          href: `#/documents/${encodeURIComponent(entry.id)}`,
          "aria-current": entry.id === this.#open ? "true" : null,
          "data-focus": entry.id,
        },
        element(
          "span",
          { class: "entry-row" },
          element("span", { class: "entry-id" }, entry.id),
          element("span", { class: "entry-sure", title: "mean confidence" }, sure ? setShare(element("span", { class: "meter" }), "--share", entry.confidence) : null, sure ? ratio(entry.confidence) : "–"),
        ),
        element("span", { class: "entry-row note" }, element("span", {}, words(entry.type) || "no type"), element("span", {}, stateOf(entry, this.#now))),
      ),
    );
  }

  #move(step) {
    if (!location.hash.startsWith("#/documents")) {
      return false;
    }
    const entries = this.#entries();
    const here = entries.findIndex((entry) => entry.id === this.#open);
    const next = entries[here < 0 ? 0 : here + step];
    if (next) {
      location.hash = `#/documents/${encodeURIComponent(next.id)}`;
      [...document.querySelectorAll("#document-list a")].find((link) => link.dataset.focus === next.id)?.scrollIntoView({ block: "nearest" });
    }
    return Boolean(next);
  }
}

function stateOf(entry, now) {
  if (entry.leftOut > 0) {
    return entry.putAside ? "put aside" : "held back";
  }
  if (entry.learned > 0) {
    return `in version ${entry.learned}`;
  }
  return entry.stated > 0 ? `${counted(entry.stated, "field")} annotated` : ago(entry.at, now);
}
