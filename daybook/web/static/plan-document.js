/** The document: vision, priorities with their strategies, what families read, and what came of the year. */

import { t } from "./i18n.js";
import { mayErase, mayProposeUnder, mayShape, mayWord } from "./plan-can.js";
import { handle, moves } from "./plan-moves.js";
import { erasing, formHere, glows, menu, nameOf, opener, openWithin, unsent, word } from "./plan-parts.js";
import { present } from "./plan-present.js";
import { once, whole } from "./plan-once.js";
import { passage } from "./plan-passage.js";
import { retired } from "./plan-retired.js";
import { strategy } from "./plan-strategy.js";
import { anchor, lineOf, partsUnder, planOf, retiredAt, wordsOf } from "./plan-view.js";
import { prose } from "./prose.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */

/** @param {Sheet} sheet */
export function documentOf(sheet) {
  const priorities = partsUnder(sheet.view, "plan", "priority");
  const { draft } = sheet.rights;
  return html`<section class="vision" id="vision" aria-labelledby="vision-title"><h2 id="vision-title">${t("Vision")}</h2>
      ${passage(sheet, "vision", { label: t("Vision"), empty: t("Not written yet: what school will be like for students when this plan has worked.") })}
      ${wordsOf(sheet.view, "vision") ? erasing(sheet, "vision", t("Vision")) : nothing}</section>
    ${priorities.length === 0 ? html`<div class="empty"><h2>${t("No priority yet")}</h2>
      <p>${draft ? t("Begin with two or three priorities, each from a June Outcome. Under each, say what you will do: if we…, then…") : t("Priorities are added in a refinement.")}</p></div>` : nothing}
    ${repeat(priorities, (part) => part, (part) => whole(sheet, part, priority))}
    ${mayShape(sheet.rights, "priority") ? addPriority(sheet) : nothing}
    ${family(sheet)}`;
}

/** @param {Sheet} sheet */
function addPriority(sheet) {
  const key = `${Object.keys(sheet.texts.outcomes).length > 0 ? "add-priority" : "add-priority-of"}@plan`;
  /** @type {Record<string, string>} */
  const hidden = key.startsWith("add-priority-of") && sheet.rubric ? { rubric: sheet.rubric.rubric } : {};
  return html`<div class="add-priority no-print">${opener(sheet, key, t("Add a priority"), { look: "button secondary" })}${formHere(sheet, key, { hidden })}</div>`;
}

/** @param {Sheet} sheet @param {string} part */
function priority(sheet, part) {
  const entry = sheet.view[part];
  const title = lineOf(sheet.view, part) || t("Priority");
  if (entry.retired_at && !openWithin(sheet, part)) return html`<section class="priority">${retired(sheet, part, title)}</section>`;
  const strategies = partsUnder(sheet.view, part, "strategy");
  const propose = `propose-strategy@${part}`;
  return html`<section class="priority" aria-labelledby="${anchor(part)}-title">
    ${once(sheet, part, head)}
    ${strategies.length === 0 ? html`<p class="empty">${t("No strategy yet. Say what you will do: if we…, then…")}</p>` : nothing}
    ${repeat(strategies, (one) => one, (one) => once(sheet, one, strategy))}
    <p class="offers no-print">${mayShape(sheet.rights, "strategy") && !retiredAt(sheet.view, part)
      ? opener(sheet, `add-strategy@${part}`, t("Add a strategy"), { about: title })
      : mayProposeUnder(sheet.rights) ? opener(sheet, propose, t("Propose a strategy"), { about: title }) : nothing}</p>
    ${formHere(sheet, `add-strategy@${part}`)}${formHere(sheet, propose)}
    ${reflection(sheet, part, title)}</section>`;
}

/** @param {Sheet} sheet @param {string} part */
function head(sheet, part) {
  const entry = sheet.view[part];
  const title = lineOf(sheet.view, part) || t("Priority");
  const { outcomes } = planOf(sheet.view);
  const statement = entry.outcome ? (sheet.texts.outcomes[entry.outcome] ?? entry.outcome) : null;
  const shape = mayShape(sheet.rights, "priority");
  return html`<header class="priority-head ${glows(sheet, part)}" id=${anchor(part)} data-part=${part}>
    <h2 class="kicker" id="${anchor(part)}-title"><span class="code">${sheet.numbers[part] ? t("Priority {n}", { n: sheet.numbers[part] }) : t("Priority")}</span> <span class="visually-hidden">${title}</span>${unsent(sheet, entry)}</h2>
    ${menu(title, [
      ...(shape ? moves(sheet, part, title) : []),
      shape ? opener(sheet, `retire-part@${part}`, t("Retire"), { about: title }) : nothing,
      mayErase(sheet.rights) ? opener(sheet, `redact-plan-words@${part}`, t("Erase these words…"), { about: title }) : nothing,
    ])}${shape ? handle(sheet, part) : nothing}
    <div class="priority-words">${passage(sheet, part, { label: t("priority") })}</div>
    <p class="facts small">${statement ? html`<span>${t("June Outcome")}: ${outcomes ? html`<a href="/outcomes/${outcomes}#${entry.outcome}">${statement}</a>` : statement}</span>` : nothing}
      <span class="codes-line">${(sheet.texts.works_on[entry.priority] ?? entry.indicators).map((/** @type {string} */ code) => html`<abbr class="code" title=${sheet.texts.indicators[code] ?? code}>${code}</abbr> `)}</span></p>
    ${["retire-part", "redact-plan-words"].map((kind) => formHere(sheet, `${kind}@${part}`))}</header>`;
}

/** What came of a priority, at the year's end. @param {Sheet} sheet @param {string} part @param {string} title */
function reflection(sheet, part, title) {
  const id = sheet.view[part].priority;
  const entry = sheet.view[`reflection:${id}`];
  const key = `reflect-on-priority@${part}`;
  const may = mayWord(sheet.rights, sheet.view, `reflection:${id}`) && !retiredAt(sheet.view, part);
  if (!entry && !may) return nothing;
  const words = wordsOf(sheet.view, `reflection:${id}`);
  return html`<section class="reflection ${glows(sheet, `reflection:${id}`)}" aria-label="${t("Reflection")}: ${title}"><h3>${t("What came of it")}</h3>
    ${entry ? html`<p><span class="chip">${word(sheet, entry.carries)}</span> <span class="small muted">${nameOf(sheet, entry.by)}</span></p>
      ${words ? html`<div class="prose-text">${prose(words.text)}</div>` : nothing}` : nothing}
    ${may ? html`<p class="tools no-print">${opener(sheet, key, entry ? t("Reflect again") : t("Reflect on the year"), { about: title })}${present(sheet, `reflection:${id}`)}</p>` : present(sheet, `reflection:${id}`)}
    ${formHere(sheet, key)}</section>`;
}

/** What families read: the same in two languages, side by side. @param {Sheet} sheet */
function family(sheet) {
  const empty = t("Not written yet: what this plan means for families, and how they can help.");
  return html`<section class="family" id="family" aria-labelledby="family-title"><h2 id="family-title">${t("For families")}</h2>
    <div class="two">${["en", "es"].map((lang) => html`<section><h3 class="small muted">${lang === "en" ? "English" : "Español"}</h3>
      ${passage(sheet, `family:${lang}`, { label: lang === "en" ? "English" : "Español", empty, lang })}</section>`)}</div>
    ${wordsOf(sheet.view, "family:en") || wordsOf(sheet.view, "family:es") ? erasing(sheet, "family", t("For families")) : nothing}</section>`;
}

