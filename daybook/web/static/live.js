/**
 * One stream of the live protocol over a WebSocket, or over long polls where sockets are cut off.
 *
 * Each attempt owns its socket and its timers, and every handler first asks whether its attempt is
 * still the current one: an old socket may close minutes late, and must not disturb its successor.
 */

import { begin, hello, receive, receivePoll } from "./live-state.js";
import { onWake } from "./wake.js";

/**
 * @typedef {import("./live-state.js").LiveState} LiveState
 * @typedef {import("./live-state.js").Change} Change
 * @typedef {"connecting" | "live" | "polling" | "waiting" | "signed-out" | "forbidden" | "reload"} Status
 *   `waiting` is between two attempts; the last three are final
 * @typedef {{ person?: string, stream: string, known: { epoch: string | null, position: number | null, view: Record<string, any> },
 *   onchange: (state: LiveState, applied: Change[]) => void, onstatus: (status: Status) => void }} Options
 */

const GREETING_MS = 10_000; // from opening a socket to its welcome
const PONG_MS = 6_000;
const STEADY_MS = 5_000; // a socket that lasted this long is one that works here
const SOCKET_TRIES = 3; // sockets in a row that did not, before long polls are tried
const POLL_MS = 60_000; // well above what the server waits before it answers with nothing
const FIRST_POLL_MS = [3_000, 3_000, 3_000, 4_000, 4_000, 5_000, 10_000]; // the first is answered at once, or its line is one of a few dead ones
const SOCKET_AGAIN_MS = 60_000; // while polling, after how long a socket is tried again
const SOCKET_AGAIN_MOST_MS = 600_000; // and again, where it never works
const LONGEST_WAIT_MS = 20_000;

/** Half to all of a wait that doubles with each try. @param {number} tries */
function backoff(tries) {
  return Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries) * (0.5 + Math.random() / 2);
}

export class Live {
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {AbortController | null} aborted when the attempt it belongs to is over */
  #attempt = null;
  /** @type {LiveState} */
  #state;
  /** @type {Status} */
  #status = "connecting";
  #client = crypto.getRandomValues(new Uint32Array(2)).join("-");
  #tries = 0;
  #socketFailures = 0;
  #socketAgain = SOCKET_AGAIN_MS;
  #heartbeat = 20_000;
  #heardAt = 0;
  #retryIn = 0;
  /** @type {Record<string, unknown> | null} the last signal, told again to each new connection */
  #signal = null;
  #options;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#state = begin(options.stream, options.known);
    onWake(() => this.#nudge());
    this.#connect();
  }

  /** Say where I look and that I write; never stored, and told again after a reconnection. @param {{ looking_at: string | null, typing: boolean, unsaved?: string[] }} signal */
  signal(signal) {
    this.#signal = { type: "signal", stream: this.#state.stream, ...signal };
    if (this.#status === "live") this.#send(this.#signal);
  }

  /** @param {Status} status */
  #become(status) {
    if (this.#status === status) return;
    this.#status = status;
    this.#options.onstatus(status);
  }

  get #final() {
    return this.#status === "signed-out" || this.#status === "forbidden" || this.#status === "reload";
  }

  /** End the current attempt, whatever its socket still does. @returns {AbortSignal} of the next one */
  #begin() {
    this.#attempt?.abort();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#attempt = new AbortController();
    return this.#attempt.signal;
  }

  /** Run something later, unless the attempt is over by then. @param {() => void} act @param {number} ms @param {AbortSignal} signal */
  #later(act, ms, signal) {
    const timer = setTimeout(act, ms);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    return timer;
  }

  #connect() {
    const signal = this.#begin();
    if (this.#status !== "polling") this.#become("connecting");
    const url = new URL("/live/v1", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url, "daybook.live.v1");
    this.#socket = socket;
    this.#retryIn = 0;
    let openedAt = 0;
    const greeting = this.#later(() => lost(), GREETING_MS, signal);
    const lost = (code = 1006) => {
      if (signal.aborted) return;
      if (openedAt && Date.now() - openedAt > STEADY_MS) {
        this.#tries = 0;
        this.#socketFailures = 0;
        this.#socketAgain = SOCKET_AGAIN_MS;
      } else if (code === 1006 || code === 1011) {
        this.#socketFailures += 1; // without a word from the server: whoever stands between may cut them all short
      }
      this.#lost(code);
    };
    socket.onopen = () => {
      if (signal.aborted) return;
      this.#state = { ...this.#state, behind: false };
      this.#send(hello(this.#state, this.#client, this.#options.person));
    };
    socket.onmessage = ({ data }) => {
      if (signal.aborted) return;
      this.#heardAt = Date.now();
      const frame = JSON.parse(data);
      if (frame.type === "welcome") {
        clearTimeout(greeting);
        openedAt = Date.now();
        this.#heartbeat = frame.heartbeat_ms || this.#heartbeat;
        this.#become("live");
        this.#beat(signal);
        if (this.#signal) this.#send(this.#signal);
      }
      if (frame.type === "bye") this.#retryIn = frame.retry_ms ?? 0;
      this.#take(receive(this.#state, frame));
    };
    socket.onclose = ({ code }) => lost(code);
  }

  /** @param {import("./live-state.js").Step} step */
  #take(step) {
    const before = this.#state;
    this.#state = step.state;
    if (step.ask) this.#send(hello(this.#state, this.#client, this.#options.person));
    if (before.view !== step.state.view || before.people !== step.state.people || before.position !== step.state.position) {
      this.#options.onchange(this.#state, step.applied);
    }
  }

  /** @param {object} message */
  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Ping while it is quiet; a socket that answers nothing is half open and is left behind. @param {AbortSignal} signal */
  #beat(signal) {
    this.#later(() => {
      if (Date.now() - this.#heardAt >= this.#heartbeat) this.#ping(signal);
      this.#beat(signal);
    }, this.#heartbeat, signal);
  }

  /** @param {AbortSignal} signal */
  #ping(signal) {
    const asked = Date.now();
    this.#send({ type: "ping" });
    this.#later(() => this.#heardAt < asked && this.#lost(1006), PONG_MS, signal);
  }

  /** The device woke up, was unlocked, or its network changed. */
  #nudge() {
    if (this.#final || !this.#attempt) return;
    if (this.#status === "live") this.#ping(this.#attempt.signal);
    else if (this.#status === "waiting") this.#connect();
    else if (this.#status === "polling") void this.#poll(this.#begin()); // the question that waits may wait on a dead line
  }

  /** The socket is gone: wait as its close code asks, then try again. @param {number} code */
  #lost(code) {
    const signal = this.#begin();
    if (code === 4401) return this.#become("signed-out");
    if (code === 4403) return this.#become("forbidden");
    if (code === 4409) return this.#become("reload");
    if (code === 4400) this.#state = { ...this.#state, position: null };
    if (this.#socketFailures >= SOCKET_TRIES) return void this.#poll(signal);
    this.#become("waiting");
    const soon = code === 1012 || code === 4408;
    const wait = this.#retryIn + (soon ? Math.random() * 1_000 : backoff(this.#tries++));
    this.#later(() => this.#connect(), wait, signal);
  }

  /** Ask over HTTP for as long as that works, and try a socket now and then. @param {AbortSignal} signal */
  async #poll(signal) {
    const socketAt = Date.now() + this.#socketAgain;
    let answered = false;
    while (!signal.aborted) {
      if (Date.now() >= socketAt) {
        this.#socketAgain = Math.min(SOCKET_AGAIN_MOST_MS, 2 * this.#socketAgain);
        return this.#connect();
      }
      // The first question is for a snapshot, which is answered at once and shows that this way is open.
      const askedAt = Date.now();
      const response = await this.#ask(signal, answered ? this.#state.position : null);
      if (signal.aborted) return;
      answered = true;
      if (response?.ok) {
        const answer = await response.json();
        this.#become("polling");
        this.#tries = 0;
        this.#take(receivePoll(this.#state, answer));
        continue;
      }
      if (response?.status === 401) return this.#become("signed-out");
      if (response?.status === 403) return this.#become("forbidden");
      this.#become("waiting");
      const silent = !response && Date.now() - askedAt >= 3_000; // which was a wait already
      this.#later(() => this.#connect(), silent ? 200 : backoff(this.#tries), signal);
      this.#tries += 1;
      return;
    }
  }

  /** One long poll; null without an answer. @param {AbortSignal} signal @param {number | null} after */
  async #ask(signal, after) {
    const { stream, epoch } = this.#state;
    const known = after === null ? {} : { after: String(after), ...(epoch ? { epoch } : {}) };
    const asking = new AbortController();
    const stop = () => asking.abort();
    signal.addEventListener("abort", stop, { once: true });
    const patience = after === null ? (FIRST_POLL_MS[this.#tries] ?? 15_000) : POLL_MS;
    const timer = this.#later(stop, patience, signal);
    const { person } = this.#options;
    try {
      return await fetch(`/api/v1/live?${new URLSearchParams({ stream, ...known })}`, {
        signal: asking.signal,
        headers: person ? { "daybook-person": person } : {},
      });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }
}
