/** A text of an outcome in the page's language, or in both: to read, to word where it stands, and when two people word it. */

import { clashOf } from "./clash.js";
import { clashing } from "./clash-view.js";
import { t } from "./i18n.js";
import { changing } from "./outcomes-meanwhile.js";
import { formHere, glows, nameOf, opener, present, unsent } from "./outcomes-parts.js";
import { isOlder, wordsOf } from "./outcomes-view.js";
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
      ? html`<p class="note small">${t("Not translated yet")}</p>${tools(sheet, id, text, "es", label)}${editor(sheet, id, text, "es", label)}`
      : nothing}
    ${beside || (inSpanish && spanish) ? side(sheet, id, text, "es", label) : nothing}</div>`;
}

/** @param {Sheet} sheet @param {string} id @param {Text} text @param {Language} language */
function formKey(sheet, id, text, language) {
  return changing(sheet, `${language === "es" ? "translate-outcome" : "word-outcome"}@${id}:${text}:${language}`);
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
    ${editor(sheet, id, text, language, label)}</div>`;
}

/** @param {Sheet} sheet @param {string} id @param {Text} text @param {Language} language @param {string} label */
function tools(sheet, id, text, language, label) {
  const { may, view } = sheet;
  const key = formKey(sheet, id, text, language);
  const words = wordsOf(view, `${id}:${text}:${language}`);
  const concluded = text === "conclusion" && language === "en"; // is worded by concluding, and by nothing else
  const allowed = !concluded && (sheet.drafts?.busy(key) || (key.startsWith("amend-outcome") ? may.steer : may.write)) && !sheet.open.has(key);
  // Who is here is said once at a passage: beside the words that stand there, which are English where there is no Spanish.
  const verb = language === "es" && !words ? t("Translate") : key.startsWith("amend-outcome") ? t("Amend") : t("Edit");
  const about = language === "es" ? `${label} (${LANGUAGES.es})` : label;
  const there = [
    allowed ? opener(sheet, key, verb, about) : nothing,
    language === "en" || (!sheet.beside && words) ? present(sheet, `${id}:${text}`) : nothing,
    unsent(sheet, words),
  ].filter((one) => one !== nothing);
  return there.length > 0 ? html`<p class="tools no-print">${there}</p>` : nothing;
}

/** @param {Sheet} sheet @param {string} id @param {Text} text @param {Language} language @param {string} label */
function editor(sheet, id, text, language, label) {
  const key = formKey(sheet, id, text, language);
  if (!sheet.open.has(key)) return nothing;
  const passage = `${id}:${text}:${language}`;
  const draft = /** @type {Record<string, string> | undefined} */ (sheet.drafts.get(key));
  const words = wordsOf(sheet.view, passage);
  const clash = clashOf(draft, words);
  const english = language === "es" ? wordsOf(sheet.view, `${id}:${text}:en`) : null;
  const above = html`${clash && words ? clashing({ key, clash, words, name: words.by === sheet.me ? null : nameOf(sheet, words.by), here: t("On the page now") }) : nothing}
    ${english && !sheet.beside ? html`<div class="prose-text small muted" lang="en">${prose(english.text)}</div>` : nothing}`;
  // Whoever saves while both texts are before them has read the one that their own takes the place of.
  const replaces = (clash ? words?.wording : (draft?.["replaces"] ?? words?.wording)) ?? "";
  return formHere(sheet, key, { about: label, above, hidden: replaces ? { replaces } : {}, ...(clash ? { button: t("Save these words") } : {}) });
}
