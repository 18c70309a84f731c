/** The replay of June Outcomes: the page as it stood at each moment, drawn by the page's own renderers. */

import { lang, readJson, t } from "./i18n.js";
import { documentOf } from "./outcomes-document.js";
import { gone, progressLine, signing } from "./outcomes-signing.js";
import { pageOf } from "./outcomes-view.js";
import { clear, draw, region } from "./regions.js";
import { start } from "./replay.js";
import { tabs } from "./room-tabs.js";

/**
 * @typedef {import("./outcomes-parts.js").Sheet} Sheet
 * @typedef {Pick<Sheet, "me" | "words" | "texts" | "rubric" | "reviews" | "may" | "today" | "beside">
 *   & { title: string, quarters: string[], ends: string }} Page
 */

/** @type {Page} */
const page = readJson("replay-state", /** @type {any} */ (null));
const { title, quarters, ends, beside, ...fixed } = page;
const asked = new URLSearchParams(location.search);
const own = { beside: asked.get("beside") !== null };

/** What is drawn, by the id of the element it is drawn in. @type {Record<string, (sheet: Sheet) => unknown>} */
const REGIONS = {
  "progress": progressLine,
  "document-body": documentOf,
  "signing-body": signing,
  "gone-body": gone,
};

/** What June Outcomes have that is not their past: nothing is typed, sent or new here. */
const QUIET = {
  past: true,
  standing: {},
  owners: [],
  forms: {},
  drafts: /** @type {any} */ (null), // belong to forms, and a past has none
  faults: {},
  people: [],
  sending: [],
  status: /** @type {"live"} */ ("live"),
  signedOut: false,
  stale: false,
  unread: new Set(),
  glow: new Set(), // what a step changed is marked where it stands, without drawing it again
  fit: null,
  fitElsewhere: null,
  plan: null,
  before: null,
  plan_before: null,
  after: null,
  lang: lang === "es" ? /** @type {const} */ ("es") : /** @type {const} */ ("en"),
};

let cleared = false;
let phase = "";
let turned = false; // whether the step before us made them a draft, or had them adopted

/** @param {string} id */
const outcome = (id) => `#${CSS.escape(`outcome-${id}`)}`;

/** Whether a step changed words in the language that the page does not show: then it shows both. @param {Record<string, any>} patch @param {Record<string, any>} view */
function inOther(patch, view) {
  const texts = Object.keys(patch).filter((key) => key.startsWith("text:"));
  return texts.some((key) => (lang === "es" ? key.endsWith(":en") && key.replace(/:en$/, ":es") in view : key.endsWith(":es")));
}

const replay = start({
  title,
  draw({ view, step, names, address }) {
    turned = pageOf(view).phase !== phase || step.event === "outcomes-begun" || step.event === "outcomes-adopted";
    phase = pageOf(view).phase;
    const comments = Object.values(step.patch).filter((value) => value?.kind === "comment");
    const open = new Set(comments.map(({ outcome }) => `comments@${outcome}`));
    const besideLink = address({ beside: own.beside ? null : "1" });
    const sheet = { ...QUIET, ...fixed, beside: own.beside || inOther(step.patch, view), view, names, open, besideLink };
    if (!cleared) clear(REGIONS);
    cleared = true;
    draw(REGIONS, sheet);
  },
  places(key) {
    const [kind = "", id = "", part = ""] = key.split(":");
    switch (kind) {
      case "outcomes":
        return turned ? ["#progress > .chip"] : []; // its version, which every change of a draft counts, is not shown
      case "order":
        return [];
      case "text":
        return [`${outcome(id)} [data-place="${CSS.escape(`${id}:${part}`)}"]`];
      case "endorsement":
        return [`${outcome(id)} .endorsing`];
      case "amendment":
        return [`${outcome(id)} .amendments > ol > li:last-child`];
      case "conclusion":
        return [`${outcome(id)} .conclusion`];
      case "signature":
        return [`#signing-body [data-side="${CSS.escape(id)}"]`];
      default:
        return [`#${CSS.escape(key.replace(":", "-"))}`];
    }
  },
  query() {
    return { beside: own.beside ? "1" : null };
  },
  /** The draft, and then the quarters of the year that the outcomes are for. */
  bands(steps) {
    const time = (/** @type {string} */ at) => new Date(at).getTime();
    const begun = time(steps[0]?.at ?? "");
    const adopted = steps.find(({ event }) => event === "outcomes-adopted");
    const last = steps.at(-1)?.at ?? "";
    const until = time(adopted?.at ?? last);
    const days = [...quarters, ends].map((day) => Math.max(until, time(`${day}T00:00`)));
    const year = quarters.map((_, at) => ({ from: days[at] ?? 0, to: days[at + 1] ?? 0, label: t("Q{n}", { n: at + 1 }) }));
    return [{ from: begun, to: until, label: t("Draft") }, ...year];
  },
});

region("outcomes").addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a[data-do=beside]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  own.beside = !own.beside;
  replay.redraw();
});
tabs("#document");
