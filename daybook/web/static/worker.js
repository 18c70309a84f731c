/**
 * The service worker: pages and files without a connection, and the outbox when no page is open.
 *
 * A page comes from the network while that answers, and from the device when it does not or is slow. What is kept is
 * one person's, and is given back only while the device knows them to be its reader: who that is every answer of
 * the server says, and signing out ends it. Files are named by release, so a page finds its own ones here, however
 * old it is.
 */

import { isKeptAnswer, isKeptPage, keyOf } from "./offline-paths.js";
import { Outbox } from "./outbox.js";
import { Device } from "./worker-device.js";

/**
 * @typedef {{ release: string, files: string[], fallbacks: Record<string, string> }} Release
 * @typedef {Event & { waitUntil: (done: Promise<unknown>) => void }} Lasting
 * @typedef {Lasting & { request: Request, respondWith: (answer: Promise<Response>) => void }} Asked
 */

const SLOW_MS = 4_000; // a page that was kept is shown when the network has not answered by then
const STORAGE_MS = 1_500;
const AWAY = new Set([502, 503, 504]); // somebody answers, but not Daybook
const scope = /** @type {any} */ (globalThis);

/** @param {Release} release */
export function begin(release) {
  const device = new Device(release);
  scope.addEventListener("install", (/** @type {Lasting} */ event) => {
    // A page never runs files of two releases, so the new worker need not wait for the old pages to go.
    event.waitUntil(device.install().then(() => scope.skipWaiting()));
  });
  scope.addEventListener("activate", (/** @type {Lasting} */ event) => {
    event.waitUntil(device.tidy().then(() => scope.clients.claim()));
  });
  scope.addEventListener("fetch", (/** @type {Asked} */ event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== location.origin) return;
    if (request.mode === "navigate") {
      if (request.method === "GET") event.respondWith(page(device, event, url));
      else event.respondWith(url.pathname === "/sign-out" ? signOut(device, request) : sent(device, request, url));
    } else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
      event.respondWith(device.file(request));
    } else if (request.method === "GET" && isKeptAnswer(url.pathname)) {
      event.respondWith(answer(device, event, url));
    }
  });
  scope.addEventListener("message", (/** @type {Lasting & { data: { keep?: string[] } }} */ event) => {
    event.waitUntil(Promise.all((event.data.keep ?? []).map((address) => keepNow(device, new URL(address)))));
  });
  scope.addEventListener("sync", (/** @type {Lasting & { tag: string }} */ event) => {
    if (event.tag === "outbox") event.waitUntil(flush(device));
  });
}

/**
 * A page: from the network, or as it was kept where that fails, is slow, or where only a proxy answers.
 *
 * @param {Device} device
 * @param {Asked} event
 * @param {URL} url
 */
async function page(device, event, url) {
  if (!(await within(device.settleSignOut(), true))) return device.fallback(url);
  const key = isKeptPage(url.pathname) ? keyOf(url) : null;
  const kept = key ? within(device.kept(key), undefined) : Promise.resolve(undefined);
  const asked = Date.now();
  const network = fetch(event.request).then(async (response) => {
    const away = AWAY.has(response.status);
    // Who reads here must be known before the page runs. Keeping it can go on while it is shown, or after.
    if (!away && (await within(device.met(response, asked), false)) && key) {
      event.waitUntil(device.keep(response.clone(), asked, key).catch(() => undefined));
    }
    return { response, away };
  });
  event.waitUntil(network.catch(() => undefined));
  const late = pause(SLOW_MS).then(async () => ((await kept) ? null : network));
  const got = await Promise.race([network, late]).catch(() => null);
  if (got && !got.away) return got.response;
  const instead = await kept;
  if (instead) return instead;
  return got?.response.headers.has("content-language") ? got.response : device.fallback(url);
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

/** What a promise brings, or something else when it fails or takes too long: storage that hangs must not take the site with it. @template T @param {Promise<T>} promise @param {T} otherwise @returns {Promise<T>} */
function within(promise, otherwise) {
  return Promise.race([promise.catch(() => otherwise), pause(STORAGE_MS).then(() => otherwise)]);
}

/** A form that a page sent by itself. @param {Device} device @param {Request} request @param {URL} url */
async function sent(device, request, url) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const instead = await device.fallback(url);
    if (url.pathname === "/sign-in") return instead; // a password is typed again, and stands in no page
    return withForm(instead, url, await copy.formData());
  }
}

/**
 * The page for when there is no connection, with a form that was not passed on: the one it was typed into is gone,
 * as browsers keep no page that says it is for nobody's cache.
 *
 * @param {Response} page
 * @param {URL} url
 * @param {FormData} form
 */
async function withForm(page, url, form) {
  const fields = [...form].filter((field) => typeof field[1] === "string").map(([name, value]) => [escaped(name), escaped(String(value))]);
  const texts = fields.filter(([, value]) => /\s/.test(value ?? "")).map(([, value]) => `<p class="prose">${value}</p>`);
  const inputs = fields.map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  const html = await page.text();
  const filled = html.replace('method="post" action="" hidden>', () => `method="post" action="${escaped(url.pathname + url.search)}">`);
  return new Response(filled.replace("<div></div>", () => `<div>${inputs.join("")}${texts.join("")}</div>`), { headers: page.headers });
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** @param {Device} device @param {Request} request */
async function signOut(device, request) {
  let response;
  try {
    response = await fetch(request);
  } catch {
    await device.forget(true);
    return Response.redirect("/outbox", 303);
  }
  await device.forget(false);
  return response;
}

/** @param {Device} device @param {Asked} event @param {URL} url */
async function answer(device, event, url) {
  const asked = Date.now();
  try {
    const response = await fetch(event.request);
    if (await within(device.met(response, asked), false)) {
      event.waitUntil(device.keep(response.clone(), asked, keyOf(url)).catch(() => undefined));
    }
    if (!AWAY.has(response.status)) return response;
    return (await device.kept(keyOf(url))) ?? response;
  } catch (error) {
    const kept = await device.kept(keyOf(url));
    if (kept) return kept;
    throw error;
  }
}

/** What was loaded before there was a worker, as far as it is kept at all. @param {Device} device @param {URL} url */
async function keepNow(device, url) {
  if (url.origin !== location.origin || !(isKeptPage(url.pathname) || isKeptAnswer(url.pathname))) return;
  const asked = Date.now();
  const response = await fetch(url, { credentials: "same-origin" }).catch(() => null);
  if (response && !response.redirected && (await device.met(response, asked))) await device.keep(response, asked, keyOf(url));
}

/** @type {Outbox | null} */
let outbox = null;

/** Send what waits; the browser tries again later when this fails. @param {Device} device */
async function flush(device) {
  const { id } = await device.reader();
  if (!id) return;
  if (outbox?.person !== id) {
    outbox?.close();
    outbox = new Outbox(id);
  }
  await outbox.ready;
  if (!(await outbox.flush()) && !outbox.signedOut) throw new Error("The outbox could not be emptied yet.");
}
