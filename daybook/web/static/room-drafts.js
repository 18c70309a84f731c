/**
 * What is typed and not sent yet, by form, so that no redraw, reload or crash loses it.
 *
 * A form's key says what it is about: `evidence:new`, `evidence:e-17`, `consensus:CI.2`, `rate:CI.2`.
 * A choice of rating is held in memory alone: it is blind, and the device may be shared.
 * Two tabs of one person may write in the same form. Each finds its own words after a reload; when both are gone,
 * those written last stand in the form, and the others wait until it is free. Words that were refused stay in the outbox
 * until they are sent anew, so a form only remembers whose words it holds.
 */

import { copy, keyOf, read, stored } from "./drafts-kept.js";

/**
 * @typedef {Record<string, string | string[]>} Draft field names to what they hold
 * @typedef {{ id?: string, form: string, draft: Draft, sentence: string, made?: string | undefined }} Returned a refused command, back
 *   from the server; without an id when an earlier release kept it here. `made` is the id of its wording, where it put a passage into words
 */

export class Drafts {
  /** @type {Record<string, Draft>} */
  #drafts;
  /** @type {Returned[]} refused while something else stood in the form: they wait for it to be free */
  #returned;
  /** @type {Record<string, string>} by form, the refused command whose words it holds, however much they were changed since */
  #sources;
  /** @type {Record<string, string>} by form, the words that came back into it, as they came */
  #given;
  /** @type {Record<string, string>} by form, the id of the wording that the words in it had as they came back */
  #made = {};
  /** @type {Record<string, string[]>} by form, refused commands without words, which are done with once it is said why */
  #wordless = {};
  /** @type {Record<string, number>} by form, when it was written in last */
  #times;
  #key;
  #words;

  /** @param {string} person @param {string} stream @param {string[]} words the fields that somebody writes in */
  constructor(person, stream, words) {
    this.#words = words;
    this.#key = keyOf(person, stream);
    const kept = read(this.#key);
    this.#drafts = kept.drafts;
    this.#returned = kept.returned;
    this.#sources = kept.sources;
    this.#given = kept.given;
    this.#times = kept.times;
  }

  /** @param {string} form @returns {Draft | undefined} */
  get(form) {
    return this.#drafts[form];
  }

  /** @param {string} form @param {Draft} draft */
  set(form, draft) {
    const before = this.#drafts[form];
    this.#drafts[form] = draft;
    this.#keep({ [form]: before });
  }

  /** Put words that came back together with those of others; their author has not gone on writing by that. @param {string} form @param {Draft} draft */
  join(form, draft) {
    if (JSON.stringify(this.#drafts[form]) === this.#given[form]) this.#given[form] = JSON.stringify(draft);
    this.set(form, draft);
  }

  /** @param {string} form @param {Draft} [rest] what stays in the form for the next time */
  clear(form, rest) {
    const before = this.#drafts[form];
    if (rest) this.#drafts[form] = rest;
    else delete this.#drafts[form];
    delete this.#sources[form];
    delete this.#given[form];
    this.#keep({ [form]: before });
  }

  /** A command without words was refused, and a form says why. @param {string} form @param {string} id */
  tells(form, id) {
    this.#wordless[form] = [...(this.#wordless[form] ?? []), id];
  }

  /** The refused commands that a form stands for: whose words it holds, and those that it tells of, which it then does no more. @param {string} form */
  refusedIn(form) {
    const source = this.#sources[form];
    const wordless = this.#wordless[form] ?? [];
    delete this.#wordless[form];
    return source ? [source, ...wordless] : wordless;
  }

  /** Whether somebody's words would be lost if the form were filled anew. @param {string} form */
  busy(form) {
    return this.#words.some((field) => this.#drafts[form]?.[field]);
  }

  /** Forms that hold words, in no particular order. */
  get written() {
    return Object.keys(this.#drafts).filter((form) => this.busy(form));
  }

  /** Take a refused command's words back. @param {Returned} returned @returns {string | null} the form that holds them already, from before a reload; null where they wait for theirs */
  giveBack(returned) {
    const there = Object.keys(this.#sources).find((form) => this.#sources[form] === returned.id && this.busy(form)) ?? null;
    if (there !== null) return there;
    const { draft, form, id, made } = returned;
    if (id && String(this.#drafts[form]?.["supersedes"] ?? "").split(" ").includes(id)) {
      this.tells(form, id);
      return form;
    }
    const waiting = this.#returned.findIndex((one) => one.form === form && one.made !== undefined && one.made === draft["replaces"]);
    const earlier = this.#returned[waiting];
    const held = this.#drafts[form];
    if (earlier) {
      this.#returned[waiting] = { ...returned, draft: this.#following(form, draft, earlier.draft, earlier.id ?? "") };
    } else if (held && made !== undefined && this.#made[form] === draft["replaces"] && JSON.stringify(held) === this.#given[form]) {
      this.#fill({ ...returned, draft: this.#following(form, draft, held, this.#sources[form] ?? "") });
      this.#keep({ [form]: held });
      return form;
    } else {
      this.#returned.push(returned);
    }
    return null;
  }

  /** What somebody wrote last, where they had worded the same before: it began from what the first of these began from. @param {string} form @param {Draft} last @param {Draft} earlier @param {string} id of the command that held the earlier words @returns {Draft} */
  #following(form, last, earlier, id) {
    if (id) this.tells(form, id);
    const began = Object.fromEntries(["replaces", "base"].flatMap((name) => (earlier[name] === undefined ? [] : [[name, earlier[name]]])));
    return { ...last, ...began, supersedes: [earlier["supersedes"] ?? "", id].filter(Boolean).join(" ") };
  }

  /** @param {Returned} returned */
  #fill({ draft, form, id, made }) {
    this.#drafts[form] = draft;
    this.#given[form] = JSON.stringify(draft);
    if (id) this.#sources[form] = id;
    if (made !== undefined) this.#made[form] = made;
    else delete this.#made[form];
  }

  /** What stands in a form goes on in another, with the refused command whose words it holds. @param {string} from @param {string} to @param {Draft} draft */
  passOn(from, to, draft) {
    const before = { [from]: this.#drafts[from], [to]: this.#drafts[to] };
    const source = this.#sources[from];
    this.#drafts[to] = draft;
    if (source && !this.#sources[to]) {
      this.#sources[to] = source;
      this.#given[to] = JSON.stringify(draft);
    }
    this.clear(from);
    this.#keep(before);
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
    const before = Object.fromEntries(back.map(({ form }) => [form, this.#drafts[form]]));
    for (const returned of back) this.#fill(returned);
    this.#returned = this.#returned.filter((returned) => !back.includes(returned));
    if (back.length > 0) this.#keep(before);
    return back;
  }

  /**
   * Let go of words that came back here and were dealt with in another tab, unless somebody has gone on writing on them.
   *
   * @param {{ id: string }[]} refused the commands that nobody has dealt with
   * @returns {string[]} the forms that hold no refused words any more
   */
  follow(refused) {
    const open = new Set(refused.map(({ id }) => id));
    this.#returned = this.#returned.filter(({ id }) => !id || open.has(id));
    const settled = Object.keys(this.#sources).filter((form) => !open.has(this.#sources[form] ?? ""));
    for (const form of settled) {
      if (JSON.stringify(this.#drafts[form]) === this.#given[form]) this.clear(form);
      else {
        delete this.#sources[form];
        delete this.#given[form];
        delete this.#drafts[form]?.["makes"]; // sent from elsewhere, it may be taken by now
        this.#keep({});
      }
    }
    return settled;
  }

  /** @param {Record<string, Draft | undefined>} changed the forms that changed, and what they held before */
  #keep(changed) {
    const drafts = Object.fromEntries(Object.entries(this.#drafts).filter(([form]) => !form.startsWith("rate:")));
    const returned = this.#returned.filter(({ id }) => !id); // the others are in the outbox
    const [sources, given] = [this.#sources, this.#given];
    const device = stored(localStorage, this.#key).drafts ?? {};
    for (const [form, before] of Object.entries(changed)) {
      if (!this.busy(form) && JSON.stringify(device[form]) !== JSON.stringify(before)) continue; // another tab's words
      const mine = drafts[form];
      if (mine) device[form] = mine;
      else delete device[form];
    }
    const at = Date.now();
    for (const form of Object.keys(changed)) this.#times[form] = at;
    const held = { drafts, sources, given, times: this.#times, at };
    copy(this.#key, held);
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(held));
      localStorage.setItem(this.#key, JSON.stringify({ drafts: device, returned, sources, given }));
    } catch {
      // Storage is full or switched off: the drafts still stand in memory and on screen.
    }
  }
}
