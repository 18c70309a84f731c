/**
 * The replay of a stream's past: downloads its steps once, and shows any moment of it, one step or a jump away.
 *
 * What a kind of stream looks like, and nothing else, comes from its own module, which calls `start`. The rest is
 * the same for a review's day and a plan's year: the ruler, the buttons and keys, the log, the address.
 */

import { clock, lang, plainDay, readJson, t } from "./i18n.js";
import { Glow } from "./replay-glow.js";
import { Log } from "./replay-log.js";
import { Past, marksOf, reasonOf } from "./replay-state.js";
import { SPEEDS, controls, moments, now, ruler } from "./replay-player.js";
import { scaleOf, shareOf, timeAt } from "./replay-scale.js";
import { shortcuts } from "./shortcuts.js";
import { render } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./replay-state.js").Step} Step
 * @typedef {import("./replay-player.js").Placed} Placed
 * @typedef {import("./replay-player.js").Band} Band
 *
 * @typedef {object} Moment what a kind of stream is given to draw
 * @property {Record<string, any>} view the entries as they were; changed in place by the next step, so copy what you keep
 * @property {Set<string>} changed the keys of the entries that this step changed
 * @property {Step} step the step that led here
 * @property {Set<string> | null} touched the keys of all entries that may differ from what was drawn last; null when any may
 * @property {boolean} follow whether the reader wants to be shown what the step is about
 * @property {Record<string, string>} names people's names by their ids
 * @property {(fields: Record<string, string | null>) => string} address the address of this moment, with more fields in its query
 *
 * @typedef {object} Kind
 * @property {string} title what is looked back at, for the window's title
 * @property {(moment: Moment, root: HTMLElement) => void} draw draws the document in `#room`, with the renderers of the live page
 * @property {(key: string) => string[]} [places] the names under which renderers show an entry, if not its key alone
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
const FINE = 10_000; // parts of the slider
const SNAP_PX = 6; // this near to a mark, the mark is meant
const KEEP_MS = 300; // Safari takes an address that changes all the time for an attack
const TELL_MS = 700; // after the last step, so that nobody has to listen to each of many
const LINGER = 2.5; // how much longer a moment that matters stays when played

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
  const root = region("room");
  const scale = scaleOf(all, (place) => past.timeOf(place));
  const marks = placed(past, page);
  const bands = kind.bands?.(steps) ?? [];
  const glow = new Glow();
  const slider = /** @type {HTMLInputElement} */ (region("player-slider"));
  const state = {
    playing: false,
    /** @type {keyof typeof SPEEDS} */
    speed: "normal",
    follow: true,
    drawn: 0,
    here: -1, // the mark that was current when the list of moments was drawn
    dragging: false,
  };

  /** @param {number} index @param {Record<string, string | null>} [more] */
  function address(index, more = kind.query?.() ?? {}) {
    const query = new URLSearchParams(location.search);
    query.set("at", String(steps[index - 1]?.position ?? page.at));
    for (const [field, value] of Object.entries(more)) {
      if (value === null) query.delete(field);
      else query.set(field, value);
    }
    return `${location.pathname}?${query}`;
  }

  // The address of a moment alone, without where the reader looks now. Asked for by every line, so made of two pieces.
  const [before_at, after_at] = address(1, { ...Object.fromEntries(Object.keys(kind.query?.() ?? {}).map((field) => [field, null])), at: "@" }).split("%40");
  const moment = (/** @type {number} */ index) => `${before_at}${steps[index - 1]?.position}${after_at}`;
  const log = new Log(steps, moment);

  function touched() {
    switch (past.index - state.drawn) {
      case 0:
        return new Set();
      case 1:
        return new Set(Object.keys(past.step?.patch ?? {}));
      case -1:
        return new Set(Object.keys(steps[past.index]?.patch ?? {}));
      default:
        return null;
    }
  }

  function drawDocument() {
    const step = /** @type {Step} */ (past.step);
    const changed = new Set(Object.keys(step.patch));
    const focused = document.activeElement;
    kind.draw({ view: past.view, changed, step, touched: touched(), follow: state.follow, names, address: (more) => address(past.index, more) }, root);
    const lit = glow.show(root, [...changed].flatMap((key) => kind.places?.(key) ?? [key]));
    if (state.follow && !state.dragging) bringIntoSight(lit);
    if (focused && !focused.isConnected) slider.focus({ preventScroll: true });
    state.drawn = past.index;
  }

  function drawPlayer() {
    const step = /** @type {Step} */ (past.step);
    const share = shareOf(scale, past.timeOf(past.index - 1));
    render(now(step, past.index, all, reasonOf(step)), region("player-now"));
    drawControls();
    if (!state.dragging) slider.value = String(Math.round(share * FINE));
    slider.setAttribute("aria-valuetext", `${plainDay(step.at)}, ${clock(step.at)}: ${step.sentence}`);
    region("ruler-past").setAttribute("x2", `${100 * share}%`);
    document.title = `${plainDay(step.at)}, ${clock(step.at)} – ${kind.title} – Daybook`;
  }

  function drawControls() {
    const { index } = past;
    const { playing, speed, follow } = state;
    const [first, last] = [index <= 1, index >= all];
    render(controls({ playing, speed, follow, first, last }), region("player-controls"));
    const here = marks.find((mark) => mark.index === index)?.index ?? 0;
    if (here !== state.here) render(moments(marks, here, moment), region("player-moments"));
    state.here = here;
  }

  /** Show the moment after so many steps, at least one. @param {number} index */
  function go(index) {
    past.go(Math.max(1, index));
    drawPlayer();
    log.show(past.index);
    drawDocument();
    log.scroll();
    keepAddress();
    tell();
  }

  /** Go as someone asked to, which ends playing. @param {number} index */
  function seek(index) {
    if (state.playing) stop();
    if (index !== past.index) go(index);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let keeping;
  function keepAddress() {
    clearTimeout(keeping);
    keeping = setTimeout(() => {
      keeping = undefined;
      history.replaceState(null, "", address(past.index) + location.hash);
    }, KEEP_MS);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let telling;
  /** Tell those who listen where they are: not while it plays, and not what the slider says by itself. */
  function tell() {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const { step } = past;
      if (state.playing || document.activeElement === slider || !step) return;
      region("said").textContent = `${clock(step.at)}: ${step.sentence}`;
    }, TELL_MS);
  }

  let due = 0;
  function play() {
    if (past.index >= all) past.go(1);
    state.playing = true;
    region("said").textContent = t("Playing");
    go(past.index);
    due = performance.now() + SPEEDS[state.speed];
    requestAnimationFrame(tick);
  }

  function stop() {
    state.playing = false;
    drawControls();
    tell();
  }

  /** @param {number} time */
  function tick(time) {
    if (!state.playing) return;
    const every = SPEEDS[state.speed];
    if (time >= due) {
      // Several steps may be due in a fast replay; after a pause, as of a window that was hidden, just one.
      const late = Math.min(Math.floor((time - due) / every), 8);
      const mark = after(marks, past.index);
      const index = Math.min(past.index + 1 + late, mark?.index ?? all);
      go(index);
      due = time + every * (index === mark?.index ? LINGER : 1);
      if (past.index >= all) return stop();
    }
    requestAnimationFrame(tick);
  }

  /** @param {string} act */
  function act(act) {
    switch (act) {
      case "play":
        if (state.playing) stop();
        else play();
        break;
      case "back":
        seek(past.index - 1);
        break;
      case "forward":
        seek(past.index + 1);
        break;
      case "previous-mark":
        seek(before(marks, past.index)?.index ?? 1);
        break;
      case "next-mark":
        seek(after(marks, past.index)?.index ?? all);
        break;
      case "first":
        seek(1);
        break;
      case "last":
        seek(all);
        break;
    }
  }

  /** @param {number} width of the ruler in pixels */
  function indexAt(width) {
    const share = Number(slider.value) / FINE;
    const far = (/** @type {Placed} */ { time }) => Math.abs(shareOf(scale, time) - share) * width;
    const mark = marks.filter((one) => far(one) < SNAP_PX).sort((a, b) => far(a) - far(b))[0];
    return mark ? mark.index : past.atTime(timeAt(scale, share));
  }

  let frame = 0;
  slider.addEventListener("input", () => {
    state.dragging = true;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => seek(indexAt(slider.clientWidth - THUMB_PX)));
  });
  slider.addEventListener("change", () => {
    cancelAnimationFrame(frame);
    state.dragging = false;
    seek(indexAt(slider.clientWidth - THUMB_PX));
    drawPlayer();
  });

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = /** @type {HTMLElement | null} */ (target.closest("button[data-replay]"));
    if (button) act(button.dataset["replay"] ?? "");
    const line = /** @type {HTMLElement | null} */ (target.closest("a[data-index]"));
    if (line && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      seek(Number(line.dataset["index"]));
      const list = line.closest("details");
      list?.removeAttribute("open");
      list?.querySelector("summary")?.focus();
    } else if (!target.closest("#moments")) {
      document.getElementById("moments")?.removeAttribute("open");
    }
  });
  region("player-controls").addEventListener("change", (event) => {
    const field = event.target;
    if (field instanceof HTMLSelectElement) state.speed = /** @type {keyof typeof SPEEDS} */ (field.value);
    if (field instanceof HTMLInputElement) {
      state.follow = field.checked;
      drawDocument();
    }
  });
  addEventListener("popstate", () => {
    const at = Number(new URLSearchParams(location.search).get("at"));
    if (keeping === undefined && at) seek(past.atPosition(at));
  });

  shortcuts().listen((event) => {
    const on = event.target instanceof Element ? event.target : document.body;
    const named = {
      "ArrowRight": event.shiftKey ? "next-mark" : "forward",
      "ArrowLeft": event.shiftKey ? "previous-mark" : "back",
      "Home": "first",
      "End": "last",
    }[event.key];
    if (named) act(named);
    else if (on === slider && (event.key === "ArrowUp" || event.key === "PageUp")) act(event.key === "ArrowUp" ? "forward" : "next-mark");
    else if (on === slider && (event.key === "ArrowDown" || event.key === "PageDown")) act(event.key === "ArrowDown" ? "back" : "previous-mark");
    else if (event.key === " " && !on.closest("button, a, summary, input:not([type=range])")) act("play");
    else return false;
    return true;
  });
  document.addEventListener("keydown", (event) => {
    const list = document.querySelector("#moments[open]");
    if (event.key !== "Escape" || !list) return;
    list.removeAttribute("open");
    list.querySelector("summary")?.focus();
  });

  replay.redraw = () => {
    drawDocument();
    keepAddress();
  };
  replay.follow = (on) => {
    state.follow = on;
    drawControls();
  };
  document.documentElement.classList.add("replaying");
  slider.max = String(FINE);
  for (const id of ["player-now", "player-controls"]) region(id).replaceChildren();
  new ResizeObserver(() => render(ruler(scale, marks, bands, slider.clientWidth - THUMB_PX), /** @type {any} */ (region("ruler-scale")))).observe(slider);
  new ResizeObserver(([one]) => {
    // What scrolls beneath the player begins below it.
    document.documentElement.style.setProperty("--player", `${one?.borderBoxSize[0]?.blockSize ?? 0}px`);
  }).observe(region("player"));
  go(past.atPosition(page.at) || 1);
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

/** @param {Element[]} lit */
function bringIntoSight(lit) {
  lit.find((one) => one.getClientRects().length > 0)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
