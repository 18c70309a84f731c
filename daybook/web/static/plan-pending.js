/**
 * A plan's view with my own pending commands on top, so that what I write stands in the plan at once.
 *
 * An entry that a pending command changed says so by `sending`. What others must see to make it a fact, such as the
 * adoption of the plan or the closing of a refinement, waits for the server.
 */

import { counted } from "./counted.js";
import { parentOf, split, wordsOf } from "./plan-view.js";

/**
 * @typedef {Record<string, any>} View
 * @typedef {import("./commands.js").Pending} Pending
 */

/**
 * @param {View} confirmed
 * @param {Pending[]} pending
 * @param {string} me
 * @returns {View}
 */
export function withPending(confirmed, pending, me) {
  if (pending.length === 0) return confirmed;
  const view = { ...confirmed };
  for (const command of pending) put(view, command, me);
  return view;
}

/** @param {View} view @param {Pending} command @param {string} me */
function put(view, { type, data: said, at, received }, me) {
  const data = /** @type {Record<string, any>} */ (said);
  const when = new Date(at).toISOString();
  const sending = received === null;
  const set = (/** @type {string} */ key, /** @type {Record<string, unknown>} */ changes) => {
    if (view[key]) view[key] = { ...view[key], ...changes, sending };
  };
  const word = (/** @type {string} */ passage, /** @type {string} */ wording, /** @type {string} */ text) => {
    view[`text:${passage}`] = { kind: "text", passage, wording, text, by: me, at: when, proposal: null, proposed_by: null, sending };
  };
  switch (type) {
    case "word-passage":
      if (wordsOf(view, data["passage"])?.wording !== data["wording"]) word(data["passage"], data["wording"], data["text"]);
      break;
    case "add-priority":
      add(view, `priority:${data["priority"]}`, "plan", data["after"] ? `priority:${data["after"]}` : null, {
        kind: "priority", priority: data["priority"], outcome: data["outcome"] ?? null, rubric: data["rubric"] ?? null,
        indicators: data["indicators"] ?? [], sending,
      }) && word(`priority:${data["priority"]}`, data["priority"], data["text"]);
      break;
    case "add-strategy": {
      const part = `strategy:${data["strategy"]}`;
      const { strategy, priority, title, if_, then } = data;
      if (add(view, part, `priority:${priority}`, data["after"] ?? null, { kind: "strategy", strategy, priority, owner: data["owner"] ?? null, sending })) {
        word(`${part}:title`, strategy, title);
        word(`${part}:if`, strategy, if_);
        word(`${part}:then`, strategy, then);
      }
      break;
    }
    case "add-action":
    case "add-measure":
    case "request-support":
      addUnderStrategy(view, type, data, when, me, sending) && word(partMade(type, data), split(partMade(type, data))[1], data["text"]);
      break;
    case "move-part":
      move(view, data["part"], data["under"] ?? "plan", data["after"] ?? null);
      set(data["part"], {});
      break;
    case "retire-part":
      set(data["part"], { retired_at: when, reason: data["reason"] });
      break;
    case "restore-part":
      set(data["part"], { retired_at: null, reason: null });
      break;
    case "assign-part":
      set(data["part"], { owner: data["owner"] ?? null });
      break;
    case "fund-strategy":
      set(`strategy:${data["strategy"]}`, { funding: data["amount"], funding_source: data["source"] });
      break;
    case "schedule-action":
      set(`action:${data["action"]}`, { due: data["due"] ?? null });
      break;
    case "report-action":
      set(`action:${data["action"]}`, { status: data["status"], note: data["note"] ?? null, reported_by: me, reported_at: when });
      break;
    case "set-target":
      set(`measure:${data["measure"]}`, { baseline: data["baseline"], target: data["target"] });
      break;
    case "take-reading": {
      const { measure, reading, on, value } = data;
      const key = `reading:${measure}:${reading}`;
      if (view[`measure:${measure}`]) view[key] ??= { kind: "reading", measure, reading, on, value, note: data["note"] ?? null, by: me, withdrawn: false, sending };
      break;
    }
    case "withdraw-reading":
      set(`reading:${data["measure"]}:${data["reading"]}`, { withdrawn: true, reason: data["reason"] });
      break;
    case "answer-support":
      set(`support:${data["support"]}`, {
        answer: data["answer"], words: data["text"], answered: counted("answer", view[`support:${data["support"]}`]?.answered), answered_by: me, answered_at: when,
      });
      break;
    default:
      putTalk(view, type, data, when, me, sending);
  }
}

/** @param {View} view @param {string} type @param {Record<string, any>} data @param {string} when @param {string} me @param {boolean} sending */
function putTalk(view, type, data, when, me, sending) {
  const set = (/** @type {string} */ key, /** @type {Record<string, unknown>} */ changes) => {
    if (view[key]) view[key] = { ...view[key], ...changes, sending };
  };
  switch (type) {
    case "hold-check-in": {
      const { check_in, strategy, on, status } = data;
      const said = { check_in, strategy, on, status, note: data["note"], barriers: data["barriers"] ?? null, by: me, at: when };
      view[`check-in:${check_in}`] ??= { kind: "check-in", ...said, sending };
      const latest = view[`status:${strategy}`];
      if (!latest || latest.on <= on) view[`status:${strategy}`] = { kind: "status", strategy, status, on, check_in, sending };
      break;
    }
    case "propose-change": {
      const { proposal, text } = data;
      const about = { passage: data["passage"] ?? null, under: data["under"] ?? null, why: data["why"] ?? null, replaces: data["replaces"] ?? null };
      const said = { proposal, person: me, text, ...about, at: when, outcome: "waiting", answered_by: null, answered_at: null, reason: null, sending };
      view[`proposal:${proposal}`] ??= { kind: "proposal", ...said };
      view[`mine:${proposal}`] ??= { kind: "my-proposal", ...said };
      break;
    }
    case "decline-proposal":
    case "withdraw-proposal": {
      const outcome = type === "decline-proposal" ? "declined" : "withdrawn";
      for (const key of [`proposal:${data["proposal"]}`, `mine:${data["proposal"]}`]) {
        set(key, { outcome, reason: data["reason"] ?? null, answered_by: me, answered_at: when });
      }
      break;
    }
    case "cite-evidence":
    case "remove-citation": {
      const key = `refinement:${data["refinement"]}`;
      const citation = { review: null, ...data["citation"] };
      const others = (view[key]?.citations ?? []).filter((/** @type {any} */ one) => !sameCitation(one, citation));
      set(key, { citations: type === "cite-evidence" ? [...others, citation] : others });
      break;
    }
    case "agree-to-refinement":
    case "withdraw-agreement": {
      const key = `refinement:${data["refinement"]}`;
      const [agreed, overtaken] = ["agreed", "overtaken"].map((who) => (view[key]?.[who] ?? []).filter((/** @type {string} */ one) => one !== me));
      set(key, { agreed: type === "agree-to-refinement" ? [...agreed, me] : agreed, overtaken });
      break;
    }
    case "reflect-on-priority": {
      const { priority, wording, text, carries } = data;
      view[`reflection:${priority}`] = { kind: "reflection", priority, carries, by: me, at: when, sending };
      view[`text:reflection:${priority}`] = { kind: "text", passage: `reflection:${priority}`, wording, text, by: me, at: when, proposal: null, proposed_by: null, sending };
      break;
    }
  }
}

/** @param {any} one @param {any} other */
export function sameCitation(one, other) {
  return one.kind === other.kind && one.item === other.item && (one.review ?? null) === (other.review ?? null);
}

/** The part that a command adds. @param {string} type @param {Record<string, any>} data */
function partMade(type, data) {
  const kind = { "add-action": "action", "add-measure": "measure" }[type] ?? "support";
  return `${kind}:${data[kind]}`;
}

/** @param {View} view @param {string} type @param {Record<string, any>} data @param {string} at @param {string} me @param {boolean} sending */
function addUnderStrategy(view, type, data, at, me, sending) {
  const part = partMade(type, data);
  const [kind, id] = split(part);
  const { strategy } = data;
  const about = {
    action: { owner: data["owner"] ?? null, due: data["due"] ?? null, status: "not-started", note: null },
    measure: { unit: data["unit"], baseline: data["baseline"], target: data["target"], lower_is_better: Boolean(data["lower_is_better"]), owner: null },
    support: { need: data["need"], by: me, at, owner: null, answer: null, words: null },
  }[/** @type {"action" | "measure" | "support"} */ (kind)];
  return add(view, part, `strategy:${strategy}`, data["after"] ?? null, { kind, [kind]: id, strategy, ...about, sending });
}

/** Add a part that is not there yet. @param {View} view @param {string} part @param {string} under @param {string | null} after @param {Record<string, unknown>} entry */
function add(view, part, under, after, entry) {
  if (part in view || (under !== "plan" && !(under in view))) return false;
  view[part] = { retired_at: null, reason: null, ...entry };
  const parts = view[`order:${under}`]?.parts ?? [];
  place(view, part, under, after === null || parts.includes(after) ? after : parts.at(-1) ?? null);
  return true;
}

/** @param {View} view @param {string} part @param {string} under @param {string | null} after */
function move(view, part, under, after) {
  if (!(part in view)) return;
  const from = `order:${parentOf(view, part)}`;
  if (view[from]) view[from] = { ...view[from], parts: view[from].parts.filter((/** @type {string} */ one) => one !== part) };
  if (view[part].kind === "strategy") view[part] = { ...view[part], priority: split(under)[1] };
  else if (view[part].kind !== "priority") view[part] = { ...view[part], strategy: split(under)[1] };
  place(view, part, under, after);
}

/** @param {View} view @param {string} part @param {string} under @param {string | null} after first, where it is null or gone */
function place(view, part, under, after) {
  const key = `order:${under}`;
  const parts = (view[key]?.parts ?? []).filter((/** @type {string} */ one) => one !== part);
  parts.splice(after === null ? 0 : parts.indexOf(after) + 1, 0, part);
  view[key] = { kind: "order", under, parts };
}
