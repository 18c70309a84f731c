/** What happened to June Outcomes while a form about them stood open, and how its words go on. */

import { t } from "./i18n.js";
import { formAt } from "./outcomes-forms.js";
import { isAdoptedSpanish, isDraft, outcomeOf, wordsOf } from "./outcomes-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/** @typedef {import("./outcomes-parts.js").Sheet} Sheet */

/** The forms that what is adopted does not take, and those that take their place. @type {Record<string, string | null>} */
const AMENDING = { "word-outcome": "amend-outcome", "translate-outcome": "amend-outcome", "aim-outcome": "amend-aim", "withdraw-outcome": null, "propose-outcome": null };

/**
 * The form that changes something now: what somebody wrote for a draft that was adopted meanwhile stays before them.
 *
 * @param {Sheet} sheet
 * @param {string} key of the form for a draft
 * @returns {string}
 */
export function changing({ drafts, view }, key) {
  return !isSettled(view, key) || drafts?.get(key) ? key : amending(key) ?? key;
}

/** Whether what a form changes was adopted. @param {import("./outcomes-view.js").View} view @param {string} key */
function isSettled(view, key) {
  const [kind, place] = formAt(key);
  const [id = "", text] = place.split(":");
  return kind === "translate-outcome" ? isAdoptedSpanish(view, id, /** @type {import("./outcomes-view.js").Text} */ (text)) : kind in AMENDING && !isDraft(view);
}

/** The form that amends what another one changes in a draft. @param {string} key @returns {string | null} null where that cannot be amended */
export function amending(key) {
  const [kind, place] = formAt(key);
  const amends = AMENDING[kind];
  return amends ? `${amends}@${place}` : null;
}

/** Why a form cannot be saved any more, and where its words can go; null where it can. @param {Sheet} sheet @param {string} key */
export function meanwhile({ drafts, may, view }, key) {
  const [kind, place] = formAt(key);
  if (isSettled(view, key)) {
    const amends = may.steer && amending(key) !== null;
    const overtaken = kind === "translate-outcome" && (drafts?.get(key)?.["replaces"] ?? "") !== wordsOf(view, place)?.wording;
    return html`<p><strong>${overtaken ? t("This was put into Spanish while you wrote.") : t("These outcomes were adopted while you wrote.")}</strong>
        ${amends
          ? t("What you wrote is kept here, and can go on as an amendment.")
          : amending(key) === null
            ? t("What you wrote is kept here. What was adopted is neither added to nor left out, and can be amended.")
            : t("What you wrote is kept here. Those who lead the school can amend it, with a reason.")}</p>
      ${amends ? html`<p class="button-row"><button class="button secondary" type="button" data-do="amend-instead" data-form=${key}>${t("Go on as an amendment")}</button></p>` : nothing}`;
  }
  const outcome = outcomeOf(view, place.split(":")[0] ?? "");
  if (!outcome?.withdrawn || ["comment-on-outcome", "redact-outcome-words"].includes(kind)) return null;
  return html`<p>${t("This outcome was left out while you wrote. What you wrote is kept here.")}</p>`;
}
