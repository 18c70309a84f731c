/** What a draft of June Outcomes still lacks: without some of it nobody can adopt them, and other things are worth a look before. */

import { t, tn } from "./i18n.js";
import { isOlder, outcomeOf, outcomesOf, pageOf, signaturesOf, standsThere, wordsOf } from "./outcomes-view.js";

/** @typedef {import("./outcomes-view.js").View} View */

/** @type {import("./outcomes-view.js").Text[]} */
const TEXTS = ["statement", "measure", "school", "home-office"];

/**
 * @param {View} view
 * @param {import("./outcomes-forms.js").Standing} standing where the school stands now
 * @returns {import("./lacking.js").Lacking} `must` is what the rules of adopting ask for
 */
export function missingIn(view, standing) {
  const { least, most } = pageOf(view);
  const ids = outcomesOf(view);
  const places = (/** @type {(id: string) => boolean} */ lacks) => ids.flatMap((id, at) => (lacks(id) ? [at + 1] : []));
  const erased = (/** @type {import("./outcomes-view.js").Text} */ text) => places((id) => wordsOf(view, `${id}:${text}:en`)?.text === null);
  const untranslated = ids.flatMap((id) => TEXTS.filter((text) => !wordsOf(view, `${id}:${text}:es`))).length;
  const older = ids.flatMap((id) => TEXTS.filter((text) => isOlder(view, id, text))).length;
  const overtaken = places((id) => outcomeOf(view, id).baselines.some((baseline) => {
    const now = standing[baseline.indicator];
    return now && !standsThere(baseline, now);
  }));
  return {
    must: [
      ...(ids.length < least ? [t("There are {n} outcomes, and at least {least} are adopted.", { n: ids.length, least })] : []),
      ...(ids.length > most ? [t("There are {n} outcomes, and at most {most} are adopted.", { n: ids.length, most })] : []),
      ...erased("statement").map((n) => t("What outcome {n} says will be true was erased.", { n })),
      ...erased("measure").map((n) => t("How we will know about outcome {n} was erased.", { n })),
      ...erased("school").map((n) => t("What the school commits to in outcome {n} was erased.", { n })),
      ...erased("home-office").map((n) => t("What the home office commits to in outcome {n} was erased.", { n })),
      ...places((id) => !outcomeOf(view, id).owner).map((n) => t("Nobody carries outcome {n} yet.", { n })),
      ...(signaturesOf(view, "school").length > 0 ? [] : [t("A leader of the school has not signed yet.")]),
      ...(signaturesOf(view, "home-office").length > 0 ? [] : [t("A leader of the home office has not signed yet.")]),
    ],
    could: [
      ...overtaken.map((n) => t("Outcome {n} does not begin from where the school stands by now.", { n })),
      ...(untranslated > 0 ? [tn("{n} text has no Spanish yet.", "{n} texts have no Spanish yet.", untranslated)] : []),
      ...(older > 0 ? [tn("The Spanish of {n} text is older than the English.", "The Spanish of {n} texts is older than the English.", older)] : []),
    ],
  };
}
