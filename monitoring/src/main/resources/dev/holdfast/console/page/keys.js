import { byId, element } from "./dom.js";

// One table of shortcuts: what it holds works, and is what the list of shortcuts shows.

const shortcuts = new Map();

/**
 * A key for the whole page, unless somebody is typing. The action may answer false when it does not
 * apply now.
 */
export function shortcut(key, meaning, action) {
  shortcuts.set(key, { meaning, action });
}

const shown = [
  ["↑ ↓ ← →", "Move over the words of the page"],
  ["Shift + arrows", "Choose several words"],
  ["Enter", "Take the chosen words as the field’s value"],
  ["Shift + Enter", "Take them as one more value"],
  ["Esc", "Choose nothing"],
];

export function listen() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, dialog[open]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const known = shortcuts.get(event.key);
    if (known && known.action() !== false) {
      event.preventDefault();
    }
  });
}

export function showShortcuts() {
  const rows = [...[...shortcuts].map(([key, { meaning }]) => [key, meaning]), ...shown];
  byId("shortcuts")
    .querySelector("dl")
    .replaceChildren(
      ...rows.map(([key, meaning]) =>
        element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, meaning)),
      ),
    );
  byId("shortcuts").showModal();
}
