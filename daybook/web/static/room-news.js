/** What a change of the view means to the person in front of it. */

import { t } from "./i18n.js";
import { membersOf } from "./room-view.js";

/**
 * @typedef {import("./room-view.js").View} View
 * @typedef {import("./room-parts.js").Room} Room
 */

/**
 * Mark others' evidence that is new, and hold it back while it would push what is being read.
 *
 * @param {Pick<Room, "fresh" | "held">} own
 * @param {View} before
 * @param {View} after
 * @param {string} me
 */
export function arrivals(own, before, after, me) {
  const reading = isReading();
  for (const [key, entry] of Object.entries(after)) {
    if (entry.kind !== "evidence" || key in before || entry.person === me) continue;
    own.fresh.add(entry.evidence);
    if (reading) own.held.add(entry.evidence);
  }
}

/** Whether the list of evidence is scrolled, or focus is in it. */
function isReading() {
  const list = document.querySelector(".evidence-list");
  const pane = document.querySelector(".room-side");
  if (!list || !pane) return false;
  return list.contains(document.activeElement) || pane.scrollTop > 0 || list.getBoundingClientRect().top < 0;
}

/**
 * The moments of a review that are told aloud.
 *
 * @param {import("./live-state.js").Change[]} applied
 * @param {import("./room-view.js").RubricText} rubric
 * @returns {string[]}
 */
export function announcements(applied, rubric) {
  return applied.flatMap(({ event, patch }) => {
    const values = Object.values(patch).filter(Boolean);
    const about = (/** @type {string} */ kind) => values.find((value) => value.kind === kind);
    switch (event) {
      case "review-opened":
        return [t("The review is open.")];
      case "review-closed":
        return [t("The review is closed.")];
      case "ratings-revealed":
        return [t("{code} is revealed.", { code: about("indicator")?.code ?? "" })];
      case "consensus-reached": {
        const { code = "", level = 1 } = about("consensus") ?? {};
        return [t("Consensus on {code}: {level}", { code, level: rubric.levels[level - 1] ?? level })];
      }
      default:
        return [];
    }
  });
}

/** The people whom the view mentions. @param {View} view @returns {string[]} */
export function mentioned(view) {
  const people = membersOf(view).map(({ person }) => person);
  for (const entry of Object.values(view)) {
    if (entry.kind === "evidence" || entry.kind === "rating" || entry.kind === "late") people.push(entry.person);
    if (entry.kind === "indicator") people.push(...entry.missing);
    if (entry.kind === "consensus") {
      people.push(entry.by, ...entry.dissent.flatMap((/** @type {{ person: string | null }} */ one) => one.person ?? []));
    }
  }
  return people;
}
