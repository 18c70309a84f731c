/**
 * Keyboard shortcuts. They are single letters, so they are silent while something is typed, and can be
 * switched off for those whose speech input or screen reader would trigger them.
 */

import { fold } from "./room-acts.js";
import { codesOf } from "./room-parts.js";

const SWITCH = "daybook.shortcuts";

/** @param {import("./room.js").Desk} desk */
export function keys(desk) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("shortcuts"));
  const button = /** @type {HTMLElement} */ (document.getElementById("shortcuts-button"));
  const box = /** @type {HTMLInputElement} */ (document.getElementById("shortcuts-on"));
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  box.checked = on();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) return escape();
    const typing = event.target instanceof Element && event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
    if (typing || dialog.open || !box.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const codes = codesOf(desk.room());
    const place = codes.indexOf(desk.own.chosen);
    switch (event.key) {
      case "j":
      case "k": {
        const code = codes[place + (event.key === "j" ? 1 : -1)];
        if (code) desk.choose(code);
        break;
      }
      case "e":
        if (!desk.room().can.note) return;
        desk.own.adding = true;
        desk.update();
        queueMicrotask(() => document.getElementById("text-new")?.focus());
        if (!document.getElementById("evidence")?.offsetParent) location.replace("#evidence");
        break;
      case "?":
        dialog.showModal();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}

function on() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

/** Fold the question that is open, or the form one writes in, which keeps its words, or the drawer of indicators. */
function escape() {
  const open = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details[data-confirm][open]"));
  const form = /** @type {HTMLDetailsElement | null} */ (document.activeElement?.closest("details.adding[open]") ?? null);
  if (open ?? form) fold(open ?? form);
  else if (location.hash === "#indicators") location.replace("#rate");
}
