import { annotate, extract, Refused } from "./api.js";
import { sameTexts, textOf } from "./words.js";

// What somebody says about a document's fields: gathered, sent, and followed until a version has
// learned it or left it out.

const NAME = "holdfast.annotator";

/** How often a version that does not agree is asked again. */
const TRIES = 30;

export class Correction {
  #draft = new Map();
  #sent = null;

  /** Who says so; kept in this browser. */
  get annotator() {
    return localStorage.getItem(NAME) ?? "";
  }

  set annotator(name) {
    localStorage.setItem(NAME, name.trim());
  }

  /** By field the values that are about to be said; none means absent. */
  get draft() {
    return this.#draft;
  }

  /** What was sent last and how far it is; null when nothing was. */
  get sent() {
    return this.#sent;
  }

  forget() {
    this.#draft.clear();
    this.#sent = null;
  }

  /** The field has this value, besides those said before or as its only one. */
  take(document, field, span, more) {
    const before = more ? (this.#draft.get(field) ?? []) : [];
    this.#draft.set(field, [...before, { text: textOf(document, span), spans: [span] }]);
  }

  /** The field has these values, which were found already. */
  confirm(field, values) {
    this.#draft.set(field, values.map(({ text, spans }) => ({ text, spans })));
  }

  absent(field) {
    this.#draft.set(field, []);
  }

  undo(field) {
    return this.#draft.delete(field);
  }

  /** Sends all of it; says nothing back when it was refused, which `sent` then tells. */
  async send(document, newestVersion, extraction) {
    const fields = Object.fromEntries(this.#draft);
    this.#sent = { fields, before: extraction, after: null, since: newestVersion, step: "sending", learned: 0, tries: 0 };
    try {
      const answer = await annotate({
        documentId: document.id,
        collection: document.collection,
        source: "human",
        ...(this.annotator && { annotator: this.annotator }),
        fields,
      });
      this.#sent.step = answer.learned ? "sent" : "refused";
      this.#sent.problem = answer.why;
      this.#draft.clear();
    } catch (problem) {
      this.#refuse(problem);
    }
  }

  #refuse(problem) {
    if (!(problem instanceof Refused || problem instanceof TypeError || problem.name === "TimeoutError")) {
      throw problem;
    }
    this.#sent = { ...this.#sent, step: "refused", problem: problem.message };
  }

  /** Whether there is anything to wait for. */
  get waits() {
    return this.#sent !== null && ["sent", "joined", "learned"].includes(this.#sent.step);
  }

  /** Looks how far it is, by the document's record as it is now. */
  async follow(record) {
    const sent = this.#sent;
    if (sent.step === "sent" && this.#joined(record)) {
      sent.step = "joined";
    }
    if (sent.step === "joined" && record.learned > sent.since) {
      sent.step = "learned";
      sent.learned = record.learned;
    } else if (sent.step === "joined" && record.leftOut > sent.since) {
      this.#sent = { ...sent, step: "leftOut", leftOut: record.leftOut, putAside: record.putAside };
    }
    if (sent.step === "learned") {
      await this.#extractAgain(record);
    }
  }

  #joined(record) {
    return Object.entries(this.#sent.fields).every(([field, values]) => {
      const said = record.example.statements[field];
      return said !== undefined && sameTexts(said.values, values);
    });
  }

  async #extractAgain(record) {
    const sent = this.#sent;
    try {
      const extraction = await extract(record.example.document);
      if (extraction.model.version >= sent.learned) {
        sent.after = extraction;
        sent.tries++;
        if (this.#agrees(extraction) || sent.tries >= TRIES) {
          sent.step = "extracted";
        }
      }
    } catch (problem) {
      this.#refuse(problem);
    }
  }

  #agrees(extraction) {
    return Object.entries(this.#sent.fields).every(([field, values]) => sameTexts(extraction.fields[field] ?? [], values));
  }

  /** By field of the correction what was found before, and what is found now that it is learned. */
  outcome() {
    return Object.entries(this.#sent.fields).map(([field, values]) => {
      const before = this.#sent.before?.fields[field] ?? [];
      const after = this.#sent.after?.fields[field] ?? [];
      return { field, before, after, agrees: sameTexts(after, values) };
    });
  }
}
