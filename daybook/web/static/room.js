/**
 * The review room: takes over the page that the server drew, and draws it again from the same entries.
 *
 * Shown is what the server confirmed plus what I have on its way; nothing else is remembered about the
 * review. The rest of the state is the reader's own: where they look, what is folded, what is typed.
 */

import { Commands } from "./commands.js";
import { readJson, t } from "./i18n.js";
import { isCurrent, keeper, lastSeen } from "./kept.js";
import { Live } from "./live.js";
import { UNSENT_SHOWS_MS, outboxOf } from "./outbox.js";
import { listen } from "./room-acts.js";
import { Drafts } from "./room-drafts.js";
import { draftFrom, draftOf, formOf } from "./room-forms.js";
import { keys } from "./room-keys.js";
import { announcements, arrivals, strangers } from "./room-news.js";
import { codesOf } from "./room-parts.js";
import { withPending } from "./room-pending.js";
import { LIVING, clear, draw as drawRegions } from "./room-regions.js";
import { reviewOf, seesTeam } from "./room-view.js";

/**
 * @typedef {import("./room-parts.js").Room} Room
 * @typedef {{ room: { stream: string, position: number, epoch: string, view: Record<string, any> }, me: string,
 *   chosen: string | null, names: Record<string, string>, rubric: import("./room-view.js").RubricText,
 *   may: { rate: boolean, note: boolean, facilitate: boolean, team: boolean },
 *   problem: { sentence: string, type: string, data: Record<string, any> } | null }} Page
 */

/** @type {Page} */
const page = readJson("room-state", /** @type {any} */ (null));
const { me, may, names, rubric } = page;
const { stream } = page.room;
const outbox = outboxOf(me);
const known = await lastSeen(outbox, page.room, names);
const keep = keeper(outbox);
const drafts = new Drafts(me, stream);
let confirmed = known.view;
const roleAtFirst = confirmed[`member:${me}`]?.role;

/** The indicator in the address: a page that was kept on the device may have been drawn for another one. */
function chosenHere() {
  const code = new URLSearchParams(location.search).get("indicator");
  return code && confirmed["review"].focus.includes(code) ? code : null;
}

/** What the reader chose, and what happened to them since the page opened. */
const own = {
  chosen: chosenHere() ?? page.chosen ?? codesOf({ view: confirmed, rubric })[0] ?? "",
  all: new URLSearchParams(location.search).get("evidence") === "all",
  adding: drafts.busy("evidence:new"),
  revising: drafts.written.filter((form) => form.startsWith("evidence:")).map((form) => form.slice("evidence:".length)),
  /** @type {Set<string>} */
  fresh: new Set(),
  /** @type {Set<string>} */
  held: new Set(),
  /** @type {Room["people"]} */
  people: [],
  /** @type {Room["status"]} */
  status: "connecting",
  /** @type {Room["faults"]} */
  faults: {},
  /** @type {Record<string, string[]>} by form, refused commands without words, which are done with once its fault is */
  wordless: {},
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
  const view = withPending(confirmed, commands.shown, me);
  const sending = commands.shown;
  const refused = commands.refused.filter(({ aside }) => !aside);
  const stale = commands.pending.some(({ at }) => Date.now() - at >= UNSENT_SHOWS_MS);
  const { signedOut } = commands;
  const link = `/reviews/${reviewOf(view).review}?indicator=`;
  const mine = can(view);
  const team = seesTeam(view, may) || mine.note; // a part that was given since the page was drawn
  return { ...own, past: false, link, view, me, names, rubric, can: mine, team, sending, refused, signedOut, stale, drafts };
}

/** Draw every region; focus stays where it was, or goes to the heading of its pane, or else of the indicator. */
function draw() {
  drawing = false;
  const focused = document.activeElement;
  const pane = focused?.closest(".pane");
  drawRegions(LIVING, room());
  if (focused && !focused.isConnected) {
    const same = focused.id ? document.getElementById(focused.id) : null;
    const heading = /** @type {HTMLElement | null} */ (pane?.querySelector("h2[tabindex]") ?? document.getElementById("rate-title"));
    if (same) same.focus({ preventScroll: true });
    else heading?.focus();
  }
}

let drawing = true; // until the page is taken over
function update() {
  if (drawing) return;
  drawing = true;
  queueMicrotask(draw);
}

/** Tell those who listen rather than look. @param {string} sentence */
function say(sentence) {
  /** @type {HTMLElement} */ (document.getElementById("said")).textContent = sentence;
}

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
  if (!draft) own.wordless[form] = [...(own.wordless[form] ?? []), id];
  if (!draft || drafts.giveBack({ id, form, draft, sentence: words })) show(form, words);
  putBack();
  update();
}

/** Fetch the names of people whom the page did not know when it was drawn. */
async function learnNames() {
  const unknown = strangers(confirmed, own.people, names);
  if (unknown.length === 0) return;
  for (const person of unknown) names[person] = person; // asked for once
  const response = await fetch(`/api/v1/people?ids=${unknown.map(encodeURIComponent).join(",")}`).catch(() => null);
  if (!response?.ok) {
    for (const person of unknown) delete names[person]; // asked for again with the next change
    return;
  }
  for (const [person, { name }] of Object.entries(await response.json())) names[person] = name;
  update();
}

/** Take what was typed, opened and focused before the scripts ran, then draw over it. */
function takeOver() {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("#room form[data-form]"))) {
    const touched = [...form.elements].some((element) => {
      if (element instanceof HTMLTextAreaElement) return element.value !== element.defaultValue;
      if (element instanceof HTMLSelectElement) return [...element.options].some((one) => one.selected !== one.defaultSelected && one.value);
      if (!(element instanceof HTMLInputElement) || element.type === "hidden") return false;
      return element.value !== element.defaultValue || element.checked !== element.defaultChecked;
    });
    if (touched && form.dataset["form"]) drafts.set(form.dataset["form"], draftOf(form));
  }
  const adding = /** @type {HTMLDetailsElement | null} */ (document.getElementById("add-evidence"));
  own.adding ||= Boolean(adding?.open);
  if (page.problem) {
    const { sentence, type, data } = page.problem;
    const draft = draftFrom(type, data);
    const form = draft || type === "withdraw-rating" ? formOf(type, data) : "act";
    if (draft) drafts.set(form, draft);
    show(form, sentence);
  }
  putBack();
  // A form that was refused came back under the address it was sent to.
  if (page.problem) history.replaceState(null, "", `/reviews/${reviewOf(confirmed).review}?indicator=${own.chosen}`);
  const focused = document.activeElement?.id;
  clear(LIVING);
  draw();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** Something became of a command, here or in another tab. */
function follow() {
  for (const form of drafts.follow(commands.refused)) delete own.faults[form];
  update();
}

const commands = new Commands({ person: me, stream, onchange: follow, onrefused: refused });
await commands.ready; // so that the first drawing has what is on its way
drafts.follow(commands.refused); // what came back before a reload may have been dealt with since
takeOver();

const live = new Live({
  person: me,
  stream,
  known,
  onchange(state, applied) {
    const before = confirmed;
    confirmed = state.view;
    keep(state, names);
    own.people = state.people;
    commands.seen(state.position);
    arrivals(own, before, confirmed, me);
    for (const sentence of announcements(applied, rubric)) say(sentence);
    void learnNames();
    update();
  },
  onstatus(status) {
    if (status === "waiting" && own.status === "live") say(t("The connection is lost. Connecting again… what you write is kept."));
    if (status === "live" || status === "polling") isCurrent();
    if (status === "live" && own.status !== "connecting") say(t("Connected again."));
    // Until it is back, a lost connection is said to be lost, through each new attempt.
    own.status = status === "connecting" && own.status === "waiting" ? "waiting" : status;
    update();
  },
});

/** @typedef {typeof desk} Desk what acts and keys work with */
const desk = {
  own,
  drafts,
  room,
  update,
  say,
  putBack,
  /** @param {string} type @param {Record<string, unknown>} data */
  send(type, data) {
    commands.send(type, data);
  },
  /** Refused commands that a form stands for. @param {string} form */
  refusedIn(form) {
    const source = drafts.source(form);
    const wordless = own.wordless[form] ?? [];
    delete own.wordless[form];
    return source ? [source, ...wordless] : wordless;
  },
  /** @param {string[]} refused sent anew, or seen and done with */
  settle(refused) {
    commands.settle(refused);
  },
  /** @param {string[]} refused whose words are not wanted in the form now */
  putAside(refused) {
    commands.putAside(refused);
  },
  /** Look at an indicator: in the address, for the others, and on screen. @param {string} code */
  choose(code) {
    own.chosen = code;
    desk.look();
    const pane = location.hash;
    if (pane === "#indicators" || pane === "#consensus-form") location.replace("#rate");
    draw();
    document.getElementById("rate-title")?.focus();
  },
  /** Show evidence of the chosen indicator, or of all. @param {boolean} all */
  filter(all) {
    own.all = all;
    desk.look();
    update();
  },
  look() {
    own.fresh.clear();
    own.held.clear();
    const query = new URLSearchParams(location.search);
    query.set("indicator", own.chosen);
    if (own.all) query.set("evidence", "all");
    else query.delete("evidence");
    history.replaceState(null, "", `/reviews/${reviewOf(confirmed).review}?${query}${location.hash}`);
    desk.signal(false);
  },
  /** @param {boolean} typing */
  signal(typing) {
    live.signal({ looking_at: own.chosen, typing });
  },
};

listen(desk);
keys(desk);
desk.signal(false);
void learnNames();
