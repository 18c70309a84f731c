/** What others change on the page in front of me: it glows for a moment, and is told to those who listen. */

const GLOW_MS = 2_500;
const GATHER_MS = 3_000; // others' changes are told together, so that a busy hour is not a constant voice

/**
 * @typedef {import("./live-state.js").Change} Change
 * @typedef {{ update: () => void, say: (sentence: string) => void, changed: (applied: Change[]) => string[],
 *   sentence: (applied: Change[]) => string }} Options `changed` are the entries that somebody else changed
 */

export class Others {
  /** @type {Set<string>} the entries that somebody else has just changed */
  glow = new Set();
  /** @type {Change[]} */
  #untold = [];
  #options;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
  }

  /** @param {Change[]} applied */
  heard(applied) {
    const { update, say, changed, sentence } = this.#options;
    const keys = changed(applied);
    if (keys.length === 0) return;
    this.glow = new Set([...this.glow, ...keys]);
    setTimeout(() => {
      this.glow = new Set([...this.glow].filter((key) => !keys.includes(key)));
      update();
    }, GLOW_MS);
    if (this.#untold.length === 0) {
      setTimeout(() => {
        const said = sentence(this.#untold);
        this.#untold = [];
        if (said) say(said);
      }, GATHER_MS);
    }
    this.#untold.push(...applied);
  }
}
