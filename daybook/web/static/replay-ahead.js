/** What was never in sight is laid out while there is nothing else to do, so that a step that leads there need not wait for it. */

import { forget, whenIdle } from "./when-idle.js";

const ENOUGH_MS = 8; // the time that one part takes on a slow tablet

export class Ahead {
  /** @type {Iterator<Element>} */
  #left = [].values();
  #waiting = 0;

  /** Begin with these, and leave what was left of those before. @param {Iterable<Element>} parts one within each part that is not in sight; asked for one by one */
  begin(parts) {
    this.#left = parts[Symbol.iterator]();
    this.#wait();
  }

  #wait() {
    forget(this.#waiting);
    this.#waiting = whenIdle((idle) => this.#work(idle));
  }

  /** @param {IdleDeadline} idle */
  #work(idle) {
    do {
      const { value, done } = this.#left.next();
      if (done) return;
      value.getClientRects(); // to say where something is, the browser lays out the part that it is in; it keeps that until the part changes
    } while (idle.timeRemaining() > ENOUGH_MS);
    this.#wait();
  }
}
