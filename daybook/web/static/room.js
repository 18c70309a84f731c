/**
 * The review room: takes over the page that the server drew, and draws it again from the same entries.
 *
 * Shown is what the server confirmed plus what I have on its way; nothing else is remembered about the
 * review. The rest of the state is the reader's own: where they look, what is folded, what is typed.
 */

import { recover } from "./drafts-kept.js";
import { readJson, t } from "./i18n.js";
import { LivePage, touched } from "./live-page.js";
import { listen } from "./room-acts.js";
import { Drafts } from "./room-drafts.js";
import { draftFrom, draftOf, formOf } from "./room-forms.js";
import { keys } from "./room-keys.js";
import { announcements, arrivals, mentioned } from "./room-news.js";
import { codesOf } from "./room-parts.js";
import { withPending } from "./room-pending.js";
import { LIVING } from "./room-regions.js";
import { reviewOf, seesTeam } from "./room-view.js";
import { Undo } from "./undo.js";

/**
 * @typedef {import("./room-parts.js").Room} Room
 * @typedef {{ room: import("./live-page.js").Known, me: string,
 *   chosen: string | null, names: Record<string, string>, rubric: import("./room-view.js").RubricText,
 *   may: { rate: boolean, note: boolean, facilitate: boolean, team: boolean },
 *   problem: { sentence: string, type: string, data: Record<string, any> } | null }} PageState
 */

const WRITTEN = ["text", "rationale", "answer", "reason"];

/** @type {PageState} */
const state = readJson("room-state", /** @type {any} */ (null));
const { me, may, names, rubric } = state;
const { review, focus } = reviewOf(state.room.view);
const roleAtFirst = state.room.view[`member:${me}`]?.role;
await recover(me, state.room.stream, WRITTEN);
const drafts = new Drafts(me, state.room.stream, WRITTEN);

/** The indicator in the address: a page that was kept on the device may have been drawn for another one. */
function chosenHere() {
  const code = new URLSearchParams(location.search).get("indicator");
  return code && focus.includes(code) ? code : null;
}

/** What the reader chose, and what happened to them since the page opened. */
const own = {
  chosen: chosenHere() ?? state.chosen ?? codesOf({ view: state.room.view, rubric })[0] ?? "",
  all: new URLSearchParams(location.search).get("evidence") === "all",
  adding: drafts.busy("evidence:new"),
  revising: drafts.written.filter((form) => form.startsWith("evidence:")).map((form) => form.slice("evidence:".length)),
  /** @type {Set<string>} */
  fresh: new Set(),
  /** @type {Set<string>} */
  held: new Set(),
  /** @type {Room["faults"]} */
  faults: {},
};

/** @param {Record<string, any>} view */
function can(view) {
  const role = view[`member:${me}`]?.role;
  const open = reviewOf(view).phase === "open";
  return {
    // Whether a leader of the school rates is the server's to say; a part given since is the view's.
    rate: open && role === "reviewer" && (may.rate || roleAtFirst !== "reviewer"),
    note: open && (role === "reviewer" || role === "facilitator"),
    facilitate: open && role === "facilitator",
    erase: role === "facilitator",
  };
}

/** @returns {Room} */
function room() {
  const { sending, stale, signedOut, status, people } = page;
  const view = withPending(page.confirmed, sending, me);
  const refused = page.refused.filter(({ aside }) => !aside);
  const mine = can(view);
  const team = seesTeam(view, may) || mine.note; // a part that was given since the page was drawn
  const here = { sending, refused, stale, signedOut, status, people, drafts };
  return { ...own, ...here, past: false, link: `/reviews/${review}?indicator=`, view, me, names, rubric, can: mine, team };
}

const page = new LivePage({
  me,
  known: state.room,
  names,
  model: room,
  regions: LIVING,
  onrefused: refused,
  onfollow(commands) {
    for (const form of drafts.follow(commands)) delete own.faults[form];
  },
  onchange(before, applied) {
    arrivals(own, before, page.confirmed, me);
    for (const sentence of announcements(applied, rubric)) page.say(sentence);
  },
  mentioned,
  refocus: (focused) => [focused.closest(".pane")?.querySelector("h2[tabindex]")?.id ?? "", "rate-title"],
});

/** Put refused commands back into the forms they came from, as far as those are free. */
function putBack() {
  for (const { form, sentence } of drafts.putBack()) show(form, sentence);
}

/** @param {string} form @param {string} sentence */
function show(form, sentence) {
  own.faults[form] = { "": sentence };
  if (form === "evidence:new") own.adding = true;
  else if (form.startsWith("evidence:")) own.revising = [...new Set([...own.revising, form.slice("evidence:".length)])];
}

/** @param {import("./commands.js").Pending} command @param {string} sentence */
function refused(command, sentence) {
  const words = sentence || t("It was not accepted. Try it again, or reload the page.");
  const { id, type, data } = command;
  const draft = draftFrom(type, data);
  const form = draft || type === "withdraw-rating" ? formOf(type, data) : "act";
  if (!draft) drafts.tells(form, id);
  if (!draft || drafts.giveBack({ id, form, draft, sentence: words }) === form) show(form, words);
  putBack();
  page.update();
}

/** Take what was typed and opened before the scripts ran. */
function takeOver() {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("#room form[data-form]"))) {
    if (touched(form) && form.dataset["form"]) drafts.set(form.dataset["form"], draftOf(form));
  }
  const adding = /** @type {HTMLDetailsElement | null} */ (document.getElementById("add-evidence"));
  own.adding ||= Boolean(adding?.open);
  if (state.problem) {
    const { sentence, type, data } = state.problem;
    const draft = draftFrom(type, data);
    const form = draft || type === "withdraw-rating" ? formOf(type, data) : "act";
    if (draft) drafts.set(form, draft);
    show(form, sentence);
  }
  putBack();
  // A form that was refused came back under the address it was sent to.
  if (state.problem) history.replaceState(null, "", `/reviews/${review}?indicator=${own.chosen}`);
}

/** @typedef {typeof desk} Desk what acts and keys work with */
const desk = {
  own,
  page,
  drafts,
  room,
  putBack,
  undo: new Undo(/** @type {HTMLElement} */ (document.getElementById("undo"))),
  /** Look at an indicator: in the address, for the others, and on screen. @param {string} code */
  choose(code) {
    own.chosen = code;
    desk.look();
    const pane = location.hash;
    if (pane === "#indicators" || pane === "#consensus-form") location.replace("#rate");
    page.draw();
    document.getElementById("rate-title")?.focus();
  },
  /** Show evidence of the chosen indicator, or of all. @param {boolean} all */
  filter(all) {
    own.all = all;
    desk.look();
    page.update();
  },
  look() {
    own.fresh.clear();
    own.held.clear();
    const query = new URLSearchParams(location.search);
    query.set("indicator", own.chosen);
    if (own.all) query.set("evidence", "all");
    else query.delete("evidence");
    history.replaceState(null, "", `/reviews/${review}?${query}${location.hash}`);
    desk.signal(false);
  },
  /** @param {boolean} typing */
  signal(typing) {
    page.signal({ looking_at: own.chosen, typing });
  },
};

await page.start(takeOver);
listen(desk);
keys(desk);
desk.signal(false);
