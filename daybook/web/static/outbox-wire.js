/**
 * What goes over the wire for waiting commands, and what an answer means for each of them. Pure.
 *
 * Commands of one stream arrive in the order in which they were made. Within one request each names the
 * one before it as what it builds on, so that none overtakes another that the server could not take yet.
 */

/**
 * @typedef {object} Command
 * @property {string} id
 * @property {string} person whose it is; it is never sent as anybody else's
 * @property {string} stream
 * @property {string} type
 * @property {Record<string, any>} data
 * @property {string | null} after a command without which this one makes no sense
 * @property {number} at when it was made; among the commands of a device also their order
 * @property {{ title: string, href: string }} page where it was written
 * @property {"waiting" | "answered" | "refused"} state
 * @property {number | null} received the last position that the answer named, 0 when nothing had to change
 * @property {string} sentence why it was refused
 * @property {boolean} aside refused, and put aside by its author for later
 *
 * @typedef {{ id: string, type: string, data: Record<string, any>, after?: string }} Line
 * @typedef {{ status: number, body: unknown, retryAfter: number }} Reply `retryAfter` in milliseconds, 0 when not said
 * @typedef {{ state: "answered", received: number } | { state: "refused", sentence: string }} Verdict
 * @typedef {object} Judgement
 * @property {Map<string, Verdict>} verdicts by command; what is not among them waits on
 * @property {boolean} signedOut
 * @property {number | null} again when to try once more, in milliseconds at least; null when nothing stands in the way
 * @property {boolean} single the request as a whole was not taken: what is wrong with it shows when each goes alone
 */

export const MOST_LINES = 100;
const MOST_BYTES = 400_000; // of the 1 MiB that the server takes

/**
 * The next request: as many waiting commands as fit, in order.
 *
 * @param {Command[]} waiting oldest first
 * @param {number} [most]
 * @returns {Line[]} at least one when anything waits
 */
export function request(waiting, most = MOST_LINES) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {Map<string, string>} by stream, its last command among the lines */
  const last = new Map();
  /** @type {Map<string, string>} by line, its stream */
  const streams = new Map();
  /** @type {Set<string>} streams whose other commands go with a later request */
  const later = new Set();
  let bytes = 0;
  for (const { id, stream, type, data, after } of waiting) {
    if (lines.length >= most) break;
    if (later.has(stream)) continue;
    const before = last.get(stream);
    // One line has room for one name. What builds on something outside this stream's lines begins a request.
    if (after && before && streams.get(after) !== stream) {
      later.add(stream);
      continue;
    }
    const builds = before ?? after;
    const line = { id, type, data, ...(builds ? { after: builds } : {}) };
    bytes += new TextEncoder().encode(JSON.stringify(line)).length;
    if (bytes > MOST_BYTES && lines.length > 0) break;
    lines.push(line);
    last.set(stream, id);
    streams.set(id, stream);
  }
  return lines;
}

/**
 * What an answer means for each command that was sent.
 *
 * Only an answer in the server's own words counts: between it and a school's tablet stand proxies and sign-in pages of
 * wireless networks, which also answer, and would make a note look received or refused.
 *
 * @param {Line[]} lines
 * @param {Command[]} waiting those the lines were made from
 * @param {Reply | null} reply null when there was none
 * @returns {Judgement}
 */
export function judge(lines, waiting, reply) {
  /** @type {Judgement} */
  const judgement = { verdicts: new Map(), signedOut: false, again: null, single: false };
  if (reply === null) return { ...judgement, again: 0 };
  const { status, body, retryAfter } = reply;
  if (status === 200 && Array.isArray(body)) return each(lines, waiting, body, judgement);
  const said = /** @type {{ status?: number, message?: string } | null} */ (body);
  const ours = typeof said?.message === "string" && said.status === status;
  if (ours && status === 401) return { ...judgement, signedOut: true };
  if (ours && (status === 400 || status === 413)) {
    const [only] = lines;
    if (lines.length > 1 || !only) return { ...judgement, single: true };
    judgement.verdicts.set(only.id, { state: "refused", sentence: said.message ?? "" });
    return judgement;
  }
  return { ...judgement, again: retryAfter };
}

/** @param {Line[]} lines @param {Command[]} waiting @param {any[]} answers @param {Judgement} judgement @returns {Judgement} */
function each(lines, waiting, answers, judgement) {
  const byId = new Map(answers.map((answer) => [answer?.id, answer]));
  const own = new Map(waiting.map(({ id, after }) => [id, after]));
  const sent = new Set(lines.map(({ id }) => id));
  for (const { id, after } of lines) {
    const answer = byId.get(id);
    const { status, positions, message } = answer ?? {};
    const before = after && sent.has(after) ? (judgement.verdicts.get(after)?.state ?? "waiting") : "answered";
    // Refused for coming before what it follows, not for what it says: it goes again when that is settled.
    const early = status === 409 && (before === "waiting" || (before === "refused" && own.get(id) !== after));
    if (status === 200 && Array.isArray(positions)) {
      judgement.verdicts.set(id, { state: "answered", received: Math.max(0, ...positions) });
    } else if (typeof message === "string" && status >= 400 && status < 500 && status !== 429 && !early) {
      judgement.verdicts.set(id, { state: "refused", sentence: message });
    } else if (!early) {
      judgement.again = 0;
    }
  }
  return judgement;
}
