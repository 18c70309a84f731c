/**
 * What is typed and not sent yet, by form, so that no redraw, reload or crash loses it.
 *
 * A form's key says what it is about: `evidence:new`, `evidence:e-17`, `consensus:CI.2`, `rate:CI.2`.
 * A choice of rating is held in memory alone: it is blind, and the device may be shared.
 */

/**
 * @typedef {Record<string, string | string[]>} Draft field names to what they hold
 * @typedef {{ form: string, draft: Draft, sentence: string }} Returned a refused command, back from the server
 */

export class Drafts {
  /** @type {Record<string, Draft>} */
  #drafts;
  /** @type {Returned[]} refused while something else stood in the form: they wait for it to be free */
  #returned;
  #key;

  /** @param {string} person @param {string} stream */
  constructor(person, stream) {
    this.#key = `daybook.drafts.${person}.${stream}`;
    const kept = read(this.#key);
    this.#drafts = kept.drafts;
    this.#returned = kept.returned;
  }

  /** @param {string} form @returns {Draft | undefined} */
  get(form) {
    return this.#drafts[form];
  }

  /** @param {string} form @param {Draft} draft */
  set(form, draft) {
    this.#drafts[form] = draft;
    this.#keep();
  }

  /** @param {string} form @param {Draft} [rest] what stays in the form for the next time */
  clear(form, rest) {
    if (rest) this.#drafts[form] = rest;
    else delete this.#drafts[form];
    this.#keep();
  }

  /** Whether somebody's words would be lost if the form were filled anew. @param {string} form */
  busy(form) {
    const { text, rationale, answer } = this.#drafts[form] ?? {};
    return Boolean(text || rationale || answer);
  }

  /** Forms that hold words, in no particular order. */
  get written() {
    return Object.keys(this.#drafts).filter((form) => this.busy(form));
  }

  /** @param {Returned} returned */
  giveBack(returned) {
    this.#returned.push(returned);
    this.#keep();
  }

  /** How many refused commands wait for a form. @param {string} form */
  waiting(form) {
    return this.#returned.filter((returned) => returned.form === form).length;
  }

  /** Fill each free form with the first refused command that waits for it. @returns {Returned[]} those put back */
  putBack() {
    const back = this.#returned.filter(
      ({ form }, index, all) => !this.busy(form) && all.findIndex((other) => other.form === form) === index,
    );
    for (const { form, draft } of back) this.#drafts[form] = draft;
    this.#returned = this.#returned.filter((returned) => !back.includes(returned));
    if (back.length > 0) this.#keep();
    return back;
  }

  #keep() {
    const drafts = Object.fromEntries(Object.entries(this.#drafts).filter(([form]) => !form.startsWith("rate:")));
    const returned = this.#returned.filter(({ form }) => !form.startsWith("rate:"));
    try {
      localStorage.setItem(this.#key, JSON.stringify({ drafts, returned }));
    } catch {
      // Storage is full or switched off: the drafts still stand in memory and on screen.
    }
  }
}

/** @param {string} key @returns {{ drafts: Record<string, Draft>, returned: Returned[] }} */
function read(key) {
  try {
    return { drafts: {}, returned: [], ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return { drafts: {}, returned: [] };
  }
}
