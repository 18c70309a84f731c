/**
 * The forms of a page that many edit: what is typed in them, and what was refused and comes back into them, with the
 * wording that it was to replace.
 *
 * A form's key says what it is and what it is about: `word-passage@strategy:s1:if`. `act` stands for what is no form.
 */

import { chosen, clashOf, together } from "./clash.js";
import { fieldsOf } from "./form-fields.js";
import { touched } from "./live-page.js";

/**
 * @typedef {import("./room-drafts.js").Draft} Draft
 * @typedef {import("./clash.js").Words} Words
 * @typedef {{ open: Set<string>, faults: Record<string, Record<string, string>>, unread: Set<string> }} Shown the forms that are
 *   unfolded; what is wrong, by form and field, "" is the whole form; and those in which another text came up just now
 *
 * @typedef {object} Ways what differs from page to page
 * @property {(key: string, data: Record<string, any>) => Draft | null} draftFrom a form filled again from a refused command; null for what is no form
 * @property {(key: string) => string | null} passageAt the passage whose words a form is for
 * @property {(key: string) => string | null} [replaces] what a form that words no passage takes the place of, "" while nothing is there; null for one
 *   that takes the place of nothing
 * @property {(key: string, data: Record<string, any>) => string | undefined} madeBy what a refused command would have put there, as the `replaces` of the
 *   next one from the same form names it
 * @property {(passage: string) => Words | null} words how a passage is worded, with what I have on its way
 * @property {(data: Record<string, any>) => boolean} same whether a command would leave a passage's words as they are
 * @property {(passage: string) => Words | null} confirmed how the server says that it is worded
 * @property {() => void} update draws the page again, soon
 */

const READ_MS = 1_000; // a press that comes sooner was meant for the button that stood there before the other text came up
const BEGUN_FROM = ["replaces", "base", "mine", "returned", "supersedes", "makes"]; // beside what is typed

export class PageForms {
  #shown;
  #drafts;
  #ways;
  /** @type {Map<string, string>} by form, the wording of somebody else that its author has before them */
  #met = new Map();

  /** @param {Shown} shown changed in place @param {import("./room-drafts.js").Drafts} drafts @param {Ways} ways */
  constructor(shown, drafts, ways) {
    this.#shown = shown;
    this.#drafts = drafts;
    this.#ways = ways;
  }

  /** Say what is wrong where it can be mended. @param {string} key @param {string} sentence */
  show(key, sentence) {
    this.#shown.faults[key] = { "": sentence };
    if (key.includes("@")) this.#shown.open.add(key);
  }

  /** Keep what stands in a form; words of a passage with the wording that they began from. @param {string} key @param {Draft} fields */
  write(key, fields) {
    const before = this.#drafts.get(key);
    const kept = Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => BEGUN_FROM.includes(name)));
    const passage = this.#ways.passageAt(key);
    const replaces = this.#ways.replaces?.(key) ?? null;
    if (!before && passage !== null) {
      const current = this.#ways.words(passage);
      Object.assign(kept, { replaces: current?.wording ?? "", base: current?.text ?? "" });
    } else if (!before && replaces !== null) {
      Object.assign(kept, { replaces });
    }
    this.#drafts.set(key, { ...kept, ...fields });
  }

  /**
   * Whether a form has something to send: words that stand there already are not sent. Keeps the text that they replace,
   * should they be refused.
   *
   * @param {string} key
   * @param {Record<string, any>} data
   */
  worded(key, data) {
    const passage = this.#ways.passageAt(key);
    if (passage === null) return true;
    if (this.#ways.same(data)) return false;
    const current = this.#ways.words(passage);
    const replaces = String(data["replaces"] ?? "");
    const base = current?.wording === replaces ? current.text : this.#drafts.get(key)?.["base"];
    const before = this.#drafts.get(`base:${passage}`);
    // Should all be refused that is on its way, the first of it tells what they all began from.
    /** @type {Draft} */
    const first = current?.sending && before ? { first: before["first"] ?? before["replaces"] ?? "", first_base: before["first_base"] ?? before["base"] ?? "" } : {};
    this.#drafts.set(`base:${passage}`, { replaces, base: String(base ?? ""), ...first });
    return true;
  }

  /** Go on with one of two texts. @param {string} key @param {import("./clash.js").Choice} what */
  choose(key, what) {
    const draft = this.#drafts.get(key);
    const words = this.#ways.words(this.#ways.passageAt(key) ?? "");
    if (draft && words) this.#drafts.set(key, chosen(/** @type {Record<string, string>} */ (draft), words, what));
  }

  /**
   * Put both people's changes into a form whose author sends it without having decided between two texts, where the
   * changes do not touch: else theirs would be gone from the page.
   *
   * @param {string} key
   * @returns {boolean} whether there was something to put together, for its author to read
   */
  putBoth(key) {
    const draft = this.#drafts.get(key);
    if (!draft || draft["mine"] !== undefined) return false;
    this.choose(key, "take-both");
    const both = this.#drafts.get(key);
    return both !== undefined && both["text"] !== draft["text"];
  }

  /** Put a refused command back in front of its author. @param {string | null} key @param {import("./commands.js").Pending} command @param {string} sentence why */
  refused(key, { id, data }, sentence) {
    const draft = key === null ? null : this.#ways.draftFrom(key, data);
    if (key === null || draft === null) {
      this.#drafts.tells("act", id);
      this.show("act", sentence);
    } else if (this.#drafts.giveBack({ id, form: key, draft: { ...this.#baseOf(key, data), ...draft }, sentence, made: this.#ways.madeBy(key, data) }) === key) {
      this.show(key, sentence);
    }
    this.putBack();
  }

  /** Let what was written in one form go on in another. @param {string} from @param {string} to */
  passOn(from, to) {
    const [there, here] = [this.#drafts.get(to), this.#drafts.get(from)];
    const aside = this.#ways.passageAt(from) === null ? ["makes"] : BEGUN_FROM;
    const written = Object.fromEntries(Object.entries(here ?? {}).filter(([name]) => !aside.includes(name)));
    const text = [there?.["text"], here?.["text"]].filter(Boolean).join("\n\n");
    this.#drafts.passOn(from, to, { ...there, ...written, ...(text ? { text } : {}) });
  }

  /** Lead its author to what came back, where they still are where they sent it from. @param {string} key */
  lead(key) {
    const form = document.getElementById(`form-${key}`);
    const at = document.activeElement;
    const still = at?.id === `open-${key}` || (at?.matches("article, summary") && at.closest("article, li")?.contains(form));
    if (still) /** @type {HTMLElement | null | undefined} */ (form?.querySelector(".error-summary"))?.focus();
  }

  /** What a refused command was to replace; of a wording with its text, when this device still knows it. @param {string} key @param {Record<string, any>} data @returns {Draft} */
  #baseOf(key, data) {
    const replaces = String(data["replaces"] ?? "");
    if (this.#ways.passageAt(key) === null) return (this.#ways.replaces?.(key) ?? null) === null ? {} : { replaces };
    const kept = this.#drafts.get(`base:${data["passage"]}`);
    const base = kept && (kept["replaces"] === replaces ? kept["base"] : kept["first"] === replaces ? kept["first_base"] : undefined);
    return { replaces, returned: "yes", ...(base === undefined ? {} : { base }) };
  }

  /** Put refused commands back into the forms they came from, as far as those are free. */
  putBack() {
    for (const { form, sentence } of this.#drafts.putBack()) this.show(form, sentence);
    this.putTogether();
  }

  /** Fill a form whose words came back with both people's changes, where they do not touch. Both texts stand above it. */
  putTogether() {
    for (const key of this.#shown.open) {
      const draft = /** @type {Record<string, string> | undefined} */ (this.#drafts.get(key));
      const passage = this.#ways.passageAt(key);
      const words = passage === null ? null : this.#ways.confirmed(passage);
      const both = draft && words && together(draft, words);
      if (both) this.#drafts.join(key, both);
      const replaces = this.#ways.replaces?.(key) ?? null;
      if (draft && words && clashOf(draft, words)) this.#meet(key, words.wording);
      else if (draft && replaces !== null && draft["replaces"] !== undefined && draft["replaces"] !== replaces) this.#meet(key, replaces);
      else this.#met.delete(key);
    }
  }

  /** Let the button of a form rest while its author cannot have read what somebody else wrote. @param {string} key @param {string} wording */
  #meet(key, wording) {
    if (this.#met.get(key) === wording) return;
    this.#met.set(key, wording);
    this.#shown.unread.add(key);
    setTimeout(() => {
      if (this.#met.has(key) && this.#met.get(key) !== wording) return; // yet another text came up since
      this.#shown.unread.delete(key);
      this.#ways.update();
    }, READ_MS);
  }

  /**
   * Take what was typed and opened before the scripts ran.
   *
   * @param {ParentNode} page
   * @param {string | null} open the form that the address asks for
   * @param {{ sentence: string, form: string, data: Record<string, any> } | null} problem what was refused, sent without scripts
   */
  takeOver(page, open, problem) {
    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (page.querySelectorAll("form[data-form]"))) {
      const key = form.dataset["form"] ?? "";
      if (touched(form)) this.write(key, fieldsOf(form));
      this.#shown.open.add(key);
    }
    if (open) this.#shown.open.add(open);
    if (problem) {
      const { sentence, form: key, data } = problem;
      const draft = this.#ways.draftFrom(key, data);
      if (draft) this.#drafts.set(key, { ...this.#baseOf(key, data), ...draft });
      this.show(draft ? key : "act", sentence);
    }
    this.putBack();
  }

  /** A form is done with, as what stands in it is sent. @param {string} key @returns {string[]} the refused commands that this settles */
  done(key) {
    const settled = [...this.#drafts.refusedIn(key), ...this.#drafts.refusedIn("act")];
    delete this.#shown.faults[key];
    delete this.#shown.faults["act"];
    this.#shown.open.delete(key);
    this.#shown.unread.delete(key);
    this.#drafts.clear(key);
    return settled;
  }
}
