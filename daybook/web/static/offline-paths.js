/**
 * What can be read without a connection: which addresses are kept on the device, under which name, for whom.
 *
 * To have another page kept, add its path to `PAGES`; it is then kept whenever it is opened, fetched from the server while
 * that answers, and given back as it was when it does not. An answer for a program goes to `ANSWERS`, and is told
 * apart by its whole address. Nothing else under /api or /live is ever answered from the device.
 */

const PAGES = [
  /^\/$/,
  /^\/schools\/[^/]+$/,
  /^\/reviews\/[^/]+$/,
  /^\/plans\/[^/]+$/,
  /^\/outcomes\/[^/]+$/,
  /^\/(reviews|plans|outcomes)\/[^/]+\/replay$/,
];
const NOT_PAGES = [/^\/(reviews|plans|outcomes)\/new$/]; // forms, which are of no use without a connection
const ANSWERS = [/^\/api\/v1\/history\/[^/]+$/];

export const MOST_KEPT = 60; // a person's pages on a device; the one kept longest ago goes first

/** @param {string} path */
export function isKeptPage(path) {
  return PAGES.some((one) => one.test(path)) && !NOT_PAGES.some((one) => one.test(path));
}

/** @param {string} path */
export function isKeptAnswer(path) {
  return ANSWERS.some((one) => one.test(path));
}

/**
 * Under what an address is kept. A page's query says where its reader looks, and its scripts read it again.
 *
 * @param {URL} url
 */
export function keyOf(url) {
  return isKeptAnswer(url.pathname) ? url.pathname + url.search : url.pathname;
}

const KEPT = "daybook-kept-";

/** The name of the cache with what one person can read. @param {string} person */
export function cacheOf(person) {
  return KEPT + person;
}

/** Whose cache it is; undefined for the others. @param {string} name */
export function personOf(name) {
  return name.startsWith(KEPT) ? name.slice(KEPT.length) : undefined;
}

export const KEPT_AT = "daybook-kept-at";
export const TITLE = "daybook-title";

/**
 * The pages that a person can read without a connection, by title.
 *
 * @param {string} person
 * @returns {Promise<{ path: string, title: string, at: string }[]>}
 */
export async function keptPages(person) {
  if (!(await caches.has(cacheOf(person)))) return [];
  const cache = await caches.open(cacheOf(person));
  const found = await Promise.all(
    (await cache.keys()).map(async (request) => {
      const { headers } = (await cache.match(request)) ?? new Response();
      const title = decodeURIComponent(headers.get(TITLE) ?? "");
      return { path: new URL(request.url).pathname, title, at: headers.get(KEPT_AT) ?? "" };
    }),
  );
  return found.filter(({ path, title }) => title && isKeptPage(path)).sort((a, b) => a.title.localeCompare(b.title));
}
