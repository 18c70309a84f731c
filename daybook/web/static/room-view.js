/**
 * What a review's entries say, read by the room's regions. Nothing here is kept: each answer is made
 * from the view, and the view is what the server sent with this person's own pending commands on top.
 */

/**
 * @typedef {"scheduled" | "open" | "closed"} Phase
 * @typedef {number | "insufficient-evidence" | "abstain"} Answer
 * @typedef {{ kind: "review", review: string, school: string, date: string, rubric: string, levels: number,
 *   focus: string[], phase: Phase, opened_at: string | null, closed_at: string | null }} Review
 * @typedef {{ kind: "member", person: string, role: "facilitator" | "reviewer" | "observer",
 *   arrived_at: string | null }} Member
 * @typedef {{ kind: "indicator", code: string, stage: "blind" | "revealed" | "consensus", missing: string[],
 *   revealed_at: string | null }} Indicator
 * @typedef {{ kind: "rated", code: string, person: string }} Rated
 * @typedef {{ kind: "rating" | "late", code: string, person: string, answer: Answer }} Rating
 * @typedef {"document" | "data" | "observation" | "interview" | "focus-group" | "survey" | "self-review"} Source
 * @typedef {{ kind: "evidence", evidence: string, person: string, source: Source, stance: "supports" | "challenges",
 *   indicators: string[], text: string | null, setting: string | null, at: string, earlier: (string | null)[],
 *   withdrawn: boolean }} Evidence
 * @typedef {{ kind: "figures", code: string, counts: number[], insufficient: number, abstained: number,
 *   median: [number, number] | null, spread: number | null }} Figures
 * @typedef {{ kind: "consensus", code: string, level: number, rationale: string | null, evidence: string[],
 *   dissent: { person: string | null, text: string | null }[], by: string, at: string }} Consensus
 * @typedef {Record<string, any>} View entries by key
 *
 * @typedef {{ code: string, statement: string, acts: string, look_fors: string[], descriptors: string[] }} IndicatorText
 * @typedef {{ systems: { code: string, name: string, indicators: IndicatorText[] }[], levels: string[] }} RubricText
 */

/** @param {View} view @returns {Review} */
export function reviewOf(view) {
  return view.review;
}

/** The team, facilitators first, then reviewers, then observers. @param {View} view @returns {Member[]} */
export function membersOf(view) {
  const order = { facilitator: 0, reviewer: 1, observer: 2 };
  /** @type {Member[]} */
  const members = entries(view, "member:");
  return members.sort((a, b) => order[a.role] - order[b.role]);
}

/** @param {View} view @param {string} code @returns {Indicator} */
export function indicatorOf(view, code) {
  return view[`indicator:${code}`] ?? { kind: "indicator", code, stage: "blind", missing: [], revealed_at: null };
}

/** Who is asked for a rating, and who of them has answered. @param {View} view @param {string} code */
export function progressOf(view, code) {
  const reviewers = membersOf(view).filter((member) => member.role === "reviewer");
  const rated = reviewers.filter(({ person }) => `rated:${code}:${person}` in view);
  const missing = reviewers.filter(({ person }) => !(`rated:${code}:${person}` in view));
  return { all: reviewers.length, rated: rated.length, missing: missing.map(({ person }) => person) };
}

/** The answers that count, as far as this viewer may see them. @param {View} view @param {string} code @returns {Rating[]} */
export function ratingsOf(view, code) {
  return entries(view, `rating:${code}:`);
}

/** The answers that came after the reveal. @param {View} view @param {string} code @returns {Rating[]} */
export function lateOf(view, code) {
  return entries(view, `late:${code}:`);
}

/** My answer on an indicator, the late one if there is one. @param {View} view @param {string} code @param {string} me @returns {Rating | null} */
export function mineOf(view, code, me) {
  return view[`late:${code}:${me}`] ?? view[`rating:${code}:${me}`] ?? null;
}

/** @param {View} view @param {string} code @returns {Figures | null} */
export function figuresOf(view, code) {
  return view[`figures:${code}`] ?? null;
}

/** @param {View} view @param {string} code @returns {Consensus | null} */
export function consensusOf(view, code) {
  return view[`consensus:${code}`] ?? null;
}

/** Evidence, newest first; of one indicator, or of all when there is no code. @param {View} view @param {string | null} code @returns {Evidence[]} */
export function evidenceOf(view, code = null) {
  /** @type {Evidence[]} */
  const all = entries(view, "evidence:");
  const wanted = code === null ? all : all.filter((item) => item.indicators.includes(code));
  return wanted.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.evidence < b.evidence ? 1 : -1));
}

/** How many of the focus indicators are at each stage. @param {View} view */
export function stagesOf(view) {
  const stages = { blind: 0, revealed: 0, consensus: 0 };
  for (const code of reviewOf(view).focus) stages[indicatorOf(view, code).stage] += 1;
  return stages;
}

/** Indicators with ratings that nobody has seen: they keep a review from closing. @param {View} view */
export function unseenOf(view) {
  return reviewOf(view).focus.filter(
    (code) => indicatorOf(view, code).stage === "blind" && entries(view, `rated:${code}:`).length > 0,
  );
}

/** Whether this viewer is told of the team's work, or only of the room's progress. @param {View} view @param {{ team: boolean }} may */
export function seesTeam(view, may) {
  const team = ["rated", "rating", "late", "evidence", "figures"];
  return may.team || Object.values(view).some(({ kind }) => team.includes(kind));
}

/**
 * A drawing asks for the same kinds of entry over and over, so they are sorted by kind once for each view. A view
 * that has been drawn is not changed: what changes it makes another, or says so to `changedIn`.
 *
 * @type {WeakMap<View, Map<string, Map<string, any>>>}
 */
const sorted = new WeakMap();

/**
 * Take note that entries of a view were put, changed or removed in place.
 *
 * @param {View} view
 * @param {Iterable<string> | null} keys null when any may be concerned
 */
export function changedIn(view, keys) {
  const kinds = sorted.get(view);
  if (!kinds) return;
  if (keys === null) sorted.delete(view);
  for (const key of keys ?? []) {
    if (key in view) put(kinds, key, view[key]);
    else kinds.get(kindOf(key))?.delete(key);
  }
}

/** @param {View} view @param {string} prefix the kind of entry with its colon, and more of the key @returns {any[]} */
function entries(view, prefix) {
  let kinds = sorted.get(view);
  if (!kinds) {
    kinds = new Map();
    for (const key in view) put(kinds, key, view[key]);
    sorted.set(view, kinds);
  }
  const found = [];
  for (const [key, entry] of kinds.get(kindOf(prefix)) ?? []) if (key.startsWith(prefix)) found.push(entry);
  return found;
}

/** @param {Map<string, Map<string, any>>} kinds @param {string} key @param {any} entry */
function put(kinds, key, entry) {
  const kind = kindOf(key);
  const known = kinds.get(kind);
  if (known) known.set(key, entry);
  else kinds.set(kind, new Map([[key, entry]]));
}

/** @param {string} key */
function kindOf(key) {
  return key.slice(0, key.indexOf(":") + 1);
}
