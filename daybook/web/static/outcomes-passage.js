/** A text of an outcome in the page's language, or in both: to read, to word where it stands, and when two people word it. */

import { clashOf } from "./clash.js";
import { clashing } from "./clash-view.js";
import { t } from "./i18n.js";
import { formHere, glows, nameOf, opener, present, unsent } from "./outcomes-parts.js";
import { isDraft, isOlder, outcomeOf, wordsOf } from "./outcomes-view.js";
import { prose } from "./prose.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./outcomes-parts.js").Sheet} Sheet
 * @typedef {import("./outcomes-view.js").Text} Text
 * @typedef {"en" | "es"} Language
 */

/** @type {Record<Language, string>} */
const LANGUAGES = { en: "English", es: "Español" };

/** @param {Sheet} sheet @param {string} id @param {Text} text @param {string} label @param {{ lead?: boolean }} [how] */
export function passage(sheet, id, text, label, { lead = false } = {}) {
  const { beside, lang, view } = sheet;
  const spanish = wordsOf(view, `${id}:${text}:es`);
  const inSpanish = lang === "es" && !beside;
  return html`<div class="passage ${lead ? "lead" : ""} ${beside ? "both" : ""}" data-place="${id}:${text}">
    ${inSpanish && spanish ? nothing : side(sheet, id, text, "en", label)}
    ${inSpanish && !spanish
      ? html`<p class="note small">${t("Not translated yet")}</p>${tools(sheet, id, text, "es", label)}${editor(sheet, id, text, "es")}`
      : nothing}
    ${beside || (inSpanish && spanish) ? side(sheet, id, text, "es", label) : nothing}</div>`;
}

/** @param {Sheet} sheet @param {string} id @param {Text} text @param {Language} language */
function formKey({ drafts, view }, id, text, language) {
  const place = `${id}:${text}:${language}`;
  if (language === "es") return `translate-outcome@${place}`;
  // What somebody wrote in a draft that was adopted meanwhile stays before them.
  return isDraft(view) || drafts?.busy(`word-outcome@${place}`) ? `word-outcome@${place}` : `amend-outcome@${place}`;
}

/** @param {Sheet} sheet @param {string} id @param {Text} text @param {Language} language @param {string} label */
function side(sheet, id, text, language, label) {
  const words = wordsOf(sheet.view, `${id}:${text}:${language}`);
  const open = sheet.open.has(formKey(sheet, id, text, language));
  return html`<div class="side ${glows(sheet, `text:${id}:${text}:${language}`)}">
    ${sheet.beside ? html`<p class="side-name muted small">${LANGUAGES[language]}</p>` : nothing}
    ${!words
      ? html`<p class="muted">${t("Not translated yet")}</p>`
      : open ? nothing : html`<div class="prose-text" lang=${language}>${prose(words.text)}</div>`}
    ${language === "es" && isOlder(sheet.view, id, text)
      ? html`<p class="older small"><span aria-hidden="true">△</span> ${t("The Spanish is older than the English")}</p>`
      : nothing}
    ${tools(sheet, id, text, language, label)}
    ${editor(sheet, id, text, language)}</div>`;
}

/** @param {Sheet} sheet @param {string} id @param {Text} text @param {Language} language @param {string} label */
function tools(sheet, id, text, language, label) {
  const { may, view } = sheet;
  const key = formKey(sheet, id, text, language);
  const words = wordsOf(view, `${id}:${text}:${language}`);
  const concluded = text === "conclusion" && language === "en"; // is worded by concluding, and by nothing else
  const allowed = !concluded && (sheet.drafts?.busy(key) || (key.startsWith("amend-outcome") ? may.steer : may.write)) && !sheet.open.has(key);
  const verb = language === "es" && !words ? t("Translate") : key.startsWith("amend-outcome") ? t("Amend") : t("Edit");
  const about = language === "es" ? `${label} (${LANGUAGES.es})` : label;
  const there = [
    allowed ? opener(sheet, key, verb, about) : nothing,
    language === "en" || !sheet.beside ? present(sheet, `${id}:${text}`) : nothing,
    unsent(sheet, words),
  ].filter((one) => one !== nothing);
  return there.length > 0 ? html`<p class="tools no-print">${there}</p>` : nothing;
}

/** @param {Sheet} sheet @param {string} id @param {Text} text @param {Language} language */
function editor(sheet, id, text, language) {
  const key = formKey(sheet, id, text, language);
  if (!sheet.open.has(key)) return nothing;
  const passage = `${id}:${text}:${language}`;
  const draft = /** @type {Record<string, string> | undefined} */ (sheet.drafts.get(key));
  const words = wordsOf(sheet.view, passage);
  const clash = clashOf(draft, words);
  const english = language === "es" ? wordsOf(sheet.view, `${id}:${text}:en`) : null;
  const above = html`${outcomeOf(sheet.view, id).withdrawn
      ? html`<div class="clash" role="alert"><p>${t("This outcome was left out while you wrote. What you wrote is kept here.")}</p></div>`
      : nothing}
    ${key.startsWith("word-outcome@") && !isDraft(sheet.view) ? adopted(sheet, key) : nothing}
    ${clash && words ? clashing({ key, clash, words, name: nameOf(sheet, words.by), here: t("On the page now") }) : nothing}
    ${english && !sheet.beside ? html`<div class="prose-text small muted" lang="en">${prose(english.text)}</div>` : nothing}`;
  // Whoever saves while both texts are before them has read the one that their own takes the place of.
  const replaces = (clash ? words?.wording : (draft?.["replaces"] ?? words?.wording)) ?? "";
  return formHere(sheet, key, { above, hidden: replaces ? { replaces } : {}, ...(clash ? { button: t("Save these words") } : {}) });
}

/** That a draft was adopted while somebody wrote in it, and how their words go on. @param {Sheet} sheet @param {string} key */
function adopted({ may }, key) {
  return html`<div class="clash" role="alert"><p><strong>${t("These outcomes were adopted while you wrote.")}</strong>
      ${may.steer ? t("What you wrote is kept here, and can go on as an amendment.") : t("What you wrote is kept here. Those who lead the school can amend it, with a reason.")}</p>
    ${may.steer ? html`<p class="button-row"><button class="button secondary" type="button" data-do="amend-instead" data-form=${key}>${t("Go on as an amendment")}</button></p>` : nothing}</div>`;
}
