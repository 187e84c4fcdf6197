import { byId, element, setShare, setText } from "./dom.js";
import { ago, count, moment, percent, ratio } from "./format.js";
import { ArrivalsChart, QualityChart } from "./charts.js";
import { showMatrix } from "./matrix.js";
import { FieldsTable, showVersions } from "./tables.js";

const SIGNALS = {
  words: "Words",
  domain: "Domain",
  confidence: "Confidence",
  errors: "Errors",
};

const KINDS = {
  documents: "Documents changed",
  errors: "More errors",
  forgetting: "Forgetting",
  refusal: "Version refused",
  "put-aside": "Annotations put aside",
};

/** A signal's bar is full at half more than it takes to alarm. */
const FULL = 1.5;

/** The view that shows how it learns. */
export class Overview {
  #quality = new QualityChart(byId("quality"), byId("quality-readout"));
  #arrivals = new ArrivalsChart(byId("arrivals"), byId("arrivals-readout"));
  #fields = new FieldsTable(byId("fields"));

  /** Shows a state; of one that was shown before only what goes with time. */
  show(state, now, changed) {
    this.#arrivals.show(state.arrivals, now);
    showFigures(state, now);
    if (!changed) {
      return;
    }
    this.#quality.show(state, now);
    showMatrix(byId("matrix"), byId("matrix-readout"), state.matrix, now);
    showDrift(state, now);
    this.#fields.show(state.fields ?? []);
    showVersions(byId("versions"), byId("versions-readout"), state.versions ?? [], now);
  }
}

function showFigures(state, now) {
  const standing = state.standing;
  const newest = state.versions?.at(-1);
  const rejected = Object.entries(state.rejected);
  const scored = standing && standing.scored > 0;
  const figures = [
    ["F1, last documents", scored ? ratio(standing.f1) : "–", scored ? `${ratio(standing.allF1)} over all ${count(standing.scored)}` : "nothing scored yet"],
    ["F1 estimated", scored ? ratio(standing.estimatedF1) : "–", "as confidence promises"],
    ["Calibration error", scored ? ratio(standing.calibrationError) : "–", "of confidence"],
    ["Version", newest ? count(newest.number) : "–", newest ? ago(newest.at, now) : "none yet"],
    ["Documents", count(state.arrivals.documents.total), `${count(state.arrivals.extractions.total)} extracted`],
    ["Annotated", count(state.arrivals.annotations.total), backwards(standing)],
    ["Rejected", count(state.arrivals.rejected.total), rejected.length ? rejected.map(([reason, n]) => `${n} ${reason}`).join(", ") : "no bad messages"],
  ];
  const list = byId("figures");
  if (list.children.length !== figures.length) {
    list.replaceChildren(
      ...figures.map(([name]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}), element("dd", { class: "note" })),
      ),
    );
  }
  figures.forEach(([, value, note], i) => {
    setText(list.children[i].children[1], value);
    setText(list.children[i].children[2], note);
  });
}

function backwards(standing) {
  const transfer = standing?.backwardTransfer ?? 0;
  return transfer === 0 ? "no type has come back" : `backward transfer ${transfer < 0 ? "−" : "+"}${ratio(Math.abs(transfer))}`;
}

function showDrift(state, now) {
  const standing = state.standing;
  setText(
    byId("drift-readout"),
    standing?.drifting ? "documents have changed" : `${percent(standing?.newWords ?? 0)} new words, ${percent(standing?.newTypes ?? 0)} new types`,
  );
  byId("levels").replaceChildren(
    ...Object.entries(SIGNALS).map(([signal, name]) => {
      const level = standing?.levels?.[signal] ?? 0;
      const bar = setShare(element("span", { class: "level-bar" }), "--share", Math.min(1, level / FULL));
      return element(
        "div",
        { class: level >= 1 ? "alarmed" : false },
        element("dt", {}, name),
        element("dd", {}, bar, element("span", { class: "level-number" }, percent(level))),
      );
    }),
  );
  const notices = state.notices ?? [];
  byId("notices").replaceChildren(
    ...(notices.length
      ? notices.map((notice) => showNotice(notice, now))
      : [element("li", { class: "none" }, "Nothing has drifted, and nothing was forgotten or refused.")]),
  );
}

function showNotice(notice, now) {
  return element(
    "li",
    { "data-kind": notice.kind },
    element(
      "p",
      { class: "notice-head" },
      element("strong", {}, KINDS[notice.kind] ?? notice.kind),
      element("time", { datetime: new Date(notice.at).toISOString() }, moment(notice.at, now)),
    ),
    element("p", {}, notice.summary),
  );
}
