/**
 * What every page does with the device it is on: it says in which time zone that is, sends what waits, counts what was not
 * received, sees to it that the service worker is there, and clears what was read here when its reader leaves.
 */

import { keptAt, look, note } from "./kept.js";
import { chip } from "./outbox-chip.js";
import { UNSENT_SHOWS_MS, outboxOf } from "./outbox.js";
import { watchSignOut } from "./sign-out.js";
import { render } from "./vendor/lit-html/lit-html.js";
import { onWake } from "./wake.js";

// The server's pages tell times by the same clock as scripts do.
document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; max-age=31536000; samesite=lax`;

const { person = "" } = document.body.dataset;
/** Pages that say how the connection is say this beside it, and the outbox's own page says it at length. */
const told = document.querySelector("#connection, #outbox-page") !== null;
const place = told ? null : document.getElementById("outbox");
/** The page that stands in for one that cannot be had is drawn for nobody; whoever reads it is known to the device alone. */
const isStandIn = document.body.classList.contains("offline");

/** This page's outbox, once it is known whose it is. */
export const outbox = whose().then((reader) => outboxOf(reader));

async function whose() {
  if (!isStandIn) return person;
  const { Store } = await import("./outbox-store.js");
  return Store.open().then((store) => store.reader(), () => ({ id: "" })).then(({ id }) => id);
}

void outbox.then((own) => {
  const draw = () => place && render(chip(), place);
  const drawSoon = () => {
    draw();
    if (own.commands.some(({ state }) => state === "waiting")) setTimeout(late, UNSENT_SHOWS_MS + 50);
  };
  const late = () => {
    draw();
    if (own.mine.some(({ state, at }) => state === "waiting" && Date.now() - at > UNSENT_SHOWS_MS)) void stay();
  };
  own.listen(drawSoon);
  drawSoon();
  addEventListener("beforeunload", (event) => {
    const lost = own.mine.some(({ id, state }) => state !== "answered" && own.isHeld(id));
    if (lost) event.preventDefault();
  });
  if (!keptAt && !isStandIn) void met(own);
});

let asked = false;
/** Ask the browser not to clear this away when space runs short; some ask their user in turn, so not before it matters. */
async function stay() {
  if (asked) return;
  asked = true;
  await navigator.storage?.persist?.();
}

/** @param {import("./outbox.js").Outbox} own */
async function met(own) {
  if (!person && location.pathname !== "/sign-in") return; // a page about an error may not know whose it is
  own.announce(person);
  const store = await own.store;
  // With a service worker the answer's own headers have said it.
  if (navigator.serviceWorker?.controller) return;
  await store?.met(person, document.documentElement.lang, performance.timeOrigin).catch(() => undefined); // as for nobody, then
}

watchSignOut(outbox);

/** The service worker, for reading and writing without a connection; pages without TLS have none. */
async function register() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const first = !workers.controller;
  try {
    await workers.register("/service-worker.js", { type: "module" });
    const { active, sync } = /** @type {any} */ (await workers.ready);
    // This page, and what its scripts have fetched, came before there was anyone to keep it.
    const fetched = performance.getEntriesByType("resource").map(({ name }) => name);
    if (first && !isStandIn) active.postMessage({ keep: [location.href, ...fetched] });
    const own = await outbox;
    let asked = false;
    const ask = () => {
      const waits = own.mine.some(({ state }) => state === "waiting");
      if (waits && !asked) sync?.register("outbox").catch(() => undefined); // some browsers let nobody sync
      asked = waits;
    };
    own.listen(ask);
    ask();
  } catch (error) {
    console.warn("Daybook cannot be opened without a connection in this browser.", error);
  }
}

note();
if (keptAt) onWake(() => void look());
if (document.readyState === "complete") void register();
else addEventListener("load", () => void register());
