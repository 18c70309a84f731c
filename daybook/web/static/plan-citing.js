/** What a refinement can rest on, and what it rests on, in words. */

import { calendarDay, number, t } from "./i18n.js";
import { fromCitation } from "./plan-forms.js";
import { calledIn, nameOfPart, order } from "./plan-view.js";

/** @typedef {import("./plan-parts.js").Sheet} Sheet */

/** What can be cited and is not yet, in groups, the newest first. @param {Sheet} sheet @param {string} refinement its key @returns {import("./form-fields.js").Choices} */
export function citable(sheet, refinement) {
  /** @type {any[]} */
  const all = Object.values(sheet.view);
  const readings = all.filter(({ kind, withdrawn }) => kind === "reading" && !withdrawn).sort((a, b) => order(b.on, a.on));
  const checkIns = all.filter(({ kind }) => kind === "check-in").sort((a, b) => order(b.on, a.on) || order(b.at, a.at));
  /** @param {string} kind @param {string} label @returns {import("./form-fields.js").Choices} */
  const ofReviews = (kind, label) => sheet.citable.map((review) => ({
    label: `${label}, ${review.label}`,
    options: review.items.filter(({ citation }) => citation.kind === kind).map(({ citation, words }) => [fromCitation(citation), words]),
  }));
  /** @type {import("./form-fields.js").Choices} */
  const groups = [
    { label: t("Readings"), options: readings.map((one) => [`reading:${one.reading}`, readingLine(sheet, one)]) },
    { label: t("Check-ins"), options: checkIns.map((one) => [`check-in:${one.check_in}`, checkInLine(sheet, one)]) },
    ...ofReviews("consensus", t("Consensus")),
    ...ofReviews("evidence", t("Evidence")),
  ];
  const cited = new Set((sheet.view[refinement]?.citations ?? []).map(fromCitation));
  return groups
    .map(({ label, options }) => ({ label, options: options.filter(([key]) => !cited.has(key)) }))
    .filter(({ options }) => options.length > 0);
}

/** The key of a reading, which a citation names without its measure. @param {Record<string, any>} view @param {string} reading @returns {string | undefined} */
export function readingKey(view, reading) {
  return Object.keys(view).find((key) => key.startsWith("reading:") && view[key].reading === reading);
}

/** The keys of the entries that say what refinements cite from the plan itself: those, and the names of what they are about. @param {Record<string, any>} view @param {import("./plan-view.js").Refinement[]} refinements */
export function citedFrom(view, refinements) {
  return new Set(refinements.flatMap(({ citations }) => citations).flatMap(({ kind, item }) => {
    const key = kind === "check-in" ? `check-in:${item}` : kind === "reading" ? readingKey(view, item) : undefined;
    if (!key || !(key in view)) return [];
    const part = kind === "check-in" ? `strategy:${view[key].strategy}` : `measure:${view[key].measure}`;
    return [key, part, `text:${nameOfPart(part)}`];
  }));
}

/** @param {Sheet} sheet @param {any} reading */
export function readingLine(sheet, reading) {
  const measure = `measure:${reading.measure}`;
  const line = `${calledIn(sheet.view, measure)}: ${number(reading.value)} ${sheet.view[measure].unit}, ${calendarDay(reading.on)}`;
  return reading.withdrawn ? `${t("Withdrawn")}: ${line}` : line;
}

/** @param {Sheet} sheet @param {any} checkIn */
export function checkInLine(sheet, checkIn) {
  const status = sheet.words[checkIn.status] ?? checkIn.status;
  return `${calledIn(sheet.view, `strategy:${checkIn.strategy}`)}: ${status.charAt(0).toLowerCase()}${status.slice(1)}, ${calendarDay(checkIn.on)}`;
}
