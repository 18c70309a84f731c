/** What a draft still lacks: without some of it nobody can adopt it, and other things are worth a look before. */

import { t, tn } from "./i18n.js";
import { partsUnder, wordsOf } from "./plan-view.js";

/** @typedef {import("./plan-view.js").View} View */

/**
 * @param {View} view
 * @param {Record<string, string>} outcomes the June Outcomes that it comes from, in words by id
 * @returns {import("./lacking.js").Lacking} `must` is what the rules of adopting ask for
 */
export function missingIn(view, outcomes) {
  const pursued = (/** @type {string} */ part) => !view[part].retired_at;
  const priorities = partsUnder(view, "plan", "priority").filter(pursued);
  const under = priorities.map((priority) => partsUnder(view, priority, "strategy").filter(pursued));
  const strategies = under.flat();
  const lacking = (/** @type {import("./plan-view.js").PartKind} */ kind) =>
    strategies.filter((strategy) => !partsUnder(view, strategy, kind).some(pursued)).length;
  const unowned = strategies.filter((strategy) => !view[strategy].owner).length;
  const idle = lacking("action");
  const unmeasured = lacking("measure");
  const taken = new Set(priorities.map((priority) => view[priority].outcome));
  const families = [["en", t("English")], ["es", t("Spanish")]].filter(([lang]) => !wordsOf(view, `family:${lang}`)?.text);
  return {
    must: [
      ...(wordsOf(view, "vision") ? [] : [t("The vision is not written yet.")]),
      ...(priorities.length > 0 ? [] : [t("There is no priority yet.")]),
      ...under.flatMap((its, at) => (its.length > 0 ? [] : [t("Priority {n} has no strategy yet.", { n: at + 1 })])),
    ],
    could: [
      ...Object.entries(outcomes).flatMap(([id, words]) => (taken.has(id) ? [] : [t("No priority comes from this June Outcome: {outcome}", { outcome: words })])),
      ...(unowned > 0 ? [tn("{n} strategy has no owner.", "{n} strategies have no owner.", unowned)] : []),
      ...(idle > 0 ? [tn("{n} strategy has no action step.", "{n} strategies have no action step.", idle)] : []),
      ...(unmeasured > 0 ? [tn("{n} strategy has no progress measure.", "{n} strategies have no progress measure.", unmeasured)] : []),
      ...families.map(([, language]) => t("Families have nothing to read in {language} yet.", { language: language ?? "" })),
    ],
  };
}
