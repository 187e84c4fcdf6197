import uPlot from "./uplot.js";
import { ago, ratio, rate, time } from "./format.js";
import { setText } from "./dom.js";

/** What the style sheet says now, since a canvas knows no style sheets. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const font = () => `11px ${getComputedStyle(document.body).fontFamily}`;

/** A plot that fills its element, in the colours of the day or of the night. */
class Chart {
  #plot = null;
  #data = null;

  constructor(host, height) {
    this.host = host;
    this.height = height;
    new ResizeObserver(() => this.#resize()).observe(host);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
  }

  set(data) {
    this.#data = data;
    if (this.#plot) {
      this.#plot.setData(data);
    } else {
      this.#draw();
    }
  }

  #resize() {
    if (this.#plot && this.host.clientWidth > 0) {
      this.#plot.setSize({ width: this.host.clientWidth, height: this.height });
    } else {
      this.#draw();
    }
  }

  #draw() {
    if (!this.#data || this.host.clientWidth === 0) {
      return;
    }
    this.#plot?.destroy();
    this.#plot = new uPlot(
      { width: this.host.clientWidth, height: this.height, legend: { show: false }, padding: [8, 18, 0, 0], ...this.options() },
      this.#data,
      this.host,
    );
  }
}

function axes(values) {
  const shared = { stroke: colour("--ink-soft"), font: font(), ticks: { show: false }, gap: 6 };
  return [
    { ...shared, grid: { show: false }, space: 90, size: 26, values: (_, at) => at.map((t) => time(1000 * t)) },
    { ...shared, grid: { stroke: colour("--line"), width: 1 }, size: 34, space: 34, values },
  ];
}

/** F1 over time, a mark below for each version, a dashed line where something was noticed. */
export class QualityChart extends Chart {
  #readout;
  #state = null;
  #now = 0;

  constructor(host, readout) {
    super(host, 232);
    this.#readout = readout;
  }

  show(state, now) {
    this.#state = state;
    this.#now = now;
    const history = state.history ?? [];
    this.set([history.map(([at]) => at / 1000), history.map(([, f1]) => f1)]);
    this.#tell(null);
    const [, last] = history.at(-1) ?? [];
    this.host.setAttribute(
      "aria-label",
      last === undefined
        ? "Nothing has been scored yet"
        : `F1 over the last documents as it went over time, now ${ratio(last)}, at version ${state.versions.at(-1)?.number ?? 0}`,
    );
  }

  options() {
    return {
      scales: { y: { range: [0, 1] } },
      axes: axes((_, at) => at.map((f1) => f1.toFixed(1))),
      cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false } },
      series: [
        {},
        { stroke: colour("--accent"), width: 2, fill: colour("--accent-wash"), points: { show: false } },
      ],
      hooks: {
        draw: [(plot) => this.#marks(plot)],
        setCursor: [(plot) => this.#tell(plot.cursor.idx)],
      },
    };
  }

  #marks(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.lineWidth = devicePixelRatio;
    const each = (millis, from, to) => {
      const x = Math.round(plot.valToPos(millis / 1000, "x", true)) + 0.5;
      if (x >= bbox.left && x <= bbox.left + bbox.width) {
        ctx.beginPath();
        ctx.moveTo(x, bbox.top + bbox.height * from);
        ctx.lineTo(x, bbox.top + bbox.height * to);
        ctx.stroke();
      }
    };
    ctx.strokeStyle = colour("--accent");
    ctx.globalAlpha = 0.55;
    this.#state.published.forEach(([at]) => each(at, 0.96, 1));
    ctx.globalAlpha = 0.8;
    ctx.strokeStyle = colour("--alarm");
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    this.#state.notices.forEach((notice) => each(notice.at, 0, 1));
    ctx.restore();
  }

  #tell(index) {
    const point = index === null || index === undefined ? undefined : this.#state?.history[index];
    if (!point) {
      setText(this.#readout, "F1 over the last documents, a mark for each version");
      return;
    }
    const [at, f1] = point;
    const [, version] = this.#state.published.findLast(([published]) => published <= at) ?? [];
    setText(this.#readout, [time(at), `F1 ${ratio(f1)}`, version && `version ${version}`, ago(at, this.#now)].filter(Boolean).join(" · "));
  }
}

/** Seconds over which what comes is averaged. */
const SMOOTH = 5;

/** Documents and annotations a second over the last two minutes. */
export class ArrivalsChart extends Chart {
  #readout;

  constructor(host, readout) {
    super(host, 232);
    this.#readout = readout;
  }

  show(arrivals, now) {
    // The second that is under way would look like a fall.
    const until = Math.floor(now / 1000) - 1;
    const seconds = arrivals.documents.perSecond.length;
    const behind = until - arrivals.until / 1000;
    const shifted = (counts) => smooth(Array.from({ length: seconds }, (_, i) => counts[i + behind] ?? 0));
    const documents = shifted(arrivals.documents.perSecond);
    const annotations = shifted(arrivals.annotations.perSecond);
    this.set([documents.map((_, i) => until - seconds + i), documents, annotations]);
    const told = `${rate(documents.at(-1))} documents, ${rate(annotations.at(-1))} annotations`;
    setText(this.#readout, told);
    this.host.setAttribute("aria-label", `The last two minutes; now ${told}`);
  }

  options() {
    return {
      scales: { y: { range: (_, __, most) => [0, Math.max(1, Math.ceil(most * 1.15))] } },
      axes: axes((_, at) => at.map((perSecond) => String(perSecond))),
      cursor: { show: false },
      series: [
        {},
        { stroke: colour("--accent"), width: 2, fill: colour("--accent-wash"), points: { show: false } },
        { stroke: colour("--ink-soft"), width: 1.5, dash: [4, 3], points: { show: false } },
      ],
    };
  }
}

function smooth(counts) {
  return counts.map((_, i) => {
    const window = counts.slice(Math.max(0, i - SMOOTH + 1), i + 1);
    return window.reduce((sum, n) => sum + n, 0) / window.length;
  });
}
