import { element, setShare, shape } from "./dom.js";
import { boxesOf, hasPlaces, linesOf, vertically } from "./words.js";

// A document's words, in their places on the page or line by line, to look at and to choose from.

const WIDTH = 1000;
const PADDING = 3;
const LABEL = 17;

/**
 * Shows the words of one document. Words are chosen by pointer or keys, always a run in reading
 * order; `onchoose` is told of each choice, `ontake` when Enter is pressed on one, `onopen` of a
 * word that is only clicked.
 */
export class PageView {
  #host;
  #actions;
  #document = null;
  #layout = "page";
  #nodes = [];
  #lines = [];
  #marks = [];
  #anchor = null;
  #chosen = null;

  constructor(host, actions) {
    this.#host = host;
    this.#actions = actions;
    host.addEventListener("pointerdown", (event) => this.#press(event));
    host.addEventListener("pointermove", (event) => this.#drag(event));
    host.addEventListener("keydown", (event) => this.#key(event));
  }

  /** The chosen run [start, end), or null. */
  get chosen() {
    return this.#chosen;
  }

  show(document, layout) {
    this.#document = document;
    this.#layout = layout === "page" && hasPlaces(document) ? "page" : "lines";
    this.#lines = linesOf(document);
    this.#chosen = null;
    this.#nodes = [];
    const box = element("div", {
      class: this.#layout,
      role: "listbox",
      "aria-multiselectable": "true",
      "aria-label": `Words of ${document.id}`,
    });
    box.append(...(this.#layout === "page" ? this.#pages() : this.#paragraphs()));
    this.#host.replaceChildren(box);
    if (this.#nodes.length) {
      this.#nodes[0].tabIndex = 0;
    } else {
      box.append(element("p", { class: "none" }, "This document has no words."));
    }
    this.mark(this.#marks);
  }

  #pages() {
    return this.#document.pages.map((page, number) => {
      const height = Math.round((WIDTH * page.height) / page.width);
      const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "sheet", role: "presentation", "data-page": number });
      svg.append(shape("g", { class: "marks", "aria-hidden": "true" }));
      for (const line of this.#lines.filter(([first]) => this.#document.tokens[first].page === number)) {
        const size = sizeOf(line.map((i) => this.#document.tokens[i]), height / 1000);
        line.forEach((i) => svg.append((this.#nodes[i] = this.#word(this.#document.tokens[i], i, height / 1000, size))));
      }
      svg.append(shape("g", { class: "labels", "aria-hidden": "true" }));
      return svg;
    });
  }

  #word(token, i, scale, size) {
    const [x0, y0, x1, y1] = token.box;
    const [y, width, height] = [y0 * scale, Math.max(1, x1 - x0), Math.max(1, (y1 - y0) * scale)];
    return shape(
      "g",
      { class: "word", role: "option", "aria-selected": "false", "aria-label": token.text, tabindex: -1, "data-token": i },
      shape("rect", { x: x0 - PADDING, y: y - PADDING, width: width + 2 * PADDING, height: height + 2 * PADDING, rx: 3 }),
      shape("text", { x: x0, y: y + 0.79 * height, "font-size": size.toFixed(1), ...squeezed(token.text, size, width), "aria-hidden": "true" }, token.text),
    );
  }

  #paragraphs() {
    return this.#lines.map((line) =>
      element(
        "p",
        { role: "presentation" },
        ...line.flatMap((i) => {
          this.#nodes[i] = element(
            "span",
            { class: "word", role: "option", "aria-selected": "false", tabindex: -1, "data-token": i },
            this.#document.tokens[i].text,
          );
          return [this.#nodes[i], " "];
        }),
      ),
    );
  }

  /** Highlights values: {field, kind, confidence, active, spans}. */
  mark(marks) {
    this.#marks = marks;
    if (this.#layout === "page") {
      this.#markPlaces();
    } else {
      this.#markWords();
    }
  }

  #markPlaces() {
    for (const sheet of this.#host.querySelectorAll(".sheet")) {
      const page = Number(sheet.dataset.page);
      const scale = sheet.viewBox.baseVal.height / 1000;
      const placed = this.#marks.flatMap((mark) =>
        mark.spans
          .flatMap((span) => boxesOf(this.#document, span))
          .filter((place) => place.page === page)
          .map((place, i) => ({ mark, box: place.box, first: i === 0 })),
      );
      sheet.querySelector(".marks").replaceChildren(...placed.map(({ mark, box }) => drawMark(mark, box, scale)));
      const named = placed.filter(({ mark, first }) => mark.active && first);
      sheet.querySelector(".labels").replaceChildren(...named.map(({ mark, box }) => drawLabel(mark.label, box, scale)));
    }
  }

  #markWords() {
    for (const node of this.#nodes) {
      delete node.dataset.kind;
      delete node.dataset.active;
      delete node.dataset.joined;
    }
    for (const mark of this.#marks) {
      for (const [start, end] of mark.spans) {
        this.#nodes.slice(start, end).forEach((node, i) => {
          node.dataset.kind = mark.kind;
          node.dataset.active = mark.active;
          node.dataset.joined = start + i + 1 < end;
          setShare(node, "--share", mark.confidence);
        });
      }
    }
  }

  /** Brings a token into view. */
  reveal(i) {
    this.#nodes[i]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Puts the keyboard on the words: on those of the span, or where it was. */
  focus(span) {
    const i = span ? span[0] : Math.max(0, this.#nodes.findIndex((node) => node.tabIndex === 0));
    this.#moveTo(i);
  }

  /** Chooses from one token to the other, both included; nothing when there is none. */
  choose(from, to) {
    this.#chosen = from === null ? null : [Math.min(from, to), Math.max(from, to) + 1];
    this.#nodes.forEach((node, i) => {
      const chosen = this.#chosen !== null && i >= this.#chosen[0] && i < this.#chosen[1];
      if ((node.getAttribute("aria-selected") === "true") !== chosen) {
        node.setAttribute("aria-selected", chosen);
      }
    });
    this.#actions.onchoose(this.#chosen);
  }

  #press(event) {
    const i = tokenAt(event.target);
    if (i === null || event.button !== 0) {
      return;
    }
    event.preventDefault();
    if (event.shiftKey && this.#anchor !== null) {
      this.choose(this.#anchor, i);
    } else {
      this.#anchor = i;
      this.choose(i, i);
      this.#actions.onopen(i);
    }
    this.#moveTo(i);
  }

  #drag(event) {
    if (event.buttons !== 1 || this.#anchor === null) {
      return;
    }
    const i = tokenAt(document.elementFromPoint(event.clientX, event.clientY));
    if (i !== null) {
      this.choose(this.#anchor, i);
    }
  }

  #key(event) {
    const i = tokenAt(event.target);
    if (i === null || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Enter") {
      this.#actions.ontake(this.#chosen ?? [i, i + 1], event.shiftKey);
    } else if (event.key === "Escape") {
      this.#anchor = null;
      this.choose(null);
    } else if (event.key === " ") {
      this.#anchor = i;
      this.choose(i, i);
    } else if (event.key.startsWith("Arrow")) {
      this.#step(i, event);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #step(i, event) {
    const last = this.#nodes.length - 1;
    const to = {
      ArrowLeft: () => Math.max(0, i - 1),
      ArrowRight: () => Math.min(last, i + 1),
      ArrowUp: () => vertically(this.#document, this.#lines, i, -1),
      ArrowDown: () => vertically(this.#document, this.#lines, i, 1),
    }[event.key]();
    if (event.shiftKey) {
      this.#anchor ??= i;
      this.choose(this.#anchor, to);
    } else {
      this.#anchor = null;
    }
    this.#moveTo(to);
  }

  #moveTo(i) {
    const node = this.#nodes[i];
    if (node) {
      for (const other of this.#host.querySelectorAll('.word[tabindex="0"]')) {
        other.setAttribute("tabindex", -1);
      }
      node.setAttribute("tabindex", 0);
      node.focus({ preventScroll: true });
      this.reveal(i);
    }
  }
}

const measure = document.createElement("canvas").getContext("2d");

/** How wide a text is at a size of 1. */
function widthOf(text) {
  measure.font = `100px ${getComputedStyle(document.body).fontFamily}`;
  return Math.max(1, measure.measureText(text).width) / 100;
}

/** One size for all words of a line, so that they fill their boxes as well as the font allows. */
function sizeOf(tokens, scale) {
  const height = Math.max(...tokens.map(({ box }) => (box[3] - box[1]) * scale));
  const room = tokens.reduce((sum, { box }) => sum + box[2] - box[0], 0);
  const needed = tokens.reduce((sum, { text }) => sum + widthOf(text), 0);
  return Math.max(1, Math.min(height, Math.max(0.7 * height, room / needed)));
}

/** What keeps a text within its box; one that is narrower stays as it is. */
function squeezed(text, size, width) {
  return widthOf(text) * size > width * 1.02 ? { textLength: width, lengthAdjust: "spacingAndGlyphs" } : {};
}

function tokenAt(target) {
  const node = target instanceof Element ? target.closest("[data-token]") : null;
  return node ? Number(node.dataset.token) : null;
}

function drawMark(mark, [x0, y0, x1, y1], scale) {
  const [x, y, width, height] = [x0 - PADDING, y0 * scale - PADDING, x1 - x0 + 2 * PADDING, (y1 - y0) * scale + 2 * PADDING];
  const rectangle = shape("rect", { class: `mark ${mark.kind}${mark.active ? " active" : ""}`, x, y, width, height, rx: 3 });
  return setShare(rectangle, "--share", mark.confidence);
}

/** The field's name, as a tag on the value's upper edge. */
function drawLabel(name, [x0, y0], scale) {
  const [x, y, width] = [x0 - PADDING, y0 * scale - PADDING, LABEL * widthOf(name) + 14];
  return shape("g", { class: "mark-label" }, shape("rect", { x, y: y - 22, width, height: 22, rx: 3 }), shape("text", { x: x + 6, y: y - 5.5, "font-size": LABEL }, name));
}
