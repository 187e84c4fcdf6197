// The only places where elements are made. Text goes in as text, never as markup: documents come
// from outside.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; children are elements or text. */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same of SVG. */
export function shape(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    const missing = value === undefined || value === null || (value === false && !name.startsWith("aria-"));
    if (missing) {
      continue;
    }
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else {
      node.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** The element with that id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Sets a text, and leaves the document alone when it is there already. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** A number between 0 and 1 for the style sheet. */
export function setShare(node, name, share) {
  node.style.setProperty(name, String(share));
  return node;
}

/** Renders anew what is in the host, and leaves the focus on what bears the same data-focus. */
export function keepFocus(host, render) {
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  render();
  if (focused !== undefined) {
    [...host.querySelectorAll("[data-focus]")].find((node) => node.dataset.focus === focused)?.focus({ preventScroll: true });
  }
}
