/** Keyboard shortcuts of the room: single letters, and Escape, which works for everyone and also while one types. */

import { fold } from "./room-acts.js";
import { codesOf } from "./room-parts.js";
import { shortcuts } from "./shortcuts.js";

/** @param {import("./room.js").Desk} desk */
export function keys(desk) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) escape();
  });
  shortcuts().listen((event) => {
    switch (event.key) {
      case "j":
      case "k": {
        const codes = codesOf(desk.room());
        const code = codes[codes.indexOf(desk.own.chosen) + (event.key === "j" ? 1 : -1)];
        if (code) desk.choose(code);
        return true;
      }
      case "e":
        if (!desk.room().can.note) return false;
        desk.own.adding = true;
        desk.page.update();
        queueMicrotask(() => document.getElementById("text-new")?.focus());
        if (!document.getElementById("evidence")?.offsetParent) location.replace("#evidence");
        return true;
      default:
        return false;
    }
  });
}

/** Fold the question that is open, or the form one writes in, which keeps its words, or the drawer of indicators. */
function escape() {
  const open = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details[data-confirm][open]"));
  const form = /** @type {HTMLDetailsElement | null} */ (document.activeElement?.closest("details.adding[open]") ?? null);
  if (open ?? form) fold(open ?? form);
  else if (location.hash === "#indicators") location.replace("#rate");
}
