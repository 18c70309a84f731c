/**
 * The replay of a stream's past: downloads its steps once, and shows any moment of it, one step or a jump away.
 *
 * What a kind of stream looks like, and nothing else, comes from its own module, which calls `start`. The rest is
 * the same for a review's day and a plan's year: the ruler, the buttons and keys, the log, the address.
 */

import { clock, lang, plainDay, readJson, t } from "./i18n.js";
import { Address } from "./replay-address.js";
import { Ahead } from "./replay-ahead.js";
import { Glow } from "./replay-glow.js";
import { listen } from "./replay-hands.js";
import { Log } from "./replay-log.js";
import { Play } from "./replay-play.js";
import { controls, moments, now, ruler } from "./replay-player.js";
import { scaleOf, shareOf, timeAt } from "./replay-scale.js";
import { Past, marksOf, reasonOf, toldOf } from "./replay-state.js";
import { render } from "./vendor/lit-html/lit-html.js";
import { whenIdle } from "./when-idle.js";

/**
 * @typedef {import("./replay-state.js").Step} Step
 * @typedef {import("./replay-player.js").Placed} Placed
 * @typedef {import("./replay-player.js").Band} Band
 *
 * @typedef {object} Moment what a kind of stream is given to draw
 * @property {Record<string, any>} view the entries as they were; changed in place by the next step, so copy what you keep
 * @property {Step} step the step that led here
 * @property {Set<string> | null} touched the keys of all entries that may differ from what was drawn last; null when any may
 * @property {boolean} follow whether the reader wants to be shown what the step is about
 * @property {Record<string, string>} names people's names by their ids
 * @property {(fields: Record<string, string | null>) => string} address the address of this moment, with more fields in its query
 *
 * @typedef {object} Kind
 * @property {string} title what is looked back at, for the window's title
 * @property {(moment: Moment) => void} draw draws the document, with the renderers of the live page
 * @property {(moment: Moment) => void} [beside] draws the panes beside it, once the document has been seen
 * @property {string} [within] a selector of what the document lies in, where it shows few of the places that a step changes; what else it changed is looked for when the panes beside are drawn
 * @property {string} [aside] a selector of what the browser does not lay out before it comes into sight
 * @property {(key: string) => string[]} [places] where the document shows an entry, as selectors; if not where its key stands in `data-entry`
 * @property {(moment: Pick<Moment, "view" | "step">) => string | null} [why] the reason, where it is not a field of a changed entry
 * @property {() => Record<string, string | null>} [query] what else the address keeps
 * @property {(steps: Step[]) => Band[]} [bands] named stretches of time, to lie behind the ruler
 *
 * @typedef {object} Replay what a kind of stream may ask for, once there is something to see
 * @property {() => void} redraw when the reader's own choices change what is drawn
 * @property {(on: boolean) => void} follow go along with what happens, or stay where the reader looks
 *
 * @typedef {{ stream: string, at: number, moments: { at: string, kind: string, label: string }[] }} Page
 */

const THUMB_PX = 20; // the slider's handle, whose middle stands on the ruler
const FOOT_PX = 64; // what may lie over the bottom of the window
const SNAP_PX = 6; // this near to a mark, the mark is meant
const NEAR = 60; // steps each way, whose places are laid out first
const BEHIND_MS = 200; // that the panes may stay behind the document, where steps follow one another
const TELL_MS = 700; // after the last step, so that nobody has to listen to each of many

/** @param {string} id */
const region = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Take over the page that the server drew.
 *
 * @param {Kind} kind
 * @returns {Replay}
 */
export function start(kind) {
  /** @type {Replay} */
  const replay = { redraw() {}, follow() {} };
  void load(kind, replay);
  return replay;
}

/** @param {Kind} kind @param {Replay} replay */
async function load(kind, replay) {
  /** @type {Page} */
  const page = readJson("replay-state", /** @type {any} */ (null));
  const status = region("replay-status");
  status.textContent = t("Loading what happened…");
  try {
    // The language is in the address, so that what is kept for reading offline is kept in each.
    const answer = await fetch(`/api/v1/history/${page.stream}?lang=${lang}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { patches, names } = await answer.json();
    status.textContent = "";
    if (patches.length > 0) run(kind, page, patches, names, replay);
  } catch (error) {
    status.textContent = t("What happened could not be loaded, so only this moment is shown. Check the connection and reload the page.");
    if (!(error instanceof TypeError || (error instanceof Error && /^\d+$/.test(error.message)))) throw error;
  }
}

/** @param {Kind} kind @param {Page} page @param {Step[]} steps @param {Record<string, string>} names @param {Replay} replay */
function run(kind, page, steps, names, replay) {
  const past = new Past(steps);
  const all = steps.length;
  const root = /** @type {HTMLElement} */ (document.querySelector(".room"));
  const within = /** @type {HTMLElement} */ (kind.within ? root.querySelector(kind.within) : root);
  const slider = /** @type {HTMLInputElement} */ (region("player-slider"));
  const scale = scaleOf(all, (place) => past.timeOf(place));
  const marks = placed(past, page);
  const address = new Address(steps, () => kind.query?.() ?? {});
  const log = new Log(steps, (index) => address.moment(index));
  const glow = new Glow();
  const ahead = new Ahead();
  const state = {
    follow: true,
    drawn: 0, // the index of the document as it was drawn last
    /** @type {boolean | null} whether the list of moments has its lines; null before it is drawn */
    listed: null,
    dragging: false,
    parts: 100, // of the slider: as many as it has pixels, so that a step which nobody could see there moves nothing
    place: -1, // where the moment stands on it
    controls: "", // what the buttons show
    /** @type {Set<string> | null} the keys of entries that differ from what the panes beside the document show; null when any may */
    behind: null,
    waiting: false, // whether they will be drawn soon
  };
  const play = new Play({ index: () => past.index, last: all, mark: (index) => after(marks, index)?.index, go, stopped });

  /** The keys of entries that may differ from what was drawn last. */
  function touched() {
    const ways = past.index - state.drawn;
    if (Math.abs(ways) > 1) return null;
    return new Set(ways === 0 ? [] : Object.keys(steps[past.index - (ways === 1 ? 1 : 0)]?.patch ?? {}));
  }

  /** @param {Set<string> | null} differs @returns {Moment} */
  function moment(differs) {
    const step = /** @type {Step} */ (past.step);
    const of = (/** @type {Record<string, string | null>} */ fields) => address.of(past.index, fields);
    return { view: past.view, step, touched: differs, follow: state.follow, names, address: of };
  }

  /** Where the document or a pane shows what a step changed. @param {Step | undefined} step */
  function placesOf(step) {
    return Object.keys(step?.patch ?? {}).flatMap((key) => kind.places?.(key) ?? [entry(key)]);
  }

  function drawDocument() {
    const differs = touched();
    keepingFocus(() => kind.draw(moment(differs)));
    state.drawn = past.index;
    state.behind = state.behind && differs && new Set([...state.behind, ...differs]);
    const lit = glow.show(within, placesOf(past.step));
    if (state.follow && !state.dragging) {
      if (kind.aside) ahead.lay(lit.find((one) => !beside(one))?.closest(kind.aside) ?? null);
      bringIntoSight(lit);
    }
    if (differs === null && kind.aside) ahead.begin(asides());
    if (!state.waiting) requestAnimationFrame(() => whenIdle(drawBeside, { timeout: BEHIND_MS }));
    state.waiting = true;
  }

  /** What stands beside the document: the log, and the panes of the live page. They may be some steps behind while steps follow one another. */
  function drawBeside() {
    state.waiting = false;
    keepingFocus(() => kind.beside?.(moment(state.behind)));
    state.behind = new Set();
    log.show(past.index);
    const lit = glow.add(root, placesOf(past.step));
    if (state.follow && !state.dragging) bringPaneIntoSight(lit);
    log.scroll();
  }

  /** Draw, and leave the focus where it was: also where what the server drew made room for the same. @param {() => void} draw */
  function keepingFocus(draw) {
    const focused = document.activeElement;
    draw();
    if (focused && !focused.isConnected) (document.getElementById(focused.id) ?? slider).focus({ preventScroll: true });
  }

  /** One element within each part that the browser does not lay out before it is in sight; those first that the next steps lead to, either way. */
  function* asides() {
    const within = `${kind.aside} > :first-child`;
    for (let far = 1; far <= NEAR; far++) {
      for (const place of [past.index + far, past.index - far].flatMap((index) => placesOf(steps[index - 1]))) {
        const one = root.querySelector(place)?.closest(kind.aside ?? "")?.firstElementChild;
        if (one) yield one;
      }
    }
    yield* root.querySelectorAll(within);
  }

  function drawPlayer() {
    const step = /** @type {Step} */ (past.step);
    const share = shareOf(scale, past.timeOf(past.index - 1));
    const at = `${plainDay(step.at)}, ${clock(step.at)}`;
    const why = reasonOf(step) ?? kind.why?.({ view: past.view, step }) ?? null;
    render(now(step, past.index, all, why), region("player-now"));
    drawControls();
    slider.setAttribute("aria-valuetext", `${at}: ${toldOf(step)}`);
    const place = Math.round(share * state.parts);
    if (!state.dragging && slider.value !== String(place)) slider.value = String(place);
    if (place !== state.place) region("ruler-past").setAttribute("x2", `${(100 * place) / state.parts}%`);
    state.place = place;
  }

  function drawControls() {
    const { index } = past;
    const { playing, speed } = play;
    const shown = { playing, speed, follow: state.follow, first: index <= 1, last: index >= all };
    const told = Object.values(shown).join();
    if (told !== state.controls) render(controls(shown), region("player-controls"));
    state.controls = told;
    if (state.listed === null || state.listed) drawMoments();
  }

  function drawMoments() {
    state.listed = document.querySelector("#moments[open]") !== null;
    render(moments(marks, past.index, state.listed, (to) => address.moment(to)), region("player-moments"));
  }

  function drawRuler() {
    const width = slider.clientWidth - THUMB_PX;
    state.parts = Math.max(width, 1);
    state.place = -1;
    slider.max = String(state.parts);
    drawPlayer();
    render(ruler(scale, marks, kind.bands?.(steps) ?? [], width), /** @type {any} */ (region("ruler-scale")));
  }

  /** Show the moment after so many steps, at least one. @param {number} index */
  function go(index) {
    past.go(Math.max(1, index));
    drawPlayer();
    drawDocument();
    address.keep(past.index);
    tell();
  }

  /** Go as someone asked to, which ends playing. @param {number} index */
  function seek(index) {
    play.stop();
    if (index !== past.index) go(index);
  }

  function stopped() {
    drawControls();
    tell();
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let telling;
  /** Tell where they are, in the window's title and to those who listen: these not while it plays, nor what the slider says by itself. */
  function tell() {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const { step } = past;
      if (!step) return;
      document.title = `${plainDay(step.at)}, ${clock(step.at)} – ${kind.title} – Daybook`;
      if (play.playing || document.activeElement === slider) return;
      region("said").textContent = `${clock(step.at)}: ${toldOf(step)}`;
    }, TELL_MS);
  }

  /** Where the slider stands: at the mark that is nearest, if one is near, or else at what was then. */
  function dragged() {
    const share = Number(slider.value) / state.parts;
    const width = slider.clientWidth - THUMB_PX;
    const far = (/** @type {Placed} */ { time }) => Math.abs(shareOf(scale, time) - share) * width;
    const mark = marks.filter((one) => far(one) < SNAP_PX).sort((a, b) => far(a) - far(b))[0];
    return mark ? mark.index : past.atTime(timeAt(scale, share));
  }

  /** @param {import("./replay-hands.js").Act} act */
  function act(act) {
    switch (act) {
      case "play":
        if (play.playing) return play.stop();
        region("said").textContent = t("Playing");
        return play.start();
      case "back":
        return seek(past.index - 1);
      case "forward":
        return seek(past.index + 1);
      case "previous-mark":
        return seek(before(marks, past.index)?.index ?? 1);
      case "next-mark":
        return seek(after(marks, past.index)?.index ?? all);
      case "first":
        return seek(1);
      case "last":
        return seek(all);
    }
  }

  listen({
    slider,
    act,
    seek,
    drag(dragging) {
      state.dragging = dragging;
      seek(dragged());
      if (!dragging) drawPlayer(); // the handle goes to where the moment stands
    },
    speed(speed) {
      play.speed = /** @type {keyof typeof import("./replay-player.js").SPEEDS} */ (speed);
    },
    follow(follow) {
      state.follow = follow;
      drawDocument();
    },
  });
  // `toggle` does not bubble, so it is caught on its way down.
  region("player-controls").addEventListener("toggle", drawMoments, true);
  address.listen((position) => seek(past.atPosition(position)));
  replay.redraw = () => {
    drawDocument();
    address.keep(past.index);
  };
  replay.follow = (on) => {
    state.follow = on;
    drawControls();
  };
  document.documentElement.classList.add("replaying");
  for (const id of ["player-now", "player-controls"]) region(id).replaceChildren();
  past.go(Math.max(1, asked(past) ?? past.atPosition(page.at)));
  drawRuler();
  makeRoom(); // before the first moment is brought into sight
  new ResizeObserver(drawRuler).observe(slider);
  new ResizeObserver(makeRoom).observe(region("player"));
  go(past.index);
}

/**
 * The moment that the address asks for. A page that was kept for reading offline was drawn for another one.
 *
 * @param {Past} past
 */
function asked(past) {
  const at = new URLSearchParams(location.search).get("at") ?? "";
  if (/^\d+$/.test(at)) return past.atPosition(Number(at));
  if (/^\d{4}-\d\d-\d\d$/.test(at)) return past.atTime(Date.parse(`${at}T23:59:59.999`)); // a day stands for its end
  return Number.isNaN(Date.parse(at)) ? null : past.atTime(Date.parse(at));
}

/** Where an entry is shown by renderers that say so. @param {string} key */
export function entry(key) {
  return `[data-entry~="${CSS.escape(key)}"]`;
}

/** The moments that matter: steps of this stream, and what the page says happened beside it. @param {Past} past @param {Page} page @returns {Placed[]} */
function placed(past, page) {
  const own = marksOf(past.steps).map((mark) => ({ ...mark, time: past.timeOf(mark.index - 1) }));
  const beside = page.moments.map(({ at, kind, label }) => {
    const time = Date.parse(at);
    return { kind, label, time, index: Math.max(1, past.atTime(time)) };
  });
  return [...own, ...beside].sort((a, b) => a.time - b.time);
}

/** @param {Placed[]} marks @param {number} index */
function before(marks, index) {
  return marks.filter((mark) => mark.index < index).at(-1);
}

/** @param {Placed[]} marks @param {number} index */
function after(marks, index) {
  return marks.find((mark) => mark.index > index);
}

/** What scrolls beneath the player begins below it. */
function makeRoom() {
  document.documentElement.style.setProperty("--player", `${region("player").offsetHeight}px`);
}

/** Bring what is marked in the document into sight, into the middle, unless it is. @param {Element[]} lit */
function bringIntoSight(lit) {
  const first = lit.find((one) => !beside(one) && one.getClientRects().length > 0);
  if (!first) return;
  const { top, bottom } = first.getBoundingClientRect();
  const player = region("player").getBoundingClientRect().bottom;
  if (top < player || bottom > innerHeight - FOOT_PX) first.scrollIntoView({ block: "center", inline: "nearest" });
}

/** Bring what is marked in panes alone into sight, no further than it must. @param {Element[]} lit */
function bringPaneIntoSight(lit) {
  const drawn = lit.filter((one) => one.getClientRects().length > 0);
  if (drawn.every(beside)) drawn[0]?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {Element} one */
function beside(one) {
  return one.closest(".room-side, .pane-indicators, .pane-contents") !== null;
}
