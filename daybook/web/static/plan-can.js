/**
 * What I may do with the plan as it stands. The server decides it again with every command; this chooses which
 * buttons are there, and says in a sentence why something cannot be done now. `server/plan_can.py` says the same.
 */

import { parentOf, planOf, retiredAt, split } from "./plan-view.js";

/**
 * @typedef {import("./plan-view.js").View} View
 * @typedef {{ lead: boolean, home: boolean, administer: boolean, member: boolean, family: boolean, team: boolean, act: boolean }} May
 *   who I am to this school, as the server says: `act` is false for those who only read
 * @typedef {object} Rights
 * @property {May} may
 * @property {string} me
 * @property {boolean} open whether the plan takes anything
 * @property {boolean} draft
 * @property {string | null} refining the refinement that is open
 * @property {boolean} free whether text and order may be changed now
 * @property {boolean} late whether the year's last quarter has begun
 */

/** @param {View} view @param {May} may @param {string} me @param {string} today as 2026-03-17 @returns {Rights} */
export function rightsOf(view, may, me, today) {
  const { phase, refining, rewording, quarters } = planOf(view);
  const open = phase !== "closed";
  const free = open && (phase === "draft" || rewording === "any-time" || refining !== null);
  return { may, me, open, draft: phase === "draft", refining, free, late: today >= (quarters[3] ?? "") };
}

/** Whether a part is mine to carry: I own it or one that it stands under. @param {Rights} rights @param {View} view @param {string} part */
export function isMine({ me }, view, part) {
  for (let at = part; at in view && at !== "plan"; at = parentOf(view, at)) if (view[at].owner === me) return true;
  return false;
}

/** @param {Rights} rights @param {View} view @param {string} passage */
export function mayWord(rights, view, passage) {
  const { may, me, open, free, late, refining } = rights;
  const [kind = "", id] = passage.split(":");
  const part = `${kind}:${id}`;
  if (!open || !may.act) return false;
  switch (kind) {
    case "refinement":
      return refining === id && (may.lead || may.member);
    case "reflection":
      return late && !rights.draft && may.lead;
    case "vision":
      return free && may.lead;
    case "family":
      return free && (may.lead || may.family);
    case "action":
      return !retiredAt(view, part) && (may.lead || view[part]?.owner === me);
    case "support":
      return !retiredAt(view, part) && (may.lead || isMine(rights, view, parentOf(view, part)));
    default:
      return free && !retiredAt(view, part) && (may.lead || view[part]?.owner === me);
  }
}

/** Whether I am offered to propose other words; leaders open a refinement instead. @param {Rights} rights @param {View} view @param {string} passage */
export function mayPropose(rights, view, passage) {
  const [kind] = split(passage);
  return rights.open && rights.may.act && !rights.may.lead && kind !== "refinement" && kind !== "reflection" && !mayWord(rights, view, passage);
}

/** Whether I am offered to propose something new of a kind. @param {Rights} rights */
export function mayProposeUnder({ may, open }) {
  return open && may.act && !may.lead;
}

/** Whether I may add, move, retire and restore parts of a kind. @param {Rights} rights @param {string} kind */
export function mayShape({ may, open, free }, kind) {
  return open && may.act && may.lead && (free || kind === "action" || kind === "support");
}

/** Whether I may report, read and check in. @param {Rights} rights @param {View} view @param {string} part */
export function mayWork(rights, view, part) {
  const { may, open } = rights;
  return open && may.act && !retiredAt(view, part) && (may.lead || may.home || isMine(rights, view, part));
}

/** @param {Rights} rights @param {View} view @param {string} strategy */
export function mayRequest(rights, view, strategy) {
  const { may, me, open } = rights;
  return open && may.act && !retiredAt(view, strategy) && (may.lead || view[strategy]?.owner === me);
}

/** @param {Rights} rights @param {View} view @param {string} support */
export function mayAnswer({ may, open }, view, support) {
  return open && may.act && !retiredAt(view, support) && may.home;
}

/** Whether I may set the day of an action step. @param {Rights} rights @param {View} view @param {string} action */
export function maySchedule({ may, me, open }, view, action) {
  return open && may.act && !retiredAt(view, action) && (may.lead || view[action]?.owner === me);
}

/** Whether I may set the owner or the funding of a part. @param {Rights} rights @param {View} view @param {string} part */
export function mayArrange({ may, open }, view, part) {
  const [kind] = split(part);
  return open && may.act && !retiredAt(view, part) && (kind === "support" ? may.home : may.lead);
}

/** @param {Rights} rights */
export function mayAgree({ may, refining, open }) {
  return open && may.act && refining !== null && (may.lead || may.member || may.home);
}

/** @param {Rights} rights */
export function mayRefine({ may, open, draft }) {
  return open && may.act && may.lead && !draft;
}

/** @param {Rights} rights */
export function mayErase({ may }) {
  return may.act && (may.lead || may.administer);
}
