/** What changed in a plan since a refinement was opened, in sentences: a beginning for its own words. */

import { planOf } from "./plan-view.js";

const GATHER_MS = 1_500; // while others are at work, their changes are asked for together

const ASIDE = /^(text:)?(refinement|version|proposal|mine|check-in|status|reading):/; // what is no change of the plan itself

/** @typedef {import("./plan-view.js").View} View */

/** Asks for the sentences when the plan has changed, and tells when they are others than before. */
export class Suggestion {
  /** @type {string[]} */
  sentences = [];
  #timer = 0;
  #asked = 0; // how often; an answer that comes after a later question was asked is of no use
  #ontold;

  /** @param {() => void} ontold */
  constructor(ontold) {
    this.#ontold = ontold;
  }

  /** @param {View} view */
  follow(view) {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const { plan, refining } = planOf(view);
    const refinement = refining ? view[`refinement:${refining}`] : null;
    if (!refinement) {
      this.sentences = [];
      return;
    }
    this.#timer = Number(setTimeout(() => void this.#ask(plan, refinement.from_position), this.sentences.length > 0 ? GATHER_MS : 0));
  }

  /** @param {string} plan @param {number} from */
  async #ask(plan, from) {
    const asked = this.#asked;
    const response = await fetch(`/api/v1/plans/${plan}/compare?from=${from}`).catch(() => null);
    if (asked !== this.#asked || !response?.ok) return; // it is asked for again with the next change
    /** @type {{ differences: { sentence: string, difference: { key: string } }[] }} */
    const { differences } = await response.json();
    if (asked !== this.#asked) return;
    const told = [...new Set(differences.filter(({ difference }) => !ASIDE.test(difference.key)).map(({ sentence }) => sentence))];
    if (told.join("\n") === this.sentences.join("\n")) return;
    this.sentences = told;
    this.#ontold();
  }
}
