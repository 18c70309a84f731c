/** What the service worker keeps on the device: the files of releases, and what its reader has opened. */

import { KEPT_AT, MOST_KEPT, TITLE, cacheOf, personOf } from "./offline-paths.js";
import { Store } from "./outbox-store.js";

const FILES = "daybook-files-";
const MOST_RELEASES = 3; // besides those that kept pages need; pages that are still open may be of one of them
const RELEASE = /"\/static\/([0-9a-f]{12})\//;
const OF_RELEASE = "daybook-release";

export class Device {
  /** @type {Promise<Store> | null} */
  #store = null;
  #release;

  /** @param {import("./worker.js").Release} release */
  constructor(release) {
    this.#release = release;
  }

  /** Fetch the files of this release, all or nothing. */
  async install() {
    const cache = await caches.open(FILES + this.#release.release);
    const fallbacks = Object.values(this.#release.fallbacks);
    await cache.addAll([...this.#release.files, ...fallbacks.map((path) => new Request(path, { credentials: "omit" }))]);
  }

  /** Let go of releases that nobody needs any more. */
  async tidy() {
    const names = await caches.keys();
    const needed = new Set([this.#release.release]);
    for (const name of names.filter((name) => personOf(name) !== undefined)) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        needed.add((await cache.match(request))?.headers.get(OF_RELEASE) ?? "");
      }
    }
    const releases = names.filter((name) => name.startsWith(FILES)); // oldest first
    for (const name of releases.slice(0, -MOST_RELEASES)) {
      if (!needed.has(name.slice(FILES.length))) await caches.delete(name);
    }
  }

  /** A file of the release that its address names; a plain address means the file of now, or of this release. @param {Request} request */
  async file(request) {
    const { pathname } = new URL(request.url);
    const named = /^\/static\/[0-9a-f]{12}\//.test(pathname);
    if (named) return (await caches.match(request.url)) ?? fetch(request);
    try {
      return await fetch(request);
    } catch (error) {
      const kept = await caches.match(pathname.replace("/static/", `/static/${this.#release.release}/`));
      if (kept) return kept;
      throw error;
    }
  }

  /** Who reads on this device. */
  async reader() {
    return (await this.#open()).reader();
  }

  /**
   * Take in whose an answer is.
   *
   * @param {Response} response
   * @param {number} asked when it was asked for
   * @returns {Promise<boolean>} whether it may be kept: it is a whole answer of the server's, for who reads here now
   */
  async met(response, asked) {
    const person = response.headers.get("daybook-person");
    if (person === null) return false; // not the server's own words
    const { before, after } = await (await this.#open()).met(person, response.headers.get("content-language") ?? "", asked);
    if (person && before.last !== person) await this.#forgetOthers(person);
    return Boolean(person) && after.id === person && response.status === 200;
  }

  /** Keep an answer for its reader. @param {Response} response @param {number} asked @param {string} key */
  async keep(response, asked, key) {
    const person = response.headers.get("daybook-person") ?? "";
    const headers = new Headers(response.headers);
    const body = await response.text();
    headers.set(KEPT_AT, new Date(asked).toISOString());
    headers.set(OF_RELEASE, RELEASE.exec(body)?.[1] ?? "");
    headers.set(TITLE, encodeURIComponent(plain(/<title>([^<]*)<\/title>/.exec(body)?.[1] ?? "")));
    const cache = await caches.open(cacheOf(person));
    await cache.put(key, new Response(body, { headers }));
    const keys = await cache.keys(); // oldest first: what is put again comes last
    for (const old of keys.slice(0, -MOST_KEPT)) await cache.delete(old);
    if ((await this.reader()).id !== person) await caches.delete(cacheOf(person)); // they signed out just now
  }

  /** What the reader has opened under this key, marked as of then. @param {string} key */
  async kept(key) {
    try {
      const { id } = await this.reader();
      if (!id || !(await caches.has(cacheOf(id)))) return undefined;
      const found = await (await caches.open(cacheOf(id))).match(key);
      if (!found) return undefined;
      const at = found.headers.get(KEPT_AT) ?? "";
      const headers = new Headers(found.headers);
      headers.delete("content-length");
      const html = headers.get("content-type")?.startsWith("text/html");
      const body = await found.text();
      return new Response(html ? body.replace("<body ", `<body data-kept="${at}" `) : body, { headers });
    } catch {
      return undefined; // a browser that keeps nothing
    }
  }

  /** The page for when there is no connection, in the reader's language. @param {URL} url */
  async fallback(url) {
    const asked = url.searchParams.get("lang");
    const { lang } = await this.reader().catch(() => ({ lang: "" }));
    const known = this.#release.fallbacks;
    const path = known[asked ?? ""] ?? known[lang] ?? Object.values(known)[0] ?? "/";
    return (await caches.match(path)) ?? Response.error();
  }

  /** The reader leaves: what they have read goes; what was not received stays. @param {boolean} owed whether the server has yet to hear of it */
  async forget(owed) {
    const store = await this.#open();
    await store.left(owed);
    await this.#forgetOthers("");
    const channel = new BroadcastChannel("daybook.outbox");
    channel.postMessage({ person: "" });
    channel.close();
  }

  /**
   * Tell the server of somebody who signed out without a connection, before anything else is asked of it.
   *
   * @returns {Promise<boolean>} false while that cannot be done: their session still stands, and must serve nobody
   */
  async settleSignOut() {
    const store = await this.#open().catch(() => null);
    if (!store || !(await store.reader()).owed) return true;
    const told = await fetch("/sign-out", { method: "POST", redirect: "manual" }).catch(() => null);
    if (told?.type !== "opaqueredirect") return false;
    await store.left(false);
    return true;
  }

  /** @param {string} person */
  async #forgetOthers(person) {
    const others = (await caches.keys()).filter((name) => ![undefined, person].includes(personOf(name)));
    await Promise.all(others.map((name) => caches.delete(name)));
    await (await this.#open()).forget((whose) => whose !== person);
  }

  /** @returns {Promise<Store>} */
  #open() {
    this.#store ??= Store.open().catch((error) => {
      this.#store = null;
      throw error;
    });
    return this.#store;
  }
}

/** @param {string} html */
function plain(html) {
  const known = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'" };
  return html.replace(/&(amp|lt|gt|#34|#39);/g, (entity) => known[/** @type {keyof typeof known} */ (entity)]).replace(/ – Daybook$/, "");
}
