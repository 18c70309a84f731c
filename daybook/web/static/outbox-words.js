/**
 * Commands in words, for the list of what was not received: what was to happen, and every word that was typed.
 *
 * A type that is not known here is told by its own name, and its texts are shown all the same.
 */

import { t, when } from "./i18n.js";

/** @typedef {import("./outbox-wire.js").Command} Command */

/** What a command was to do. @param {Pick<Command, "type" | "data">} command */
export function actOf({ type, data }) {
  const code = String(data["indicator"] ?? "");
  switch (type) {
    case "add-evidence":
      return t("Add evidence on {codes}", { codes: listed(data["indicators"]) });
    case "revise-evidence":
      return t("Put evidence on {codes} differently", { codes: listed(data["indicators"]) });
    case "withdraw-evidence":
      return t("Withdraw evidence");
    case "redact-evidence":
      return t("Erase the words of evidence");
    case "give-rating":
      return t("Rate {code}", { code });
    case "withdraw-rating":
      return t("Withdraw my rating of {code}", { code });
    case "reveal-ratings":
      return t("Reveal {code}", { code });
    case "record-consensus":
      return t("Record the consensus on {code}", { code });
    case "redact-consensus":
      return t("Erase the words of the consensus on {code}", { code });
    case "open-review":
      return t("Open the review");
    case "join-review":
      return t("Join the review");
    case "close-review":
      return t("Close the review");
    default:
      return plain(type);
  }
}

/** @param {unknown} codes */
function listed(codes) {
  return Array.isArray(codes) ? codes.join(", ") : "";
}

/** @param {string} type */
function plain(type) {
  const words = type.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const NAMES = /^(.*_)?(id|review|plan|outcomes|school|indicators?|evidence|person|source|stance|strategy|priority|step|measure|type|kind|status|lang|answer)$/;

/**
 * The texts in a command's data, wherever they are in it, in their order: sentences and notes, not names and codes.
 *
 * @param {unknown} data
 * @returns {string[]}
 */
export function textsOf(data) {
  if (Array.isArray(data)) return data.flatMap((one) => (typeof one === "string" ? [] : textsOf(one)));
  if (data === null || typeof data !== "object") return [];
  return Object.entries(data).flatMap(([field, value]) => {
    if (typeof value !== "string") return textsOf(value);
    return value && !NAMES.test(field) ? [value] : [];
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

/** The answer that a rating or a consensus gives, after a colon. @param {Pick<Command, "data">} command */
export function answer({ data }) {
  const value = data["answer"] ?? data["level"];
  if (value === "insufficient-evidence") return `: ${t("Insufficient evidence")}`;
  if (value === "abstain") return `: ${t("Abstain")}`;
  return typeof value === "number" ? `: ${t("level {n}", { n: value })}` : "";
}
