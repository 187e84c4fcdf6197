import { element, setShare, setText } from "./dom.js";
import { moment, ratio, words } from "./format.js";

const EXPLAINED = "F1 of each type over time: what is forgotten pales";

/** Draws the matrix of types and stretches of time; says in words what the pointer is on. */
export function showMatrix(host, readout, matrix, now) {
  if (!matrix?.types.length) {
    host.replaceChildren(element("p", { class: "none" }, "Nothing has been scored yet: that takes documents and what people say about them."));
    setText(readout, "");
    return;
  }
  const told = (text) => setText(readout, text);
  told(EXPLAINED);
  const columns = matrix.columns;
  const body = matrix.types.map((type) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, words(type.type)),
      ...type.cells.map((f1, i) => cell(f1, () => told(`${words(type.type)} from ${moment(columns[i], now)}: F1 ${ratio(f1)}`))),
      element("td", { class: "number" }, ratio(type.f1)),
      element("td", { class: `number${type.forgetting >= 0.1 ? " alarmed" : ""}` }, type.forgetting >= 0.005 ? `−${ratio(type.forgetting)}` : ratio(0)),
    ),
  );
  const table = element(
    "table",
    { class: "matrix", onmouseleave: () => told(EXPLAINED) },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, element("span", { class: "unseen" }, "Type")),
        element("td", { colspan: columns.length, class: "span" }, element("span", {}, moment(columns[0], now)), element("span", {}, moment(now, now))),
        element("th", { scope: "col", class: "number" }, "now"),
        element("th", { scope: "col", class: "number" }, "since best"),
      ),
    ),
    element("tbody", {}, ...body),
  );
  host.replaceChildren(table, scale());
}

function scale() {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  return element("p", { class: "scale", "aria-hidden": "true" }, "F1 0 ", ...steps.map((f1) => setShare(element("span", { class: "cell" }), "--share", f1 * f1)), " 1");
}

function cell(f1, tell) {
  if (f1 === null) {
    return element("td", { class: "cell empty" });
  }
  return setShare(element("td", { class: "cell", onmouseenter: tell }, element("span", { class: "unseen" }, ratio(f1))), "--share", f1 * f1);
}
