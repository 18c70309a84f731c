/**
 * Commands in words, for the list of what was not received: what was to happen, and every word that was typed.
 *
 * A type that is not known here is told by its own name, and its texts are shown all the same.
 */

import { calendarDay, number, t, when } from "./i18n.js";
import { acts } from "./outbox-acts.js";

/** @typedef {import("./outbox-wire.js").Command} Command */

/** What a command was to do. @param {Pick<Command, "type" | "data">} command */
export function actOf({ type, data }) {
  const codes = data["indicator"] ?? data["indicators"] ?? "";
  const code = Array.isArray(codes) ? codes.filter((one) => typeof one === "string").join(", ") : String(codes);
  return acts(code)[type] ?? plain(type);
}

/** @param {string} type */
function plain(type) {
  const words = type.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const A_DAY = /^\d{4}-\d\d-\d\d$/;

/** Fields that people type into; others hold ids and codes, unless there are several words in them. */
const TYPED = new Set([
  "text", "title", "if_", "then", "note", "barriers", "reason", "why", "rationale", "setting", "statement", "school_commitment",
  "home_commitment", "name", "version", "unit", "due", "on", "date",
]);

/**
 * What was typed in a command's data, wherever it is in it, in its order.
 *
 * @param {unknown} data
 * @returns {string[]}
 */
export function textsOf(data) {
  if (Array.isArray(data)) return data.flatMap((one) => (typeof one === "string" ? [] : textsOf(one)));
  if (data === null || typeof data !== "object") return [];
  return Object.entries(data).flatMap(([field, value]) => {
    if (field === "replaces") return []; // what stood there, which its author has not typed
    if (typeof value !== "string") return textsOf(value);
    return value && (TYPED.has(field) || /\s/.test(value)) ? [A_DAY.test(value) ? calendarDay(value) : value] : [];
  });
}

/**
 * A file of commands that a person or a program can read, and from which each can be sent again.
 *
 * @param {Command[]} commands
 * @param {string} savedAt
 */
export function asJson(commands, savedAt) {
  const kept = commands.map(({ id, type, data, after, stream, person, at, page, state, sentence }) => ({
    id, type, data, ...(after ? { after } : {}), stream, person, written_at: new Date(at).toISOString(), page: page.title,
    state: state === "refused" ? "not-accepted" : "not-received", ...(sentence ? { reason: sentence } : {}),
  }));
  return `${JSON.stringify({ format: "daybook-outbox-1", saved_at: savedAt, commands: kept }, null, 2)}\n`;
}

/** The same to read. @param {Command[]} commands @param {string} savedAt */
export function asText(commands, savedAt) {
  const told = commands.map((command) => {
    const { state, sentence, page, at } = command;
    const head = `${actOf(command)}${answer(command)}\n${[page.title, when(new Date(at).toISOString())].filter(Boolean).join(" · ")}`;
    const fate = state === "refused" ? `${t("Not accepted:")} ${sentence}` : t("Not received yet");
    return [head, fate, ...textsOf(command.data)].join("\n\n");
  });
  return `${t("Daybook: what was not received, as of {when}", { when: when(savedAt) })}\n\n${told.join("\n\n---\n\n")}\n`;
}

/** The level or the number that it is about, after a colon. @param {Pick<Command, "data">} command */
export function answer({ data }) {
  const level = data["answer"] ?? data["level"];
  if (level === "insufficient-evidence") return `: ${t("Insufficient evidence")}`;
  if (level === "abstain") return `: ${t("Abstain")}`;
  if (typeof level === "number") return `: ${t("level {n}", { n: level })}`;
  const figure = data["value"] ?? data["amount"] ?? data["target"];
  return typeof figure === "number" ? `: ${number(figure)}` : "";
}
