// Geometry and text of a document's tokens; no elements here.

/** Whether most tokens say where they stand on their page. */
export function hasPlaces(document) {
  const placed = document.tokens.filter(({ box: [x0, y0, x1, y1] }) => x1 > x0 && y1 > y0);
  return placed.length > 0 && placed.length >= 0.9 * document.tokens.length;
}

/** The text of a run of tokens, as Holdfast writes it. */
export function textOf(document, [start, end]) {
  return document.tokens
    .slice(start, end)
    .map((token) => token.text)
    .join(" ");
}

/** The tokens' indices line by line, in reading order. */
export function linesOf(document) {
  const lines = [];
  document.tokens.forEach((token, i) => {
    const before = document.tokens[i - 1];
    if (i > 0 && before.page === token.page && before.line === token.line) {
      lines.at(-1).push(i);
    } else {
      lines.push([i]);
    }
  });
  return lines;
}

/** One box for each stretch of a run of tokens that stands side by side, with its page. */
export function boxesOf(document, [start, end]) {
  const boxes = [];
  for (const token of document.tokens.slice(start, end)) {
    const last = boxes.at(-1);
    if (last && last.page === token.page && last.line === token.line && overlap(last.box, token.box)) {
      last.box = union(last.box, token.box);
    } else {
      boxes.push({ page: token.page, line: token.line, box: token.box });
    }
  }
  return boxes;
}

function overlap([, top, , bottom], [, upper, , lower]) {
  return Math.min(bottom, lower) - Math.max(top, upper) >= 0.3 * Math.min(bottom - top, lower - upper);
}

function union(a, b) {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** The token one line up or down that stands nearest; the same one at the edge. */
export function vertically(document, lines, from, step) {
  const here = lines.findIndex((line) => line.includes(from));
  const line = lines[here + step];
  if (!line) {
    return from;
  }
  const middle = (i) => (document.tokens[i].box[0] + document.tokens[i].box[2]) / 2;
  return line.reduce((best, i) => (Math.abs(middle(i) - middle(from)) < Math.abs(middle(best) - middle(from)) ? i : best), line[0]);
}

/** Whether both hold the same texts, in any order. */
export function sameTexts(some, others) {
  const texts = (values) => values.map((value) => value.text).sort().join("\n");
  return texts(some) === texts(others);
}
