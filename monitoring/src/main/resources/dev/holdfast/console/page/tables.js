import { element, setShare, setText } from "./dom.js";
import { count, ratio, second, words } from "./format.js";

const COLUMNS = [
  ["field", "Field"],
  ["f1", "F1"],
  ["precision", "Precision"],
  ["recall", "Recall"],
  ["values", "Values"],
  ["calibrationError", "Calibration error"],
];

/** How well each field is found, in whichever order its reader likes. */
export class FieldsTable {
  #host;
  #order = { key: "f1", descending: false };
  #fields = [];

  constructor(host) {
    this.#host = host;
  }

  show(fields) {
    this.#fields = fields;
    if (!fields.length) {
      this.#host.replaceChildren(element("p", { class: "none" }, "No field has been annotated yet."));
      return;
    }
    const focused = this.#host.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    this.#host.replaceChildren(
      element(
        "table",
        { class: "fields" },
        element("thead", {}, element("tr", {}, ...COLUMNS.map(([key, name]) => this.#heading(key, name)))),
        element("tbody", {}, ...this.#sorted().map(row)),
      ),
    );
    if (focused) {
      this.#host.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
    }
  }

  #heading(key, name) {
    const { key: by, descending } = this.#order;
    const sort = key !== by ? "none" : descending ? "descending" : "ascending";
    const button = element(
      "button",
      {
        type: "button",
        "data-key": key,
        onclick: () => {
          this.#order = { key, descending: key === by ? !descending : false };
          this.show(this.#fields);
        },
      },
      name,
    );
    return element("th", { scope: "col", class: key === "field" ? "" : "number", "aria-sort": sort }, button);
  }

  #sorted() {
    const { key, descending } = this.#order;
    const sign = descending ? -1 : 1;
    return [...this.#fields].sort((a, b) => {
      const [x, y] = [a[key] ?? 2, b[key] ?? 2];
      return sign * (x < y ? -1 : x > y ? 1 : 0) || (a.field < b.field ? -1 : 1);
    });
  }
}

function row(field) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, words(field.field)),
    element("td", { class: "number" }, setShare(element("span", { class: "bar-cell" }), "--share", field.f1), ratio(field.f1)),
    element("td", { class: "number" }, ratio(field.precision)),
    element("td", { class: "number" }, ratio(field.recall)),
    element("td", { class: "number" }, count(field.values)),
    element("td", { class: "number" }, ratio(field.calibrationError)),
  );
}

/** The latest versions, with the documents they learned to go to. */
export function showVersions(host, readout, versions, now) {
  if (!versions.length) {
    setText(readout, "");
    host.replaceChildren(element("p", { class: "none" }, "No version yet: the first one comes with the first annotated documents."));
    return;
  }
  setText(readout, "the latest, with what they learned");
  host.replaceChildren(
    element(
      "table",
      { class: "versions" },
      element(
        "thead",
        {},
        element("tr", {}, ...["Version", "At", "F1 then", "Learned"].map((name, i) => element("th", { scope: "col", class: i === 3 ? "" : "number" }, name))),
      ),
      element("tbody", {}, ...versions.toReversed().map((version) => versionRow(version, now))),
    ),
  );
}

function versionRow(version, now) {
  return element(
    "tr",
    {},
    element("th", { scope: "row", class: "number" }, count(version.number)),
    element("td", { class: "number" }, second(version.at, now)),
    element("td", { class: "number" }, ratio(version.f1)),
    element("td", { class: "learned" }, ...learnedLinks(version)),
  );
}

function learnedLinks(version) {
  if (!version.examples) {
    return ["rehearsal only"];
  }
  const [first] = version.learned;
  const others = version.examples - 1;
  return [element("a", { href: `#/documents/${encodeURIComponent(first)}` }, first), others > 0 ? ` +${others}` : ""];
}
