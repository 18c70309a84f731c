/**
 * The replay of a review's day: the room as it was at each moment, drawn by the room's own renderers.
 *
 * It shows the indicator that a step is about, unless the reader has chosen one and follows no more.
 */

import { readJson } from "./i18n.js";
import { clear, draw } from "./regions.js";
import { entry, start } from "./replay.js";
import { codesOf } from "./room-parts.js";
import { READING } from "./room-regions.js";
import { tabs } from "./room-tabs.js";
import { changedIn } from "./room-view.js";

/**
 * @typedef {import("./room-parts.js").Room} Room
 * @typedef {{ me: string, chosen: string, team: boolean, title: string,
 *   rubric: import("./room-view.js").RubricText }} Page
 */

/** @type {Page} */
const page = readJson("replay-state", /** @type {any} */ (null));
const { me, rubric, team } = page;
const asked = new URLSearchParams(location.search);
const own = { chosen: asked.get("indicator") ?? page.chosen, all: asked.get("evidence") === "all" };
/** The kinds of entry that make a region look another way. @type {Record<string, string[]>} */
const SHOWS = {
  "progress": ["review", "indicator", "consensus"],
  "indicators-body": ["review", "indicator", "consensus", "figures", "rated", "member"],
  "rate-body": ["review", "indicator", "consensus", "figures", "rated", "rating", "late", "member", "evidence"],
  "people-body": ["member"],
  "evidence-body": ["review", "evidence"],
};

/** What a room has that is not its past: nothing is typed, sent or new here. */
const QUIET = {
  past: true,
  can: { rate: false, note: false, facilitate: false, erase: false },
  revising: [],
  fresh: new Set(),
  held: new Set(),
  people: [],
  sending: [],
  refused: [],
  status: /** @type {"live"} */ ("live"),
  signedOut: false,
  stale: false,
  adding: false,
  faults: {},
  drafts: /** @type {any} */ (null), // belong to forms, and a past has none
};

/** The indicators that a step is about. @param {Record<string, any>} patch @returns {string[]} */
function about(patch) {
  return Object.values(patch).flatMap((value) => value?.indicators ?? value?.code ?? []);
}

/** The ratings are what a day is about; the rest of the room stands beside them. */
const { "rate-body": rate = () => null, ...BESIDE } = READING;
const DOCUMENT = { "rate-body": rate };

/** @type {Room | undefined} the room as it was drawn last */
let now;
/** @type {string[]} the indicators of the review */
let codes = [];
/** @type {Room | undefined} */
let drawnBeside;

/** Whether a region may look another way than in a room that was drawn before. @param {Set<string> | null} touched @param {Room | undefined} before */
function differing(touched, before) {
  const kinds = new Set([...(touched ?? [])].map((key) => key.split(":")[0] ?? ""));
  const same = touched !== null && before?.chosen === now?.chosen && before?.all === now?.all;
  return (/** @type {string} */ id) => !same || (SHOWS[id] ?? []).some((kind) => kinds.has(kind));
}

const replay = start({
  title: page.title,
  within: "#rate",
  draw({ view, step, touched, follow, names, address }) {
    const before = now;
    changedIn(view, touched);
    const concerned = about(step.patch);
    const elsewhere = concerned.length > 0 && !concerned.includes(own.chosen);
    // An address that names another indicator than its step is about comes from someone who looked at that one.
    if (!before && asked.has("indicator") && elsewhere) replay.follow(false);
    else if (follow && elsewhere) own.chosen = concerned[0] ?? own.chosen;
    if (touched === null || touched.has("review")) codes = codesOf({ view, rubric });
    if (!codes.includes(own.chosen)) own.chosen = codes[0] ?? own.chosen;
    if (!before) clear(DOCUMENT);
    const link = `${address({ indicator: null, evidence: null })}&indicator=`;
    now = { ...QUIET, ...own, link, view, me, names, rubric, team };
    draw(DOCUMENT, now, differing(touched, before));
  },
  beside({ touched }) {
    if (!drawnBeside) clear(BESIDE);
    if (now) draw(BESIDE, now, differing(touched, drawnBeside));
    drawnBeside = now;
  },
  places(key) {
    const [kind, code] = key.split(":");
    switch (kind) {
      case "rated":
        return [entry(key), entry(`rated:${code}`), entry(`indicator:${code}`)];
      case "rating":
      case "consensus":
      case "figures":
        return [entry(key), entry(`indicator:${code}`)];
      default:
        return [entry(key)];
    }
  },
  query() {
    return { indicator: own.chosen, evidence: own.all ? "all" : null };
  },
});

const room = /** @type {HTMLElement} */ (document.getElementById("room"));
room.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const code = /** @type {HTMLElement | null} */ (target.closest("a[data-code]"))?.dataset["code"];
  const filter = /** @type {HTMLElement | null} */ (target.closest("a[data-do^=evidence]"))?.dataset["do"];
  if (!code && !filter) return;
  event.preventDefault();
  if (filter) own.all = filter === "evidence-all";
  if (code) {
    own.chosen = code;
    replay.follow(false);
    if (location.hash === "#indicators") location.replace("#rate");
  }
  replay.redraw();
  if (code) document.getElementById("rate-title")?.focus();
});
tabs();
