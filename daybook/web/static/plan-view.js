/**
 * What a plan's entries say, read by the page's regions. Nothing here is kept: each answer is made from
 * the view, which is what the server sent with this person's own pending commands on top.
 */

import { t } from "./i18n.js";
import { plain } from "./prose-text.js";

/**
 * @typedef {Record<string, any>} View entries by key
 * @typedef {{ part: string, under?: string, after?: string }} Move
 * @typedef {"draft" | "adopted" | "closed"} Phase
 * @typedef {"priority" | "strategy" | "action" | "measure" | "support"} PartKind
 * @typedef {{ kind: "plan", plan: string, school: string, year: number, quarters: string[], ends: string, rewording: string,
 *   check_in_days: number, outcomes: string | null, phase: Phase, begun_at: string, adopted_at: string | null,
 *   closed_at: string | null, refining: string | null }} Plan
 * @typedef {{ kind: "text", passage: string, wording: string, text: string | null, by: string, at: string,
 *   proposal: string | null, proposed_by: string | null, sending?: boolean }} Words
 * @typedef {{ kind: "refinement", refinement: string, quarter: number, opened_by: string, opened_at: string,
 *   from_position: number, citations: Citation[], agreed: string[], overtaken: string[], closed_at: string | null, version: string | null,
 *   to_position: number | null }} Refinement
 * @typedef {{ kind: "consensus" | "evidence" | "reading" | "check-in", item: string, review: string | null }} Citation
 * @typedef {{ kind: "reading", measure: string, reading: string, on: string, value: number, note: string | null, by: string,
 *   withdrawn: boolean, reason: string | null }} Reading
 * @typedef {{ kind: "check-in", check_in: string, strategy: string, on: string, status: string, note: string | null,
 *   barriers: string | null, by: string, at: string }} CheckIn
 * @typedef {{ kind: "proposal", proposal: string, person: string, text: string | null, why: string | null,
 *   passage: string | null, replaces: string | null, under: string | null, at: string, outcome: string,
 *   answered_by: string | null, answered_at: string | null, reason: string | null }} Proposal
 */

/** @param {View} view @returns {Plan} */
export function planOf(view) {
  return view["plan"];
}

const PART = /^(priority|strategy|action|measure|support):/;

/** The kind of a part, and its id: `strategy:readers` is a strategy, `readers`. @param {string} part @returns {[string, string]} */
export function split(part) {
  const at = part.indexOf(":");
  return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
}

/** Where on the page a part stands. @param {string} part */
export function anchor(part) {
  return part.replaceAll(":", "-");
}

/** The part that a passage belongs to; itself for one that belongs to no part. @param {string} passage */
export function partOf(passage) {
  const [kind, id, rest] = passage.split(":");
  if (kind === "reflection") return `priority:${id}`;
  return rest === undefined ? passage : `${kind}:${id}`;
}

/** The parts under another in their order, of one kind, retired ones among them. @param {View} view @param {string} under @param {PartKind} kind @returns {string[]} */
export function partsUnder(view, under, kind) {
  /** @type {string[]} */
  const parts = view[`order:${under}`]?.parts ?? [];
  return parts.filter((part) => part.startsWith(`${kind}:`) && part in view);
}

/** What a part stands under, `plan` for a priority and for what is no part. @param {View} view @param {string} part @returns {string} */
export function parentOf(view, part) {
  const entry = view[part];
  switch (entry?.kind) {
    case "strategy":
      return `priority:${entry.priority}`;
    case "action":
    case "measure":
    case "support":
      return `strategy:${entry.strategy}`;
    default:
      return "plan";
  }
}

/**
 * The places right before the sibling above and right after the one below: after which part each is, "" for first, null for none.
 *
 * @param {View} view
 * @param {string} part
 * @returns {{ up: string | null, down: string | null }}
 */
export function placesOf(view, part) {
  const under = parentOf(view, part);
  /** @type {string[]} */
  const all = view[`order:${under}`]?.parts ?? [];
  const [kind] = split(part);
  const siblings = partsUnder(view, under, /** @type {any} */ (kind)).filter((one) => !view[one].retired_at || one === part);
  const at = siblings.indexOf(part);
  const above = siblings[at - 1];
  const below = siblings[at + 1];
  const others = all.filter((one) => one !== part);
  return { up: above ? (others[others.indexOf(above) - 1] ?? "") : null, down: below ?? null };
}

/** @param {string} part @param {string} under @param {string} after "" for first @returns {Move} */
export function moveOf(part, under, after) {
  return { part, ...(under === "plan" ? {} : { under }), ...(after ? { after } : {}) };
}

/** The move that puts a part where it stands. @param {View} view @param {string} part @returns {Move} */
export function placeOf(view, part) {
  const under = parentOf(view, part);
  /** @type {string[]} */
  const all = view[`order:${under}`]?.parts ?? [];
  return moveOf(part, under, all[all.indexOf(part) - 1] ?? "");
}

/**
 * The move that puts a part beside another, or under a parent that has none of its kind.
 *
 * @param {View} view
 * @param {string} part
 * @param {{ under: string, beside: string | null, side: "before" | "after" }} place
 * @returns {Move | "gone" | null} null where it stands there already; gone where that place is no more
 */
export function moveTo(view, part, { under, beside, side }) {
  /** @type {string[]} */
  const all = (view[`order:${under}`]?.parts ?? []).filter((/** @type {string} */ one) => one !== part);
  if (under !== "plan" && (!view[under] || view[under].retired_at)) return "gone";
  if (beside !== null && !all.includes(beside)) return "gone";
  const after = beside === null ? (all.at(-1) ?? "") : side === "after" ? beside : (all[all.indexOf(beside) - 1] ?? "");
  if (parentOf(view, part) === under) {
    const kind = /** @type {any} */ (split(part)[0]);
    const before = partsUnder(view, under, kind);
    const others = before.filter((one) => one !== part);
    const next = beside === null ? others.length : others.indexOf(beside) + (side === "after" ? 1 : 0);
    if (before.indexOf(part) === next) return null;
  }
  return moveOf(part, under, after);
}

/** Whether a part, or one that it stands under, is no longer pursued: that one, or null. @param {View} view @param {string} part @returns {string | null} */
export function retiredAt(view, part) {
  for (let at = part; at !== "plan" && view[at]; at = parentOf(view, at)) if (view[at].retired_at) return at;
  return null;
}

/** The numbers of priorities and strategies, such as 2 and 2.1; parts that are no longer pursued have none. @param {View} view @returns {Record<string, string>} */
export function numbersOf(view) {
  /** @type {Record<string, string>} */
  const numbers = {};
  const pursued = (/** @type {string} */ part) => !view[part].retired_at;
  partsUnder(view, "plan", "priority").filter(pursued).forEach((priority, at) => {
    numbers[priority] = String(at + 1);
    partsUnder(view, priority, "strategy").filter(pursued).forEach((strategy, place) => {
      numbers[strategy] = `${at + 1}.${place + 1}`;
    });
  });
  return numbers;
}

/** @param {View} view @param {string} passage @returns {Words | null} */
export function wordsOf(view, passage) {
  return view[`text:${passage}`] ?? null;
}

/** The passage that stands for a part in a list: a strategy's title, and a part's own words else. @param {string} part */
export function nameOfPart(part) {
  return part.startsWith("strategy:") ? `${part}:title` : part;
}

/**
 * The part that a command is about, of those that are there: the nearest, and by the strategy's name too where it stands under one.
 *
 * @param {View} view
 * @param {Record<string, any>} data the command's
 * @returns {{ name: string, id: string } | null}
 */
export function partAbout(view, data) {
  const named = ["action", "measure", "support", "strategy", "priority"].map((kind) => `${kind}:${data[kind]}`);
  const part = [partOf(String(data["passage"] ?? "")), data["part"], data["under"], ...named].find((one) => PART.test(one) && one in view);
  if (!part) return null;
  const above = parentOf(view, part);
  const names = [above.startsWith("strategy:") ? above : "", part].map((one) => one && lineOf(view, one));
  return { name: names.filter(Boolean).join(", ") || part, id: anchor(part) };
}

/** A part's words as one line, for lists and labels; empty where they were erased. @param {View} view @param {string} part */
export function lineOf(view, part) {
  const text = wordsOf(view, nameOfPart(part))?.text ?? "";
  const [first = ""] = (part.startsWith("strategy:") ? text : plain(text)).split("\n");
  return first.length > 120 ? `${first.slice(0, 119)}…` : first;
}

/** What a list calls a part: its words as one line, or that they were erased. @param {View} view @param {string} part */
export function calledIn(view, part) {
  return wordsOf(view, nameOfPart(part))?.text === null ? t("words erased") : lineOf(view, part);
}

/** A measure's readings that stand, oldest first. @param {View} view @param {string} measure @returns {Reading[]} */
export function readingsOf(view, measure) {
  return readings(view, measure).filter((reading) => !reading.withdrawn);
}

/** All of a measure's readings, oldest first. @param {View} view @param {string} measure @returns {Reading[]} */
export function readings(view, measure) {
  return entries(view, `reading:${measure}:`).sort((a, b) => order(a.on, b.on) || order(a.reading, b.reading));
}

/** A strategy's check-ins, newest first. @param {View} view @param {string} strategy @returns {CheckIn[]} */
export function checkInsOf(view, strategy) {
  /** @type {CheckIn[]} */
  const all = entries(view, "check-in:");
  return all.filter((one) => one.strategy === strategy).sort((a, b) => order(b.on, a.on) || order(b.at, a.at));
}

/** Proposals, those that wait first, then the newest. @param {View} view @returns {Proposal[]} */
export function proposalsOf(view) {
  const waits = (/** @type {Proposal} */ one) => (one.outcome === "waiting" ? 0 : 1);
  /** @type {Proposal[]} */
  const all = entries(view, "proposal:");
  return all.sort((a, b) => waits(a) - waits(b) || order(b.at, a.at));
}

/** My own proposals, newest first, also where the team's are not mine to see. @param {View} view */
export function minesOf(view) {
  return entries(view, "mine:").sort((a, b) => order(b.at, a.at));
}

/** Refinements, newest first. @param {View} view @returns {Refinement[]} */
export function refinementsOf(view) {
  return entries(view, "refinement:").sort((a, b) => b.from_position - a.from_position);
}

/** Frozen versions, newest first. @param {View} view */
export function versionsOf(view) {
  return entries(view, "version:").sort((a, b) => b.position - a.position);
}

/** Whether this viewer is told what the team says on its way. @param {View} view @param {{ team: boolean }} may */
export function seesTeam(view, may) {
  return may.team || proposalsOf(view).length > 0;
}

/** @param {View} view @param {string} prefix @returns {any[]} */
export function entries(view, prefix) {
  const found = [];
  for (const key in view) if (key.startsWith(prefix)) found.push(view[key]);
  return found;
}

/** @param {string} a @param {string} b */
export function order(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
