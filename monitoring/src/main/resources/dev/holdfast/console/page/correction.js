import { annotate, extract, Refused } from "./api.js";
import { sameTexts, textOf } from "./words.js";

// What somebody says about a document's fields: gathered, sent, and followed until a version has
// learned it or left it out.

const NAME = "holdfast.annotator";

/** How often a version that does not agree, or does not answer, is asked again. */
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

  /**
   * Sends all of it; says nothing back when it was refused, which `sent` then tells. Until the answer
   * is here somebody may have gone on: to another document, or to say more about this one.
   */
  async send(document, newestVersion, extraction) {
    const fields = Object.fromEntries(this.#draft);
    const sent = (this.#sent = { fields, before: extraction, after: null, since: newestVersion, step: "sending", learned: 0, tries: 0 });
    try {
      const answer = await annotate({
        documentId: document.id,
        collection: document.collection,
        source: "human",
        ...(this.annotator && { annotator: this.annotator }),
        fields,
      });
      sent.step = answer.learned ? "sent" : "refused";
      sent.problem = answer.why;
      if (this.#sent === sent) {
        this.#said(fields);
      }
    } catch (problem) {
      expectFailure(problem);
      sent.step = "refused";
      sent.problem = problem.message;
    }
  }

  /** These are no longer about to be said, but for what has changed in them since. */
  #said(fields) {
    for (const [field, values] of Object.entries(fields)) {
      if (this.#draft.get(field) === values) {
        this.#draft.delete(field);
      }
    }
  }

  /** Whether there is anything to wait for. */
  get waits() {
    const { step, tries } = this.#sent ?? {};
    return ["sent", "joined"].includes(step) || (step === "learned" && tries < TRIES);
  }

  /** Looks how far it is, by the document's record as it is now. */
  async follow(record) {
    const sent = this.#sent;
    if (sent.step === "sent" && joined(sent, record)) {
      sent.step = "joined";
    }
    if (sent.step === "joined" && record.learned > sent.since) {
      sent.step = "learned";
      sent.learned = record.learned;
    } else if (sent.step === "joined" && record.leftOut > sent.since) {
      Object.assign(sent, { step: "leftOut", leftOut: record.leftOut, putAside: record.putAside });
    }
    if (sent.step === "learned") {
      await extractAgain(sent, record.example.document);
    }
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

function joined(sent, record) {
  return Object.entries(sent.fields).every(([field, values]) => {
    const said = record.example.statements[field];
    return said !== undefined && sameTexts(said.values, values);
  });
}

/** What was sent is taken and learned by now, whether or not this gets an answer. */
async function extractAgain(sent, document) {
  try {
    const extraction = await extract(document);
    if (extraction.model.version >= sent.learned) {
      sent.after = extraction;
      sent.tries++;
      if (agrees(sent, extraction) || sent.tries >= TRIES) {
        sent.step = "extracted";
      }
    }
  } catch (problem) {
    expectFailure(problem);
    sent.tries++;
  }
}

function agrees(sent, extraction) {
  return Object.entries(sent.fields).every(([field, values]) => sameTexts(extraction.fields[field] ?? [], values));
}

/** Throws on what is neither a refusal nor the lack of an answer. */
function expectFailure(problem) {
  if (!(problem instanceof Refused || problem instanceof TypeError || problem.name === "TimeoutError")) {
    throw problem;
  }
}
