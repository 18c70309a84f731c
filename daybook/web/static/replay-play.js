/** Playing: one step after the other at a chosen speed, with a rest at each moment that matters. */

import { SPEEDS } from "./replay-player.js";

const LINGER = 2.5; // how much longer a moment that matters stays
const MOST_AT_ONCE = 8; // steps; after a pause, as of a window that was hidden, it does not rush to catch up

export class Play {
  playing = false;
  /** @type {keyof typeof SPEEDS} */
  speed = "normal";
  #due = 0;
  #on;

  /**
   * @param {{ index: () => number, last: number, mark: (index: number) => number | undefined, go: (index: number) => void,
   *   stopped: () => void }} on where it plays; `mark` is the next one after an index
   */
  constructor(on) {
    this.#on = on;
  }

  /** Play on from here, or from the beginning where this is the end. */
  start() {
    const { index, last, go } = this.#on;
    this.playing = true;
    go(index() >= last ? 1 : index());
    this.#due = performance.now() + SPEEDS[this.speed];
    requestAnimationFrame((time) => this.#tick(time));
  }

  stop() {
    if (!this.playing) return;
    this.playing = false;
    this.#on.stopped();
  }

  /** @param {number} time */
  #tick(time) {
    if (!this.playing) return;
    const { index, last, mark, go } = this.#on;
    const every = SPEEDS[this.speed];
    if (time >= this.#due) {
      const late = Math.min(Math.floor((time - this.#due) / every), MOST_AT_ONCE - 1);
      const rest = mark(index());
      const next = Math.min(index() + 1 + late, rest ?? last);
      go(next);
      this.#due = time + every * (next === rest ? LINGER : 1);
      if (next >= last) return this.stop();
    }
    requestAnimationFrame((now) => this.#tick(now));
  }
}
