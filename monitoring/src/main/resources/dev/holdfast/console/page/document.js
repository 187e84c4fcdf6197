import { element, keepFocus } from "./dom.js";
import { loadDocument, Refused } from "./api.js";
import { ago, counted, leftOut, words } from "./format.js";
import { Correction } from "./correction.js";
import { FieldPanel } from "./fields.js";
import { shortcut } from "./keys.js";
import { PageView } from "./page.js";
import { hasPlaces, textOf } from "./words.js";

const NARROW = matchMedia("(max-width: 760px)");

/** One document: its words, its fields, and what somebody has to say about them. */
export class DocumentView {
  #host;
  #head = element("header", { class: "document-head" });
  #sheet = element("div", { class: "sheets" });
  #bar = element("div", { class: "choice", hidden: true });
  #body = element("div", { class: "document-body" });
  #page;
  #panel;
  #correction = new Correction();
  #state = null;
  #id = "";
  #record = null;
  #signature = "";
  #layout = null;
  #busy = false;

  constructor(host) {
    this.#host = host;
    this.#page = new PageView(this.#sheet, {
      onchoose: () => this.#choice(),
      ontake: (span, more) => this.#take(span, more),
      onopen: (i) => this.#panel.openAt(i),
    });
    this.#panel = new FieldPanel(this.#correction, {
      onchange: () => this.#refresh(),
      onactive: (span) => span && this.#page.reveal(span[0]),
      onfocus: (span) => this.#page.focus(span),
      onsend: () => this.#send(),
    });
    this.#body.append(element("div", { class: "document-main" }, this.#head, this.#sheet, this.#bar), this.#panel.host);
    shortcut("l", "Page or lines", () => this.#switch());
    shortcut("Escape", "Choose nothing", () => this.#page.choose(null));
    NARROW.addEventListener("change", () => this.#record && this.#draw());
  }

  /** Shows a document, and what is new about it. */
  async show(state, now, id) {
    this.#state = state;
    if (id !== this.#id) {
      this.#open(id);
    }
    if (!id || this.#busy) {
      return;
    }
    const entry = state.documents?.find((listed) => listed.id === id);
    const signature = entry ? [entry.version, entry.stated, entry.learned, entry.leftOut, entry.putAside].join("/") : "gone";
    if (signature !== this.#signature || this.#correction.waits) {
      this.#busy = true;
      try {
        await this.#load(signature);
      } finally {
        this.#busy = false;
      }
    }
  }

  #open(id) {
    this.#id = id;
    this.#record = null;
    this.#signature = "";
    this.#layout = null;
    this.#correction.forget();
    this.#panel.close();
    const text = id ? "Loading…" : "Choose a document to see what was found in it, and to correct it.";
    this.#host.replaceChildren(element("p", { class: "none" }, text));
  }

  async #load(signature) {
    const id = this.#id;
    try {
      const record = await loadDocument(this.#state.collection, id);
      if (id !== this.#id) {
        return;
      }
      if (this.#correction.waits) {
        await this.#correction.follow(record);
        if (id !== this.#id) {
          return;
        }
      }
      this.#signature = signature;
      const before = this.#record;
      this.#record = record;
      if (!before || JSON.stringify(before.example.document) !== JSON.stringify(record.example.document)) {
        this.#host.replaceChildren(this.#body);
        this.#draw();
      } else {
        this.#refresh();
      }
    } catch (problem) {
      if (!(problem instanceof Refused)) {
        throw problem;
      }
      if (id === this.#id) {
        this.#failed(problem, signature);
      }
    }
  }

  /** A document that is gone is not asked for again; any other is, and what is shown of it stays. */
  #failed(problem, signature) {
    const gone = problem.status === 404;
    if (gone) {
      this.#signature = signature;
    }
    if (gone || !this.#record) {
      this.#host.replaceChildren(element("p", { class: "none" }, gone ? "This document is no longer kept here: the console keeps the latest ones." : problem.message));
    }
  }

  /** What the newest version that was asked finds. */
  #extraction() {
    const again = this.#correction.sent?.after;
    return again && again.model.version >= (this.#record.extraction?.model.version ?? 0) ? again : this.#record.extraction;
  }

  #draw() {
    const document = this.#record.example.document;
    this.#layout ??= hasPlaces(document) && !NARROW.matches ? "page" : "lines";
    this.#page.show(document, this.#layout);
    this.#choice();
    this.#refresh();
  }

  #refresh() {
    const extraction = this.#extraction();
    this.#drawHead(extraction);
    this.#panel.show(this.#record, extraction, this.#state);
    this.#page.mark(this.#panel.marks());
  }

  #drawHead(extraction) {
    const document = this.#record.example.document;
    const facts = [
      words(document.type) || "no type",
      document.language,
      document.pages.length > 1 && counted(document.pages.length, "page"),
      counted(document.tokens.length, "word"),
      extraction?.model.version > 0 ? `extracted by version ${extraction.model.version}` : "no version has extracted it yet",
      this.#record.learned > 0 && `learned in version ${this.#record.learned}`,
      this.#record.leftOut > 0 && leftOut(this.#record),
      ago(this.#record.at, this.#state.now),
    ];
    const layouts = ["page", "lines"].map((layout) =>
      element("button", { type: "button", "aria-pressed": layout === this.#layout, "data-focus": layout, onclick: () => layout !== this.#layout && this.#switch() }, layout === "page" ? "Page" : "Lines"),
    );
    keepFocus(this.#head, () =>
      this.#head.replaceChildren(
        element("a", { href: "#/documents", class: "back", "aria-label": "Back to the list" }, "‹"),
        element("div", {}, element("h2", {}, document.id), element("p", {}, facts.filter(Boolean).join(" · "))),
        hasPlaces(document) ? element("div", { class: "segments", role: "group", "aria-label": "Layout" }, ...layouts) : null,
      ),
    );
  }

  #switch() {
    if (!this.#record || !hasPlaces(this.#record.example.document)) {
      return false;
    }
    this.#layout = this.#layout === "page" ? "lines" : "page";
    this.#draw();
    return true;
  }

  /** The bar that says what is chosen and what can be done with it. */
  #choice() {
    const span = this.#page.chosen;
    const field = this.#panel.active;
    this.#bar.hidden = !span || !this.#state?.corrections;
    if (this.#bar.hidden) {
      return;
    }
    this.#bar.replaceChildren(
      element("p", {}, element("q", {}, textOf(this.#record.example.document, span))),
      field
        ? element("button", { type: "button", class: "primary", onclick: () => this.#take(span, false) }, `Use as ${words(field)}`, element("kbd", {}, "⏎"))
        : element("span", { class: "hint" }, "Open a field to use it for"),
    );
  }

  #take(span, more) {
    if (this.#panel.active && this.#state.corrections) {
      this.#correction.take(this.#record.example.document, this.#panel.active, span, more);
      this.#page.choose(null);
      this.#refresh();
    }
  }

  async #send() {
    const newest = this.#state.versions?.at(-1)?.number ?? 0;
    const sending = this.#correction.send(this.#record.example.document, newest, this.#extraction());
    this.#refresh();
    await sending;
    if (this.#record) {
      this.#refresh();
    }
  }
}
