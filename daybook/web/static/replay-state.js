/**
 * A stream's past, to walk through: the view at any step, forward and back.
 *
 * The fact a newcomer would get wrong: the view is changed in place, so a step costs what its patch costs.
 * Whoever wants to keep a view copies it. Entries stand in the order in which a fold from the start puts them,
 * whichever way one came; that is why a removal is not undone in place, where it would come back last.
 */

/**
 * @typedef {{ kind: string, label: string }} Mark a moment that matters, and what to call it
 * @typedef {{ position: number, previous: number, at: string, actor: string, event: string, sentence: string,
 *   about?: string, patch: Record<string, any>, mark?: Mark | null }} Step one event, as `GET /api/v1/history/{stream}` tells it
 * @typedef {Record<string, any>} View entries by key
 */

/** A step in words, with the part of a plan that it is about. @param {Step} step */
export function toldOf({ sentence, about }) {
  return about ? `${sentence} · ${about}` : sentence;
}

const FEWEST_BETWEEN = 100; // steps
const ENTRIES_A_STEP = 4; // that many entries are copied in the time of a step, so that a copy is worth its memory

export class Past {
  /** @type {View} what is shown now; changed in place */
  view = {};
  /** How many steps have been taken: 0 is before the first. */
  index = 0;
  /** @type {(View | null)[]} what each step replaced, `undefined` where there was nothing; null where it removed something */
  #before = [];
  /** @type {{ index: number, view: View }[]} copies of the view, from the start on, rarer where it is larger */
  #copies = [];
  #times;

  /** @param {Step[]} steps all of them, in order */
  constructor(steps) {
    this.steps = steps;
    let due = 0;
    this.#times = new Float64Array(steps.length);
    for (const [place, { at, patch }] of steps.entries()) {
      // Clocks of several servers may differ a little, and time goes one way on the ruler.
      this.#times[place] = Math.max(Date.parse(at), this.#times[place - 1] ?? -Infinity);
      if (place >= due) {
        this.#copies.push({ index: place, view: { ...this.view } });
        due = place + Math.max(FEWEST_BETWEEN, Object.keys(this.view).length / ENTRIES_A_STEP);
      }
      this.#before.push(replaced(this.view, patch));
      apply(this.view, patch);
    }
    this.index = steps.length;
  }

  /** The step that led to what is shown; none before the first. @returns {Step | undefined} */
  get step() {
    return this.steps[this.index - 1];
  }

  /**
   * Show the view after so many steps.
   *
   * @param {number} wanted taken to the nearest there is
   * @returns {View}
   */
  go(wanted) {
    const index = Math.min(Math.max(Math.trunc(wanted), 0), this.steps.length);
    if (Math.abs(index - this.index) > FEWEST_BETWEEN) this.#start(index);
    while (this.index > index) {
      const before = this.#before[this.index - 1];
      if (!before) {
        this.#start(index);
        break;
      }
      undo(this.view, before);
      this.index -= 1;
    }
    while (this.index < index) apply(this.view, /** @type {Step} */ (this.steps[this.index++]).patch);
    return this.view;
  }

  /** Begin from the last copy at or before an index, unless one is nearer to it already. @param {number} index */
  #start(index) {
    const copy = this.#copies[count(this.#copies.length, (place) => (this.#copies[place]?.index ?? 0) <= index) - 1];
    if (!copy || (this.index <= index && this.index >= copy.index)) return;
    this.view = { ...copy.view };
    this.index = copy.index;
  }

  /** How many steps had been taken when the log was at a position. @param {number} position */
  atPosition(position) {
    return count(this.steps.length, (place) => /** @type {Step} */ (this.steps[place]).position <= position);
  }

  /** How many steps had been taken at a time. @param {number} time in milliseconds */
  atTime(time) {
    return count(this.steps.length, (place) => this.timeOf(place) <= time);
  }

  /** When a step was taken, in milliseconds; never before the one before it. @param {number} place 0 for the first */
  timeOf(place) {
    return this.#times[place] ?? NaN;
  }
}

/**
 * The moments that matter, as places in the past.
 *
 * @param {Step[]} steps
 * @returns {{ index: number, kind: string, label: string }[]} `index` shows the moment itself
 */
export function marksOf(steps) {
  return steps.flatMap(({ mark, about }, place) => {
    if (!mark) return [];
    const label = about ? `${mark.label}: ${about}` : mark.label;
    return [{ ...mark, index: place + 1, label }];
  });
}

/**
 * Why it was done, in the words of whoever did it: a reason that stands in one of the changed entries.
 *
 * @param {Step | undefined} step
 * @returns {string | null}
 */
export function reasonOf(step) {
  for (const value of Object.values(step?.patch ?? {})) {
    const said = value?.reason ?? value?.rationale ?? value?.why;
    if (typeof said === "string" && said) return said;
  }
  return null;
}

/** @param {View} view @param {Record<string, any>} patch */
function apply(view, patch) {
  for (const key in patch) {
    if (patch[key] === null) delete view[key];
    else view[key] = patch[key];
  }
}

/** @param {View} view @param {Record<string, any>} patch @returns {View | null} */
function replaced(view, patch) {
  /** @type {View} */
  const before = {};
  for (const key in patch) {
    if (patch[key] === null && key in view) return null;
    before[key] = view[key];
  }
  return before;
}

/** @param {View} view @param {View} before */
function undo(view, before) {
  for (const key in before) {
    if (before[key] === undefined) delete view[key];
    else view[key] = before[key];
  }
}

/** How many of the first places satisfy a test that is true up to some place. @param {number} length @param {(place: number) => boolean} test */
function count(length, test) {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
