/** The replay of a plan's year: the plan as it stood at each moment, drawn by the plan's own renderers. */

import { keepFocusInSight } from "./focus-in-sight.js";
import { isoDay, readJson, t } from "./i18n.js";
import { rightsOf } from "./plan-can.js";
import { citedFrom } from "./plan-citing.js";
import { contents } from "./plan-contents.js";
import { documentOf } from "./plan-document.js";
import { groupOf, groupsAfter, groupsOf, same } from "./plan-groups.js";
import { course, past, progressLine } from "./plan-refining.js";
import { talk } from "./plan-talk.js";
import { again } from "./plan-once.js";
import { anchor, numbersOf, partOf, planOf, refinementsOf, split, wordsOf } from "./plan-view.js";
import { plain } from "./prose-text.js";
import { clear, draw, region } from "./regions.js";
import { start } from "./replay.js";
import { tabs } from "./room-tabs.js";

/**
 * @typedef {import("./plan-parts.js").Sheet} Sheet
 * @typedef {import("./plan-groups.js").Groups} Groups
 * @typedef {import("./plan-view.js").View} View
 * @typedef {{ me: string, title: string, chosen: string | null, texts: Sheet["texts"], words: Record<string, string>,
 *   owners: Sheet["owners"], stated: { position: number, outcomes: Record<string, string>, works_on: Record<string, string[]> }[], citable: Sheet["citable"], may: import("./plan-can.js").May }} Page
 */

/** @type {Page} */
const page = readJson("replay-state", /** @type {any} */ (null));
const { me, words, texts, owners, citable, may, title } = page;
/** What is said around the entries, by the position from which the June Outcomes said so. */
const since = page.stated.map(({ position, outcomes, works_on }) => ({ position, texts: { ...texts, outcomes, works_on } }));
const own = { chosen: new URLSearchParams(location.search).get("strategy") ?? page.chosen };

/** What is drawn, by the id of the element it is drawn in. @type {Record<string, (sheet: Sheet) => unknown>} */
const DOCUMENT = {
  "course-body": course,
  "document-body": documentOf,
  "past-body": past,
};

/** What stands beside the document. @type {Record<string, (sheet: Sheet) => unknown>} */
const BESIDE = {
  "progress": progressLine,
  "contents-body": contents,
  "talk-body": talk,
};

/**
 * The kinds of entry that make a region look another way, `text:refinement` being the texts of refinements alone; `cited` is for what
 * refinements cite, `chosen` for whose check-ins are read, `today` for what is overdue, `texts` for what June Outcomes say.
 *
 * @type {Record<string, string[]>}
 */
const SHOWS = {
  "progress": ["plan", "status", "strategy", "priority"],
  "course-body": ["plan", "refinement", "text:refinement", "cited"],
  "contents-body": ["plan", "order", "priority", "strategy", "status", "text", "refinement", "version"],
  "document-body": ["texts", "plan", "order", "priority", "strategy", "action", "measure", "support", "text", "reading", "status", "check-in", "reflection", "proposal", "mine", "refinement", "chosen", "today"],
  "past-body": ["refinement", "version", "text:refinement", "cited"],
  "talk-body": ["check-in", "proposal", "mine", "text", "order", "strategy", "priority", "chosen"],
};

/** What the numbers of priorities and strategies hang on, by key. */
const NUMBERED = /^(plan$|order:(plan|priority:)|priority:|strategy:)/;
const PARTS = new Set(["priority", "strategy", "action", "measure", "support"]);

/** What a plan has that is not its past: nothing is typed, sent or new here. */
const QUIET = {
  helpers: [],
  rubric: null,
  forms: {},
  open: new Set(),
  drafts: null,
  faults: {},
  people: [],
  sending: [],
  status: /** @type {"live"} */ ("live"),
  signedOut: false,
  stale: false,
  suggested: [],
  unread: new Set(),
  glow: new Set(), // what a step changed is marked where it stands, without drawing it again
};

/** @type {Groups | undefined} */
let groups;
/** @type {Record<string, string>} */
let numbers = {};
/** @type {Sheet | undefined} the document as it was drawn last */
let sheet;
/** @type {Sheet | undefined} */
let drawnBeside;

/** @type {WeakMap<object, Set<string>>} by what is said in a plan */
const citing = new WeakMap();

/** @param {Sheet} sheet */
function citedIn({ view, groups }) {
  const said = groups.get("talk") ?? {};
  let keys = citing.get(said);
  if (!keys) citing.set(said, (keys = citedFrom(view, refinementsOf(said))));
  return keys;
}

/** @param {Set<string>} touched @param {Set<string>} cited */
function kindsOf(touched, cited) {
  const kinds = new Set();
  for (const key of touched) {
    const [kind, rest] = split(key);
    kinds.add(kind);
    if (kind === "text") kinds.add(`text:${split(rest)[0]}`);
    if (cited.has(key)) kinds.add("cited");
  }
  return kinds;
}

/** Whether a region may look another way than when it was drawn last. @param {Set<string> | null} touched @param {Sheet | undefined} before */
function differing(touched, before) {
  if (touched === null || !sheet) return () => true;
  const kinds = kindsOf(touched, citedIn(sheet));
  if (before?.chosen !== sheet.chosen) kinds.add("chosen");
  if (before?.today !== sheet.today) kinds.add("today");
  if (before?.texts !== sheet.texts) kinds.add("texts");
  return (/** @type {string} */ id) => (SHOWS[id] ?? []).some((kind) => kinds.has(kind));
}

/**
 * The strategies that may look another way than before, where nothing else of the document may: no other has to be looked at then.
 *
 * @param {Sheet} before
 * @param {Sheet} after
 * @returns {string[] | null} null where other parts may look another way too
 */
function strategiesAlone(before, after) {
  if (before.today !== after.today || before.texts !== after.texts || before.numbers !== after.numbers || before.groups.size !== after.groups.size) return null;
  /** @type {Set<string>} */
  const differ = new Set();
  for (const [part, group] of after.groups) if (before.groups.get(part) !== group) differ.add(part);
  if (before.chosen !== after.chosen) for (const { chosen } of [before, after]) if (chosen) differ.add(`strategy:${chosen}`);
  const parts = [...differ];
  return parts.every((part) => part.startsWith("strategy:")) ? parts : null;
}

/** The strategy that a step is about, if it is about one. @param {View} view @param {View} patch */
function strategyOf(view, patch) {
  const group = Object.keys(patch).filter((key) => key in view).map((key) => groupOf(view, key)).find((name) => name.startsWith("strategy:"));
  return group && split(group)[1];
}

const replay = start({
  title,
  aside: ".strategy",
  draw({ view, step, touched, follow, names }) {
    const before = sheet;
    const checkIn = Object.values(step.patch).find((value) => value?.kind === "check-in");
    if (follow && checkIn) own.chosen = checkIn.strategy;
    else if (follow && before && touched === null) own.chosen = strategyOf(view, step.patch) ?? own.chosen;
    // Where it is known what was touched, twelve thousand entries need not be looked through.
    groups = groups && touched ? groupsAfter(view, groups, touched) : groupsOf(view, groups);
    if (touched === null || [...touched].some((key) => NUMBERED.test(key))) {
      const after = numbersOf(view);
      if (!same(after, numbers)) numbers = after; // the same object tells that no part has to be looked at for its number
    }
    const today = isoDay(step.at);
    const rights = rightsOf(view, may, me, today);
    const stated = since.filter(({ position }) => position <= step.position).at(-1)?.texts ?? texts;
    sheet = { ...QUIET, ...own, view, groups, numbers, me, names, words, texts: stated, owners, citable, rights, today };
    if (!before) clear(DOCUMENT);
    const differs = differing(touched, before);
    const alone = before ? strategiesAlone(before, sheet) : null;
    draw(DOCUMENT, sheet, (id) => differs(id) && !(alone && id === "document-body"));
    if (alone) again(sheet, alone);
  },
  beside({ touched }) {
    if (!drawnBeside) clear(BESIDE);
    if (sheet) draw(BESIDE, sheet, differing(touched, drawnBeside));
    drawnBeside = sheet;
  },
  places(key) {
    const [kind, id] = split(key);
    switch (kind) {
      case "text":
        // Where a part has its place, that is found by its id, and only what is in it has to be looked at.
        return [`${PARTS.has(split(id)[0]) ? `#${CSS.escape(anchor(partOf(id)))}` : "#document"} [data-place="${CSS.escape(id)}"]`];
      case "refinement":
        return ["#refining", `#${CSS.escape(anchor(key))}`];
      case "order":
        return [];
      case "status":
        return [`#${CSS.escape(`strategy-${id}`)} .strategy-head`];
      case "reading":
        return [`#${CSS.escape(`measure-${id.split(":")[0]}`)}`];
      default:
        return [`#${CSS.escape(anchor(key))}`];
    }
  },
  why({ view, step }) {
    const about = Object.keys(step.patch).find((key) => split(key)[0] === "refinement");
    const text = about ? wordsOf(view, `${about}:why`)?.text : null;
    return text ? plain(text) : null;
  },
  query() {
    return { strategy: own.chosen };
  },
  bands(steps) {
    const [begun] = steps;
    const { quarters, ends } = planOf(begun?.patch ?? {});
    const days = [...quarters, ends].map((day) => new Date(`${day}T00:00`).getTime());
    return quarters.map((_, at) => ({ from: days[at] ?? 0, to: days[at + 1] ?? 0, label: t("Q{n}", { n: at + 1 }) }));
  },
});

region("plan").addEventListener("click", (event) => {
  const link = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("a[data-do=choose]"));
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault(); // its address is that of the plan as it is now
  own.chosen = split(link.dataset["part"] ?? "")[1];
  if (!region("talk").offsetParent) location.hash = "#talk";
  replay.redraw();
  document.getElementById("check-ins-title")?.focus();
});
keepFocusInSight(region("plan"));
tabs("#document");
