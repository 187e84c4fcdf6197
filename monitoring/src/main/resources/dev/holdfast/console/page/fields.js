import { element, keepFocus, setShare } from "./dom.js";
import { counted, leftOut, ratio, words } from "./format.js";
import { sameTexts } from "./words.js";
import { shortcut } from "./keys.js";

// The fields of the open document beside its words.

const STEPS = [
  ["sending", "Sending"],
  ["sent", "Taken by Kafka"],
  ["joined", "Joined with the document"],
  ["learned", "Learned"],
  ["extracted", "Extracted again"],
];

/** What was found, what people said, and what is about to be said, field by field. */
export class FieldPanel {
  host = element("aside", { class: "field-panel", "aria-label": "Fields" });
  #correction;
  #actions;
  #record = null;
  #extraction = null;
  #state = null;
  #active = "";
  #added = [];

  constructor(correction, actions) {
    this.#correction = correction;
    this.#actions = actions;
    shortcut("f", "To the fields", () => this.#focusFields());
    shortcut("w", "To the words", () => this.#whenShown(() => actions.onfocus(this.#spanOfActive())));
    shortcut("a", "The open field is absent", () => this.#onActive((field) => correction.absent(field)));
    shortcut("c", "What was found is right", () => this.#onActive((field) => this.#found(field).length && correction.confirm(field, this.#found(field))));
    shortcut("u", "Undo for the open field", () => this.#onActive((field) => correction.undo(field)));
    shortcut("n", "Another field", () => this.#whenShown(() => this.host.querySelector("[data-focus=another]")?.focus()));
    shortcut("s", "Send", () => this.#whenShown(() => correction.draft.size > 0 && actions.onsend()));
  }

  /** The field that is open; empty when none is. */
  get active() {
    return this.#active;
  }

  close() {
    this.#active = "";
    this.#added = [];
    this.#record = null;
  }

  #whenShown(action) {
    return this.#record && this.#state.corrections && !document.getElementById("documents").hidden ? action() : false;
  }

  #onActive(action) {
    return this.#whenShown(() => {
      if (!this.#active || action(this.#active) === false) {
        return false;
      }
      this.#actions.onchange();
      return true;
    });
  }

  #focusFields() {
    const first = this.#active ? `field ${this.#active}` : this.host.querySelector("[data-focus^=field]")?.dataset.focus;
    return this.#whenShown(() => [...this.host.querySelectorAll("[data-focus]")].find((node) => node.dataset.focus === first)?.focus());
  }

  #found(field) {
    return this.#extraction?.fields[field] ?? [];
  }

  #names() {
    const known = [Object.keys(this.#extraction?.fields ?? {}), Object.keys(this.#record.example.statements), [...this.#correction.draft.keys()], this.#added];
    return [...new Set(known.flat())].sort();
  }

  /** Opens the field that has a value at the token, unless one is open. */
  openAt(i) {
    const covers = (values) => values.some((value) => value.spans.some(([start, end]) => start <= i && i < end));
    const field = this.#active ? undefined : this.#names().find((name) => covers(this.#found(name)));
    if (field) {
      this.#open(field);
    }
  }

  #open(field) {
    this.#active = field;
    this.#actions.onchange();
    this.#actions.onactive(this.#spanOfActive());
  }

  #spanOfActive() {
    const values = this.#active ? this.#shownValues(this.#active) : [];
    return values[0]?.spans?.[0];
  }

  #shownValues(field) {
    return this.#correction.draft.get(field) ?? this.#found(field);
  }

  /** What to highlight on the page. */
  marks() {
    const marks = [];
    for (const field of this.#names()) {
      const draft = this.#correction.draft.get(field);
      const values = this.#shownValues(field);
      for (const value of values) {
        marks.push({
          label: words(field),
          kind: draft ? "draft" : "found",
          confidence: draft ? 1 : value.confidence,
          active: field === this.#active,
          spans: value.spans ?? [],
        });
      }
    }
    return marks;
  }

  show(record, extraction, state) {
    this.#record = record;
    this.#extraction = extraction;
    this.#state = state;
    const names = this.#names();
    keepFocus(this.host, () =>
      this.host.replaceChildren(
        element(
          "ul",
          { class: "fields-found", "aria-label": "Fields of this document" },
          ...(names.length ? names.map((field) => this.#row(field)) : [element("li", { class: "none" }, "Nothing was found in it.")]),
        ),
        ...(state.corrections ? [this.#another(state), this.#progress(), this.#foot()].filter(Boolean) : [element("p", { class: "none" }, "To correct fields here, monitoring must know where serving is: monitoring.console.serving-url.")]),
      ),
    );
  }

  #row(field) {
    const open = field === this.#active;
    const draft = this.#correction.draft.get(field);
    const said = this.#record.example.statements[field];
    const found = this.#found(field);
    return element(
      "li",
      { class: open ? "open" : "" },
      element(
        "button",
        { type: "button", class: "field", "aria-expanded": open, "data-focus": `field ${field}`, onclick: () => (open ? this.#open("") : this.#open(field)), onkeydown: (event) => this.#arrow(event) },
        element("span", { class: "field-name" }, words(field), draft ? element("span", { class: "badge new" }, "not sent") : said ? badge(said, found) : null),
        ...(found.length ? found.map(foundValue) : [element("span", { class: "value missing" }, said?.values.length === 0 ? "absent" : "not found")]),
        !draft && said && !sameTexts(said.values, found) ? element("span", { class: "said" }, `annotated: ${textsOf(said.values)}`) : null,
        draft ? draftValues(draft) : null,
      ),
      open && this.#state.corrections ? this.#buttons(field, found, draft) : null,
    );
  }

  #buttons(field, found, draft) {
    const button = (name, key, action, focus) =>
      element("button", { type: "button", "data-focus": `${focus} ${field}`, onclick: action }, name, element("kbd", {}, key));
    const change = (action) => () => {
      action();
      this.#actions.onchange();
    };
    return element(
      "div",
      { class: "field-buttons", role: "group", "aria-label": words(field) },
      button("Choose", "w", () => this.#actions.onfocus(this.#spanOfActive()), "words"),
      found.length ? button("Right", "c", change(() => this.#correction.confirm(field, found)), "right") : null,
      button("Absent", "a", change(() => this.#correction.absent(field)), "absent"),
      draft ? button("Undo", "u", change(() => this.#correction.undo(field)), "undo") : null,
    );
  }

  #arrow(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const buttons = [...this.host.querySelectorAll("button.field")];
      buttons[buttons.indexOf(event.currentTarget) + step]?.focus();
    }
  }

  #another(state) {
    const known = new Set(this.#names());
    const others = (state.fields ?? []).map(({ field }) => field).filter((field) => !known.has(field));
    const input = element("input", { list: "other-fields", placeholder: "Another field", "aria-label": "Another field", "data-focus": "another", maxlength: 100, autocomplete: "off" });
    return element(
      "form",
      {
        class: "another",
        onsubmit: (event) => {
          event.preventDefault();
          const field = input.value.trim().replaceAll(" ", "_").replaceAll("/", "_");
          if (field) {
            this.#added.push(field);
            input.value = "";
            this.#open(field);
            this.#focusFields();
          }
        },
      },
      input,
      element("datalist", { id: "other-fields" }, ...others.map((field) => element("option", { value: field }))),
      element("button", {}, "Add"),
    );
  }

  #progress() {
    const sent = this.#correction.sent;
    if (!sent) {
      return null;
    }
    if (sent.step === "refused") {
      return element("p", { class: "problem", role: "alert" }, `It was not taken: ${sent.problem}`);
    }
    if (sent.step === "leftOut") {
      return element("p", { class: "progress", role: "status" }, `Not learned: ${leftOut(sent)}.`);
    }
    const here = STEPS.findIndex(([step]) => step === sent.step);
    const detail = { learned: sent.learned > 0 ? `in version ${sent.learned}` : "", extracted: sent.after ? `by version ${sent.after.model.version}` : "" };
    return element(
      "div",
      { class: "progress", role: "status" },
      element("ol", {}, ...STEPS.slice(1).map(([step, name], i) => element("li", { "data-state": i + 1 <= here ? "done" : i + 1 === here + 1 ? "now" : "later" }, `${name} ${detail[step] ?? ""}`))),
      ...(sent.after ? this.#correction.outcome().map(outcomeRow) : []),
    );
  }

  #foot() {
    const size = this.#correction.draft.size;
    return element(
      "div",
      { class: "foot" },
      element(
        "label",
        {},
        "You are ",
        element("input", { value: this.#correction.annotator, placeholder: "your name", maxlength: 100, "data-focus": "annotator", onchange: (event) => (this.#correction.annotator = event.target.value) }),
      ),
      element("button", { type: "button", class: "primary", "data-focus": "send", disabled: size === 0, onclick: () => this.#actions.onsend() }, size ? `Send ${counted(size, "field")}` : "Send", element("kbd", {}, "s")),
    );
  }
}

function foundValue(value) {
  return element(
    "span",
    { class: "value" },
    element("span", { class: "value-text" }, value.text),
    setShare(element("span", { class: "meter" }), "--share", value.confidence),
    element("span", { class: "value-sure", title: "confidence" }, ratio(value.confidence)),
  );
}

function textsOf(values) {
  return values.length ? values.map((value) => value.text).join(" · ") : "absent";
}

function badge(said, found) {
  const who = said.annotator || said.source || "annotated";
  const agrees = sameTexts(said.values, found);
  return element("span", { class: "badge", title: agrees ? "found as annotated" : "found differently than annotated" }, agrees ? `✓ ${who}` : who);
}

function draftValues(draft) {
  return element("span", { class: "said new" }, textsOf(draft));
}

function outcomeRow({ field, before, after, agrees }) {
  const shown = (values) => (values.length ? values.map((value) => `${value.text} (${ratio(value.confidence)})`).join(" · ") : "absent");
  const changed = shown(before) !== shown(after);
  return element(
    "p",
    { class: agrees ? "outcome right" : "outcome" },
    element("strong", {}, words(field)),
    changed ? element("span", { class: "outcome-before" }, shown(before)) : null,
    changed ? element("span", { class: "unseen" }, " became ") : null,
    element("span", { class: "outcome-after" }, shown(after)),
  );
}
