/**
 * Words, dates and numbers in the reader's language.
 *
 * English sentences are the keys. The page carries a catalogue of the other language, as JSON in
 * `#messages`; a sentence that it lacks is shown in English. Placeholders are names in braces. A
 * sentence that counts has two forms, and its catalogue entry is a pair under the first of them.
 */

/** @type {Record<string, string | [string, string]>} */
const catalogue = readJson("messages", {});

export const lang = globalThis.document?.documentElement.lang || "en";

/**
 * The JSON that a page carries in `<script type="application/json" id=…>`.
 *
 * @template T
 * @param {string} id
 * @param {T} otherwise what to answer when the page has none
 * @returns {T}
 */
export function readJson(id, otherwise) {
  const text = globalThis.document?.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : otherwise;
}

/**
 * @param {string} sentence
 * @param {Record<string, string | number>} [values]
 */
export function t(sentence, values = {}) {
  const known = catalogue[sentence];
  return fill(typeof known === "string" && known ? known : sentence, values);
}

/**
 * @param {string} one
 * @param {string} many
 * @param {number} n chooses the form, and fills `{n}`
 * @param {Record<string, string | number>} [values]
 */
export function tn(one, many, n, values = {}) {
  const known = catalogue[one];
  const [single, several] = Array.isArray(known) ? known : [one, many];
  return fill(n === 1 ? single : several, { n, ...values });
}

/** @param {string} sentence @param {Record<string, string | number>} values */
function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

const MOST_KEPT = 2_000;

const times = new Intl.DateTimeFormat(`${lang}-US`, { hour: "numeric", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(`${lang}-US`, { day: "numeric", month: "short", year: "numeric" });
const longCalendar = new Intl.DateTimeFormat(`${lang}-US`, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const numbers = new Intl.NumberFormat(`${lang}-US`);

/** The time of an instant, after its day, in the order of every page, unless that is today. @param {string} iso */
export function when(iso) {
  return new Date(iso).toDateString() === new Date().toDateString() ? clock(iso) : `${plainDay(iso)}, ${clock(iso)}`;
}

/** The time of day of an instant, with a space in it that no line breaks at. */
export const clock = kept((iso) => times.format(new Date(iso)).replaceAll(" ", "\u202f"));

/** The day of an instant, as in “24 Nov 2026”. */
export const plainDay = kept((iso) => {
  const { day = "", month = "", year = "" } = parts(calendar, iso);
  return `${day} ${month} ${year}`;
});

/** The day of an instant in full, as in “Tuesday 24 November 2026”. */
export const longDay = kept((iso) => t("{weekday} {day} {month} {year}", parts(longCalendar, iso)));

/**
 * Keep what was said of the same instants before: putting a date in words is slow, and a page says the same few again and again.
 *
 * @param {(iso: string) => string} say
 * @returns {(iso: string) => string}
 */
function kept(say) {
  /** @type {Map<string, string>} */
  const known = new Map();
  return (iso) => {
    const said = known.get(iso) ?? say(iso);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(iso, said);
    return said;
  };
}

/** @param {Intl.DateTimeFormat} format @param {string} iso @returns {Record<string, string>} */
function parts(format, iso) {
  return Object.fromEntries(format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
}

/** A day of the calendar, in the order of every page; `iso` such as 2026-03-17. */
export const calendarDay = kept((iso) => {
  const [year = 0, month = 1, day = 1] = iso.split("-").map(Number);
  const part = Object.fromEntries(calendar.formatToParts(new Date(year, month - 1, day)).map(({ type, value }) => [type, value]));
  return `${part["day"]} ${part["month"]} ${part["year"]}`;
});

/** The day of an instant as forms and entries have it, such as 2026-03-17. */
export const isoDay = kept((iso) => {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
});

/** @param {number} value */
export function number(value) {
  return numbers.format(value);
}
