/**
 * Putting things in order by hand: with a mouse, a pen or a finger.
 *
 * Nothing that lit-html has drawn is ever put elsewhere. SortableJS feels the drag, shows a copy of what is held and scrolls
 * near an edge; a line shows where it would go, and what a drop means is a command like that of a button. So the page is
 * drawn from its entries as always, and a move that is refused goes back by itself.
 */

import Sortable from "./vendor/sortablejs/sortable.js";

const HANDLE = ".drag-handle";
const TOLERANCE = 4; // pixels, before a press becomes a drag
const EDGE = 80; // pixels from an edge of the window, where it begins to scroll
const BESIDE = 6; // pixels between an item and the line

/**
 * @typedef {"before" | "after"} Side
 * @typedef {{ list: HTMLElement, over: HTMLElement | null, side: Side }} Place beside an item, or in a list without any
 *
 * @typedef {object} Held what is in the hand, and where it may go
 * @property {HTMLElement} item
 * @property {HTMLElement[]} lists
 * @property {string} items what the children of a list are that are put in order
 *
 * @typedef {object} Wishes
 * @property {(handle: HTMLElement) => Held | null} held what a handle moves, null for nothing
 * @property {() => void} onlift
 * @property {(item: HTMLElement, place: Place | null) => void} ondrop `place` is null where nothing is to move
 */

/** Let handles within an element move what they belong to. @param {HTMLElement} root @param {Wishes} wishes */
export function draggable(root, wishes) {
  root.addEventListener(
    "pointerdown",
    (event) => {
      const handle = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(HANDLE));
      const held = handle && event.button === 0 ? wishes.held(handle) : null;
      if (held) new Drag(held, wishes, event);
    },
    { capture: true }, // so that the list feels this very press
  );
}

class Drag {
  /** @type {Place | null} */
  #place = null;
  #underWay = false;
  #at;
  #held;
  #wishes;
  #line = document.createElement("div");
  #ended = new AbortController();

  /** @param {Held} held @param {Wishes} wishes @param {PointerEvent} press */
  constructor(held, wishes, press) {
    this.#held = held;
    this.#wishes = wishes;
    this.#at = { x: press.clientX, y: press.clientY };
    this.#line.className = "drop-line";
    const sortable = new Sortable(/** @type {HTMLElement} */ (held.item.parentElement), {
      handle: HANDLE,
      draggable: `>${held.items}`,
      sort: false,
      forceFallback: true, // the browser's own dragging knows no touch, and shows whatever it likes
      fallbackOnBody: true,
      fallbackTolerance: TOLERANCE,
      fallbackClass: "drag-copy",
      ghostClass: "is-held",
      forceAutoScrollFallback: true,
      scrollSensitivity: EDGE,
      onStart: () => this.#lift(),
      onUnchoose: () => queueMicrotask(() => sortable.destroy()), // it comes before the end of a drag, and also without one
      onEnd: () => this.#end(),
    });
  }

  #lift() {
    this.#underWay = true;
    const { signal } = this.#ended;
    addEventListener("pointermove", (event) => { this.#at = { x: event.clientX, y: event.clientY }; }, { capture: true, signal });
    addEventListener("pointercancel", () => { this.#underWay = false; }, { capture: true, signal });
    addEventListener("keydown", (event) => this.#key(event), { capture: true, signal });
    document.documentElement.classList.add("dragging");
    document.body.append(this.#line);
    this.#wishes.onlift();
    this.#follow();
  }

  /** Show where a drop would put it, as long as it is held. */
  #follow() {
    if (!this.#underWay) return;
    this.#place = placeAt(this.#held, this.#at.x, this.#at.y);
    this.#show();
    requestAnimationFrame(() => this.#follow());
  }

  #show() {
    const place = this.#place;
    this.#line.hidden = place === null;
    if (place === null) return;
    const { left, width, bottom } = place.list.getBoundingClientRect();
    const over = place.over?.getBoundingClientRect();
    const y = over ? (place.side === "before" ? over.top - BESIDE : over.bottom + BESIDE) : bottom - BESIDE;
    Object.assign(this.#line.style, { left: `${over?.left ?? left}px`, width: `${over?.width ?? width}px`, top: `${y}px` });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.#underWay = false;
    // The library knows no other way to let go; it listens to one of these.
    for (const type of ["pointercancel", "touchcancel", "mouseup"]) document.dispatchEvent(new Event(type));
  }

  #end() {
    const place = this.#underWay ? this.#place : null;
    this.#underWay = false;
    this.#ended.abort();
    this.#line.remove();
    document.documentElement.classList.remove("dragging");
    this.#wishes.ondrop(this.#held.item, place);
  }
}

/**
 * The place below a point; null outside of the lists, and where it would stay as it is.
 *
 * @param {Held} held
 * @param {number} x
 * @param {number} y
 * @returns {Place | null}
 */
function placeAt({ item, lists, items }, x, y) {
  const below = document.elementFromPoint(x, y);
  const list = lists.find((one) => one.contains(below));
  if (!list) return null;
  const there = /** @type {HTMLElement[]} */ ([...list.children].filter((one) => one.matches(items)));
  const next = there.findIndex((one) => {
    const { top, height } = one.getBoundingClientRect();
    return y < top + height / 2;
  });
  const at = next < 0 ? there.length : next;
  const mine = there.indexOf(item);
  if (mine >= 0 && (at === mine || at === mine + 1)) return null;
  const over = there[next] ?? there.at(-1) ?? null;
  return { list, over, side: next < 0 ? "after" : "before" };
}
