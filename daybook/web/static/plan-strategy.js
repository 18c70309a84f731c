/** A strategy as a card of the document: if… then…, who carries it, how it goes, and what stands under it. */

import { number, t, tn } from "./i18n.js";
import { saysItself } from "./if-then.js";
import { mayArrange, mayErase, mayProposeUnder, mayRequest, mayShape, mayWork } from "./plan-can.js";
import { around } from "./plan-once.js";
import { actions, measures, rowReasons, supports } from "./plan-under.js";
import { day, formHere, glows, home, menu, opener, openWithin, owned, unsent, word } from "./plan-parts.js";
import { present } from "./plan-present.js";
import { passage } from "./plan-passage.js";
import { retired } from "./plan-retired.js";
import { handle, moves } from "./plan-moves.js";
import { anchor, checkInsOf, lineOf, partsUnder, retiredAt, wordsOf } from "./plan-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { guard } from "./vendor/lit-html/directives/guard.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */

/** What stands under a strategy: not drawn again because a check-in was held or is read, or others were put before it. @param {Sheet} sheet @param {string} part */
function under(sheet, part) {
  const standing = Object.entries(sheet.groups.get(part) ?? {}).filter(([key]) => !key.startsWith("check-in:") && !key.startsWith("status:"));
  const besides = around(sheet, part);
  return guard([...besides, ...standing.map(([, entry]) => entry)], () => {
    const whys = rowReasons(standing, [...besides, mayShape(sheet.rights, "action") ? sheet.view[`order:${part}`] : null]);
    return html`${actions(sheet, part, whys)}${measures(sheet, part, whys)}${supports(sheet, part, whys)}`;
  });
}

/** @param {Sheet} sheet @param {string} part */
export function strategy(sheet, part) {
  const entry = sheet.view[part];
  const id = entry.strategy;
  const title = lineOf(sheet.view, part) || t("Strategy");
  if (entry.retired_at && !openWithin(sheet, part)) return retired(sheet, part, title);
  const status = sheet.view[`status:${id}`];
  const numbered = sheet.numbers[part];
  return html`<article tabindex="-1" class="strategy ${glows(sheet, part, `status:${id}`)} ${sheet.chosen === id ? "chosen" : ""}" id=${anchor(part)} data-part=${part} aria-labelledby="${anchor(part)}-title">
    <header class="strategy-head">
      <p class="kicker"><span class="code">${numbered ? t("Strategy {n}", { n: numbered }) : t("Strategy")}</span>
        ${status ? statusMark(sheet, status) : html`<span class="muted">${t("No check-in yet")}</span>`}
        ${present(sheet, part)}${unsent(sheet, entry)}</p>
      ${menu(title, strategyActs(sheet, part, title))}${mayShape(sheet.rights, "strategy") ? handle(sheet, part) : nothing}
      <h3 id="${anchor(part)}-title">${passage(sheet, `${part}:title`, { label: t("title") })}</h3>
      <p class="facts small"><span>${t("Owner")}: ${owned(sheet, entry.owner)}</span>${
        entry.funding !== null && entry.funding !== undefined ? html`<span>${t("Funding")}: $${number(entry.funding)}, ${entry.funding_source}</span>` : nothing}${
        entry.proposal ? html`<span>${t("From a proposal")}</span>` : nothing}</p>
    </header>
    ${["assign-part", "fund-strategy", "move-part", "retire-part", "redact-plan-words"].map((kind) => formHere(sheet, `${kind}@${part}`))}
    <div class="if-then">
      ${half(sheet, part, "if", t("If"))}
      ${half(sheet, part, "then", t("then"))}</div>
    ${under(sheet, part)}
    ${adding(sheet, part, title)}
    ${checkIn(sheet, part, title)}</article>`;
}

/** @param {Sheet} sheet @param {string} part @param {"if" | "then"} one @param {string} label */
function half(sheet, part, one, label) {
  const place = `${part}:${one}`;
  return html`<section><h4 class=${saysItself(wordsOf(sheet.view, place)?.text, one) ? "visually-hidden" : nothing}>${label}</h4>${passage(sheet, place, { label })}</section>`;
}

/** How it goes, by a mark and in words. @param {Sheet} sheet @param {{ status: string, on: string }} status */
export function statusMark(sheet, status) {
  return html`<span class="status ${status.status}"><span class="status-dot" aria-hidden="true"></span>${word(sheet, status.status)}</span>
    <span class="muted">${day(status.on)}</span>`;
}

/** @param {Sheet} sheet @param {string} part @param {string} title */
function strategyActs(sheet, part, title) {
  const { rights, view } = sheet;
  const arrange = mayArrange(rights, view, part);
  const shape = mayShape(rights, "strategy");
  const others = partsUnder(view, "plan", "priority").filter((one) => !view[one].retired_at).length > 1;
  const about = { about: title };
  return [
    arrange ? opener(sheet, `assign-part@${part}`, t("Owner"), about) : nothing,
    arrange ? opener(sheet, `fund-strategy@${part}`, t("Funding"), about) : nothing,
    ...(shape ? moves(sheet, part, title) : []),
    shape && others ? opener(sheet, `move-part@${part}`, t("Move to another priority"), about) : nothing,
    shape ? opener(sheet, `retire-part@${part}`, t("Retire"), about) : nothing,
    mayErase(rights) ? opener(sheet, `redact-plan-words@${part}`, t("Erase these words…"), about) : nothing,
  ];
}

/** @param {Sheet} sheet @param {string} part @param {string} title */
function adding(sheet, part, title) {
  const { rights, view } = sheet;
  if (retiredAt(view, part)) return nothing;
  const keys = { action: `add-action@${part}`, measure: `add-measure@${part}`, support: `request-support@${part}`, propose: `propose-action@${part}` };
  const about = { about: title };
  const offers = [
    mayShape(rights, "action") ? opener(sheet, keys.action, t("Add an action step"), about) : nothing,
    mayShape(rights, "measure") ? opener(sheet, keys.measure, t("Add a measure"), about) : nothing,
    mayRequest(rights, view, part) ? opener(sheet, keys.support, t("Ask for support"), about) : nothing,
    mayProposeUnder(rights) ? opener(sheet, keys.propose, t("Propose an action step"), about) : nothing,
  ].filter((one) => one !== nothing);
  return html`${Object.values(keys).map((key) => formHere(sheet, key))}${offers.length > 0 ? html`<p class="offers no-print">${offers}</p>` : nothing}`;
}

/** The check-ins of a strategy, for the team, and the form for another. @param {Sheet} sheet @param {string} part @param {string} title */
function checkIn(sheet, part, title) {
  const key = `hold-check-in@${part}`;
  const count = checkInsOf(sheet.groups.get(part) ?? {}, sheet.view[part].strategy).length;
  const may = mayWork(sheet.rights, sheet.view, part);
  return html`<footer class="strategy-foot no-print">
    ${may ? opener(sheet, key, t("Check in"), { look: "button secondary", about: title }) : nothing}${present(sheet, `${part}:check-in`)}
    ${count > 0 ? html`<a href="${home(sheet)}?strategy=${sheet.view[part].strategy}#talk" data-do="choose" data-part=${part}>${tn("{n} check-in", "{n} check-ins", count)}<span class="visually-hidden"> ${title}</span></a>` : nothing}
    <a href="${home(sheet)}/why/${sheet.view[part].strategy}">${t("Why is this here?")}<span class="visually-hidden"> ${title}</span></a>
    </footer>${formHere(sheet, key)}`;
}
