/** What happens when the reader drags the slider, presses a button, a line or a key. */

import { shortcuts } from "./shortcuts.js";

/**
 * @typedef {"play" | "back" | "forward" | "previous-mark" | "next-mark" | "first" | "last"} Act
 * @typedef {object} Hands
 * @property {HTMLInputElement} slider
 * @property {(act: Act) => void} act
 * @property {(index: number) => void} seek
 * @property {(dragging: boolean) => void} drag to where the slider stands
 * @property {(speed: string) => void} speed
 * @property {(follow: boolean) => void} follow
 */

/** @param {Hands} hands */
export function listen(hands) {
  const { slider, act, seek, drag } = hands;
  let frame = 0;
  slider.addEventListener("input", () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => drag(true));
  });
  slider.addEventListener("change", () => {
    cancelAnimationFrame(frame);
    drag(false);
  });
  // The slider's own keys would move it by parts of its width; they work also where shortcuts are switched off.
  slider.addEventListener("keydown", (event) => {
    const meant = event.ctrlKey || event.metaKey || event.altKey ? null : SLIDER_KEYS[event.key] ?? keyed(event);
    if (!meant) return;
    event.preventDefault();
    act(meant);
  });
  document.getElementById("log-lines")?.addEventListener("keydown", (event) => {
    const on = /** @type {Element} */ (event.target).closest("a[data-index]");
    const meant = !on || event.ctrlKey || event.metaKey || event.altKey || event.key === " " ? null : LOG_KEYS[event.key] ?? keyed(event);
    if (!meant) return;
    event.preventDefault();
    event.stopPropagation();
    act(meant);
  });
  shortcuts().listen((event) => {
    const on = event.target instanceof Element ? event.target : document.body;
    const pressable = on.closest("button, a, summary, input");
    const meant = event.key === " " && pressable ? null : keyed(event);
    if (meant) act(meant);
    return meant !== null;
  });
  document.addEventListener("click", (event) => pressed(event, act, seek));
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field instanceof HTMLSelectElement && field.id === "player-speed") hands.speed(field.value);
    if (field instanceof HTMLInputElement && field.id === "player-follow") hands.follow(field.checked);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") fold();
  });
}

/** @type {Record<string, Act>} */
const SLIDER_KEYS = { ArrowUp: "forward", ArrowDown: "back", PageUp: "next-mark", PageDown: "previous-mark" };

/** Down the log is on in time. @type {Record<string, Act>} */
const LOG_KEYS = { ArrowUp: "back", ArrowDown: "forward", PageUp: "previous-mark", PageDown: "next-mark" };

/** @param {KeyboardEvent} event @returns {Act | null} */
function keyed({ key, shiftKey }) {
  switch (key) {
    case "ArrowRight":
      return shiftKey ? "next-mark" : "forward";
    case "ArrowLeft":
      return shiftKey ? "previous-mark" : "back";
    case "Home":
      return "first";
    case "End":
      return "last";
    case " ":
      return "play";
    default:
      return null;
  }
}

/** @param {MouseEvent} event @param {Hands["act"]} act @param {Hands["seek"]} seek */
function pressed(event, act, seek) {
  const target = /** @type {Element} */ (event.target);
  const button = /** @type {HTMLElement | null} */ (target.closest("button[data-replay]"));
  if (button) act(/** @type {Act} */ (button.dataset["replay"]));
  const line = /** @type {HTMLElement | null} */ (target.closest("a[data-index]"));
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (line && !elsewhere) {
    event.preventDefault();
    seek(Number(line.dataset["index"]));
    if (line.closest("#moments")) fold();
  } else if (!target.closest("#moments")) {
    document.getElementById("moments")?.removeAttribute("open");
  }
}

/** Fold the list of moments, with the focus on what opens it again. */
function fold() {
  const list = document.querySelector("#moments[open]");
  list?.removeAttribute("open");
  list?.querySelector("summary")?.focus();
}
