/** What was never in sight is laid out while there is nothing else to do, so that a step that leads there need not wait for it. */

const ENOUGH_MS = 8; // the time that one part takes on a slow tablet

/** Where a browser does not tell when it is idle, as Safari, a part is laid out now and then. */
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ didTimeout: false, timeRemaining: () => 0 }), 50));
const forget = window.cancelIdleCallback ?? clearTimeout;

export class Ahead {
  /** @type {Element[]} */
  #left = [];
  #waiting = 0;

  /** Begin with these, and leave what was left of those before. @param {Iterable<Element>} parts one within each part that is not in sight */
  begin(parts) {
    forget(this.#waiting);
    this.#left = [...parts].reverse();
    this.#wait();
  }

  #wait() {
    if (this.#left.length > 0) this.#waiting = whenIdle((idle) => this.#work(idle));
  }

  /** @param {IdleDeadline} idle */
  #work(idle) {
    // To say where something is, the browser has to lay out the part that it is in; it keeps that until the part changes.
    do this.#left.pop()?.getClientRects();
    while (this.#left.length > 0 && idle.timeRemaining() > ENOUGH_MS);
    this.#wait();
  }
}
