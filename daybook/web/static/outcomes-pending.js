/**
 * June Outcomes with my own pending commands on top, so that what I write stands on the page at once.
 *
 * A signature, the adoption and an amendment are facts of both sides: they wait for the server.
 */

import { counted } from "./counted.js";
import { outcomeOf, wordsOf } from "./outcomes-view.js";

/**
 * @typedef {import("./outcomes-view.js").View} View
 * @typedef {import("./commands.js").Pending} Pending
 */

/**
 * @param {View} confirmed
 * @param {Pending[]} pending oldest first
 * @param {string} me
 * @returns {View} the same object when nothing is pending
 */
export function withPending(confirmed, pending, me) {
  if (pending.length === 0) return confirmed;
  const view = { ...confirmed };
  for (const command of pending) put(view, command, me);
  return view;
}

/** @param {View} view @param {Pending} command @param {string} me */
function put(view, { type, data: said, at, received }, me) {
  const data = /** @type {Record<string, any>} */ (said);
  const { outcome, passage, wording } = data;
  const when = new Date(at).toISOString();
  const sending = received === null;
  const known = outcome !== undefined && outcomeOf(view, outcome);
  const set = (/** @type {Record<string, unknown>} */ changes) => {
    if (known) view[`outcome:${outcome}`] = { ...known, ...changes, sending };
  };
  switch (type) {
    case "propose-outcome":
      if (!known) propose(view, data, me, when, sending);
      break;
    case "word-outcome":
      if (wordsOf(view, passage)?.wording !== wording) {
        view[`text:${passage}`] = { kind: "text", passage, wording, text: data["text"], by: me, at: when, of: data["of"] ?? null, sending };
      }
      break;
    case "aim-outcome": // what I aim at next is to take the place of this
      set({ aim: counted("aim", known ? known.aim : null), aimed_by: me });
      break;
    case "conclude-outcome": {
      const key = `text:${outcome}:conclusion:en`;
      const concluded = { kind: "text", passage: `${outcome}:conclusion:en`, text: data["evidence"], at: when, of: null, ...view[key] };
      view[key] = { ...concluded, wording: counted("conclusion", view[key]?.wording), by: me };
      break;
    }
    case "withdraw-outcome":
      set({ withdrawn: true, reason: data["reason"] });
      break;
    case "restore-outcome":
      set({ withdrawn: false, reason: null });
      break;
    case "assign-outcome":
      set({ owner: data["owner"] ?? null });
      break;
    case "move-outcome":
      if (known) move(view, outcome, data["after"] ?? null);
      break;
    case "comment-on-outcome":
      view[`comment:${data["comment"]}`] ??= { kind: "comment", comment: data["comment"], outcome, person: me, text: data["text"], at: when, sending };
      break;
    case "endorse-outcome":
      view[`endorsement:${outcome}:${me}`] ??= { kind: "endorsement", outcome, person: me, at: when, sending };
      break;
    case "withdraw-endorsement":
      delete view[`endorsement:${outcome}:${me}`];
      break;
  }
}

/** @param {View} view @param {Record<string, any>} data @param {string} me @param {string} when @param {boolean} sending */
function propose(view, data, me, when, sending) {
  const { outcome, indicators, target } = data;
  // Where the school stands is read by the server; until then the page says that it does not know.
  const baselines = indicators.map((/** @type {any} */ { indicator }) => ({ indicator, level: null, levels: null, review: null }));
  view[`outcome:${outcome}`] = {
    kind: "outcome", outcome, person: me, baselines, target, owner: data["owner"] ?? null, carried_from: null, aim: null, aimed_by: null, withdrawn: false, reason: null, sending,
  };
  view["order:outcomes"] = { ...view["order:outcomes"], outcomes: [...view["order:outcomes"].outcomes, outcome] };
  const texts = { "statement": "statement", "measure": "measure", "school": "school_commitment", "home-office": "home_commitment" };
  for (const [text, field] of Object.entries(texts)) {
    const passage = `${outcome}:${text}:en`;
    view[`text:${passage}`] = { kind: "text", passage, wording: outcome, text: data[field], by: me, at: when, of: null, sending };
  }
}

/** @param {View} view @param {string} outcome @param {string | null} after */
function move(view, outcome, after) {
  const rest = view["order:outcomes"].outcomes.filter((/** @type {string} */ id) => id !== outcome);
  rest.splice(after === null ? 0 : rest.indexOf(after) + 1, 0, outcome);
  view["order:outcomes"] = { ...view["order:outcomes"], outcomes: rest };
}
