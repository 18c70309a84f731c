/** What happened to a place of the plan while a form about it stood open, and where its words can go instead. */

import { t } from "./i18n.js";
import { mayShape, mayWord } from "./plan-can.js";
import { formAt, passageAt } from "./plan-forms.js";
import { lineOf, partOf, planOf, retiredAt, split } from "./plan-view.js";
import { prose } from "./prose.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */

const GOES_ON = ["propose-change", "propose-strategy", "propose-action", "redact-plan-words", "withdraw-reading"]; // whatever became of the part

/** The kind of part that a form gives another shape, by the kind of the form; its place names it for the others. @type {Record<string, string>} */
const SHAPES = { "add-priority": "priority", "add-priority-of": "priority", "add-strategy": "strategy", "add-action": "action", "add-measure": "measure", "set-target": "measure" };

/** Why a form cannot be saved any more, and where its words can go; null where it can. @param {Sheet} sheet @param {string} key */
export function meanwhile(sheet, key) {
  const [kind, place] = formAt(key);
  const done = doneBy(sheet, kind, place);
  if (done !== null) return done;
  if (GOES_ON.includes(kind)) return null;
  const retired = retiredAt(sheet.view, partOf(place));
  if (retired) {
    const { reason, kind: what } = sheet.view[retired];
    const restore = mayShape(sheet.rights, what)
      ? html`<button class="button secondary" type="button" data-do="restore" data-part=${retired} data-form=${key}>${t("Restore")}</button>`
      : nothing;
    return box(
      t("This was retired while you wrote: {part}", { part: lineOf(sheet.view, retired) }),
      reason ? html`<div class="prose-text">${prose(reason)}</div>` : nothing,
      t("What you wrote is kept here. It can be saved once the part is restored."),
      [restore, proposing(sheet, key)],
    );
  }
  if (place.startsWith("refinement:") && sheet.view[partOf(place)]?.closed_at) {
    return box(t("This refinement was closed while you wrote, and stays as it was."), nothing, t("What you wrote is kept here."), []);
  }
  const passage = passageAt(key);
  const shapes = SHAPES[kind] ?? (["move-part", "retire-part"].includes(kind) ? split(place)[0] : null);
  const may = passage === null ? !shapes || mayShape(sheet.rights, shapes) : mayWord(sheet.rights, sheet.view, passage);
  return may ? null : box(why(sheet), nothing, t("What you wrote is kept here."), [proposing(sheet, key)]);
}

/** That another has done what a form is for; null where nobody has. @param {Sheet} sheet @param {string} kind @param {string} place */
function doneBy(sheet, kind, place) {
  const { outcome, answered_by: by, reason, withdrawn } = sheet.view[place] ?? {};
  const kept = t("What you wrote is kept here.");
  const why = reason ? html`<div class="prose-text">${prose(reason)}</div>` : nothing;
  if (["accept-proposal", "decline-proposal"].includes(kind) && outcome !== undefined && outcome !== "waiting") {
    return box(t("This proposal was answered while you wrote: {word}", { word: `${sheet.words[outcome] ?? outcome}${by ? `, ${sheet.names[by] ?? by}` : ""}` }), why, kept, []);
  }
  if (kind === "withdraw-reading" && withdrawn) return box(t("This reading was withdrawn while you wrote."), why, kept, []);
  if (kind === "adopt-plan" && planOf(sheet.view).phase !== "draft") return box(t("This plan was adopted while you wrote."), nothing, kept, []);
  return null;
}

/** Why something cannot be changed now. @param {Sheet} sheet */
function why({ rights }) {
  if (!rights.open) return t("This plan was closed while you wrote. It takes nothing more.");
  if (rights.free) return t("This is not yours to change any more.");
  return rights.may.lead
    ? t("No refinement is open any more, so this cannot be saved now. You can open another one.")
    : t("No refinement is open any more, so this cannot be saved now.");
}

/** A button that makes a proposal of what was written, for those who cannot change what stands in the way. @param {Sheet} sheet @param {string} key */
function proposing({ rights }, key) {
  const passage = passageAt(key);
  if (passage === null || !rights.open || rights.may.lead || ["refinement", "reflection"].includes(split(passage)[0])) return nothing;
  return html`<button class="button secondary" type="button" data-do="propose-instead" data-form=${key}>${t("Propose these words")}</button>`;
}

/** @param {string} said @param {unknown} reason @param {string} kept @param {unknown[]} buttons */
function box(said, reason, kept, buttons) {
  const there = buttons.filter((one) => one !== nothing);
  return html`<p><strong>${said}</strong></p>${reason}<p class="small">${kept}</p>
    ${there.length > 0 ? html`<p class="button-row">${there}</p>` : nothing}`;
}
