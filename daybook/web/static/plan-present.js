/** Who else is where in the plan: at a passage, in a form, with words that are not saved yet. */

import { t } from "./i18n.js";
import { formAt } from "./plan-forms.js";
import { groupOfPlace } from "./plan-groups.js";
import { initials, nameOf } from "./plan-parts.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./plan-parts.js").Sheet} Sheet
 * @typedef {import("./live-state.js").Presence} Presence
 */

/** Where somebody is who writes in a form; null where that is not for everyone to know. @param {string} key @returns {string | null} */
export function placeOfForm(key) {
  const [kind, place] = formAt(key);
  switch (kind) {
    case "reflect-on-priority":
      return place.replace("priority:", "reflection:");
    case "hold-check-in":
      return `${place}:check-in`;
    case "withdraw-reading":
      return place.replace(/^reading:([^:]+):.*$/, "measure:$1");
    case "accept-proposal":
    case "decline-proposal":
    case "redact-plan-words":
      return null; // proposals are the team's
    default:
      return place;
  }
}

/** The places of forms with something written in them, that the others are told of. @param {Iterable<string>} forms */
export function unsavedIn(forms) {
  return [...forms].map(placeOfForm).filter((place) => place !== null);
}

/** @param {Presence} one */
function placesOf({ looking_at, unsaved = [] }) {
  return looking_at === null ? unsaved : [looking_at, ...unsaved];
}

/** What others do where a priority or strategy is drawn, as one word: another one when it has to be drawn again. @param {Sheet} sheet @param {string} part */
export function presenceWithin({ people, me, view }, part) {
  return people
    .filter((one) => one.person !== me)
    .flatMap((one) => placesOf(one).filter((place) => groupOfPlace(view, place) === part).map((place) => `${one.person} ${place} ${one.typing && one.looking_at === place}`))
    .join();
}

/** Who else is at a place: initials for who looks at it, and a sentence for who writes. @param {Sheet} sheet @param {string} place */
export function present(sheet, place) {
  const there = sheet.people.filter((one) => one.person !== sheet.me && placesOf(one).includes(place));
  if (there.length === 0) return nothing;
  return html`<span class="present">${there.map((one) => {
    const person = nameOf(sheet, one.person);
    const typing = one.typing && one.looking_at === place;
    const said = typing ? t("{person} is writing here", { person })
      : one.unsaved?.includes(place) ? t("{person} has written here what is not saved yet", { person })
      : "";
    return html`<span class="present-one"><span class="face here ${typing ? "typing" : ""}" title=${person}><span class="initials small" aria-hidden="true">${initials(person)}</span></span>
      ${said ? html`<span class="small muted">${said}</span>` : html`<span class="visually-hidden">${t("{person} is here", { person })}</span>`}</span>`;
  })}</span>`;
}
