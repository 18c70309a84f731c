/** What is not in sight is laid out while there is nothing else to do, so that a step that leads there need not wait for it; and where a step leads is laid out with the rest of the page. */

import { forget, whenIdle } from "./when-idle.js";

const ENOUGH_MS = 8; // the time that one part takes on a slow tablet

export class Ahead {
  /** @type {Iterator<Element>} */
  #left = [].values();
  #waiting = 0;
  /** @type {Element | null} */
  #here = null;

  /** Begin with these, and leave what was left of those before. @param {Iterable<Element>} parts one within each part that is not in sight; asked for one by one */
  begin(parts) {
    this.#left = parts[Symbol.iterator]();
    this.#wait();
  }

  /** A step leads into this part. Asked where something in it is, the browser would lay it out apart, and that anew with each question. @param {Element | null} part */
  lay(part) {
    if (part === this.#here) return;
    this.#here?.removeAttribute("data-laid");
    part?.setAttribute("data-laid", "");
    this.#here = part;
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
