/**
 * Reading without a connection: what was last seen of a stream, and the note that says of when a page is.
 *
 * The service worker keeps pages as the server drew them and marks a page that it gives back. A page that lives
 * also keeps its view here, so that it comes back as it was last seen and not as it was first loaded.
 */

import { t, when } from "./i18n.js";
import { html, nothing, render } from "./vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./outbox-store.js").Kept} Kept
 * @typedef {{ stream: string, epoch: string | null, position: number | null, view: Record<string, any> }} Seen
 */

const KEEP_EVERY_MS = 1_500;

/** When this page was kept, where it comes from the device; an ISO time. */
export const keptAt = globalThis.document?.body.dataset["kept"] ?? "";

/** Pages are kept where a service worker gives them back. */
const keeps = () => Boolean(globalThis.navigator?.serviceWorker?.controller);

/**
 * The page's own view, or the one last seen where the page comes from the device and is older.
 *
 * @template {Seen} S
 * @param {import("./outbox.js").Outbox} outbox
 * @param {S} drawn
 * @param {Record<string, string>} names to which those of people met later are added
 * @returns {Promise<S>}
 */
export async function lastSeen(outbox, drawn, names) {
  if (!keptAt) return drawn;
  const store = await outbox.store;
  const kept = await store?.view(outbox.person, drawn.stream).catch(() => undefined);
  if (!kept || kept.epoch !== drawn.epoch || (kept.position ?? 0) < (drawn.position ?? 0)) return drawn;
  Object.assign(names, { ...kept.names, ...names });
  seenAt = new Date(kept.at).toISOString();
  note();
  return { ...drawn, position: kept.position, view: kept.view };
}

/**
 * Keeps a stream's view as it changes.
 *
 * @param {import("./outbox.js").Outbox} outbox
 * @returns {(seen: Seen, names: Record<string, string>) => void}
 */
export function keeper(outbox) {
  /** @type {Omit<Kept, "at"> | null} */
  let latest = null;
  let timer = 0;
  const write = () => {
    clearTimeout(timer);
    timer = 0;
    const seen = latest;
    latest = null;
    // Without room for it the page still comes back as the server drew it.
    if (seen) void outbox.store.then((store) => store?.keepView(seen)).catch(() => undefined);
  };
  addEventListener("pagehide", write);
  document.addEventListener("visibilitychange", () => document.hidden && write());
  return ({ stream, epoch, position, view }, names) => {
    if (!keeps() || position === null) return;
    latest = { person: outbox.person, stream, epoch, position, view, names };
    timer ||= Number(setTimeout(write, KEEP_EVERY_MS));
  };
}

let seenAt = keptAt;
let current = false;
let reachable = false;

/** The page shows what is true now: it is not called old any more. */
export function isCurrent() {
  if (current || !keptAt) return;
  current = true;
  note();
}

/** Ask whether there is a connection again, and say so: of a page that does not live nothing else would tell. */
export async function look() {
  // Only its own words count: between here and the server stand sign-in pages of networks, which answer too.
  const answer = await fetch("/health/live", { cache: "no-store" }).then((response) => response.text(), () => "");
  if (reachable === (answer === "alive")) return;
  reachable = answer === "alive";
  note();
}

/** Say of when the page is, as long as it is not of now. */
export function note() {
  const place = document.getElementById("kept");
  if (!place || !keptAt) return;
  const said = reachable
    ? t("The connection is back. This page is still as it was {when}.", { when: when(seenAt) })
    : t("No connection. This is how the page was {when}. What you write is kept and sent later.", { when: when(seenAt) });
  const drawn = html`<div class="kept-note" role="status"><p>${said}</p><a href=${location.href}>${t("Load it again")}</a></div>`;
  render(current ? nothing : drawn, place);
}
