/** What the second author of the same words sees: both texts, what each changed, and buttons to go on with one of them. */

import { t } from "./i18n.js";
import { changes, merged } from "./text-merge.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { guard } from "./vendor/lit-html/directives/guard.js";

/**
 * @typedef {import("./clash.js").Clash} Clash
 * @typedef {import("./clash.js").Choice} Choice
 * @typedef {import("./clash.js").Words} Words
 */

/**
 * Both texts, what each changed, and what to go on with.
 *
 * @param {{ key: string, clash: Clash, words: Words, name: string | null, here: string }} about `name` is who was quicker, null for oneself elsewhere, `here` what the
 *   text is called that stands now
 */
export function clashing({ key, clash: { mine, base }, words, name, here }) {
  const theirs = words.text ?? "";
  const gone = words.text === null;
  const said = name === null ? t("You put this into other words elsewhere while you wrote.") : t("{person} put this into other words while you wrote.", { person: name });
  const both = base === null ? null : guardedMerge(mine, base, theirs);
  const button = (/** @type {Choice} */ what, /** @type {string} */ label) =>
    html`<button class="button secondary" type="button" data-do=${what} data-form=${key}>${label}</button>`;
  return html`<div class="clash" role="alert">
    <p><strong>${gone ? t("These words were erased while you wrote, as they held what must not be kept.") : said}</strong>
      ${gone ? t("Look whether yours hold it, too, before you save them.") : both === null ? t("The same words were changed in both. Decide what should stand below.") : t("The changes do not touch each other, and can be put together.")}</p>
    <div class="sides">
      <section><h4 class="small">${here}</h4>${gone ? html`<p><em class="muted">${t("These words were erased.")}</em></p>` : marked(base ?? mine, theirs)}</section>
      <section><h4 class="small">${t("What you wrote")}</h4>${gone ? html`<p class="marked">${mine}</p>` : marked(base ?? theirs, mine)}</section></div>
    <p class="button-row">
      ${both === null ? nothing : button("take-both", t("Put both together"))}
      ${button("take-mine", t("Write what I wrote below"))}
      ${gone ? nothing : button("take-theirs", t("Write the other text below"))}</p></div>`;
}

/**
 * That what a form takes the place of was said or set anew while it stood open.
 *
 * @param {string | null} by whose doing that was, where it is known
 * @param {string} me
 * @param {(person: string) => string} nameOf
 */
export function saidAnew(by, me, nameOf) {
  const said = by === null ? t("Somebody changed this while your form was open.")
    : by === me ? t("You changed this elsewhere while this form was open.")
    : t("{person} changed this while your form was open.", { person: nameOf(by) });
  return html`<div class="clash" role="alert"><p><strong>${said}</strong>
    ${t("What stands now is above. Save to put yours in its place, or cancel to leave it.")}</p></div>`;
}

/** A text with what was taken out and put in since another. @param {string} before @param {string} after */
export function marked(before, after) {
  return html`<p class="marked">${guard([before, after], () =>
    changes(before, after).map((piece) =>
      "same" in piece
        ? piece.same
        : html`${piece.gone ? html`<del>${piece.gone}</del>` : nothing}${piece.come ? html`<ins>${piece.come}</ins>` : nothing}`,
    ))}</p>`;
}

/** @type {{ of: [string, string, string], both: string | null } | null} the last merge: the same is asked for at each drawing */
let last = null;

/** @param {string} mine @param {string} base @param {string} theirs */
function guardedMerge(mine, base, theirs) {
  if (last?.of[0] !== mine || last.of[1] !== base || last.of[2] !== theirs) last = { of: [mine, base, theirs], both: merged(mine, base, theirs) };
  return last.both;
}
