/**
 * Forms to commands and back. The room's forms work without scripts, so their fields are the command's
 * own; here the same fields become JSON, and a command that comes back becomes fields again.
 */

/** @typedef {import("./room-drafts.js").Draft} Draft */

const LISTS = new Set(["indicators", "evidence_cited", "dissent_text", "dissent_person"]);
const MOST_TEXT = 10_000;
const MOST_NOTE = 200;

// Control and direction characters come along when text is pasted from a PDF; the server takes none.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Characters as the server counts them. @param {string} text */
export function length(text) {
  return [...text].length;
}

/** @param {HTMLFormElement} form @returns {Draft} what stands in a form, without its hidden fields */
export function draftOf(form) {
  /** @type {Draft} */
  const draft = {};
  for (const element of form.elements) {
    const field = /** @type {HTMLInputElement} */ (element);
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    const chosen = !(field.type === "radio" || field.type === "checkbox") || field.checked;
    if (LISTS.has(field.name)) {
      const list = /** @type {string[]} */ (draft[field.name] ??= []);
      if (chosen) list.push(field.value);
    } else if (chosen) {
      draft[field.name] = field.value;
    }
  }
  return draft;
}

/** The form that a command comes from. @param {string} type @param {Record<string, any>} data */
export function formOf(type, data) {
  switch (type) {
    case "give-rating":
    case "withdraw-rating":
      return `rate:${data["indicator"]}`;
    case "add-evidence":
      return "evidence:new";
    case "revise-evidence":
    case "withdraw-evidence":
      return `evidence:${data["evidence"]}`;
    case "record-consensus":
      return `consensus:${data["indicator"]}`;
    case "redact-evidence":
      return `erase-evidence:${data["evidence"]}`;
    case "redact-consensus":
      return `erase-consensus:${data["indicator"]}`;
    default:
      return "act";
  }
}

/**
 * Fill a form again from a command.
 *
 * @param {string} type
 * @param {Record<string, any>} data
 * @returns {Draft | null} null when the command has no words or choice to give back
 */
export function draftFrom(type, data) {
  const list = (/** @type {any} */ value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
  switch (type) {
    case "give-rating":
      return { answer: String(data["answer"] ?? "") };
    case "add-evidence":
    case "revise-evidence":
      return {
        source: data["source"] ?? "",
        stance: data["stance"] ?? "",
        indicators: list(data["indicators"]),
        text: data["text"] ?? "",
        setting: data["setting"] ?? "",
      };
    case "record-consensus": {
      const dissent = list(data["dissent"]);
            return {
        level: String(data["level"] ?? ""),
        rationale: data["rationale"] ?? "",
        evidence_cited: list(data["evidence"]),
        dissent_text: dissent.map(({ text }) => text ?? ""),
        dissent_person: dissent.map(({ person }) => person ?? ""),
      };
    }
    case "redact-evidence":
    case "redact-consensus":
      return { reason: data["reason"] ?? "" };
    default:
      return null;
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {{ type: string, data: Record<string, unknown> }}
 */
export function commandOf(form) {
  const fields = new FormData(form);
  const said = (/** @type {string} */ name) => String(fields.get(name) ?? "").replace(UNSEEN, "").trim();
  const all = (/** @type {string} */ name) => fields.getAll(name).map(String);
  const type = said("type");
  const review = said("review");
  const indicator = said("indicator");
  switch (type) {
    case "give-rating": {
      const answer = said("answer");
      return { type, data: { review, indicator, answer: /^\d+$/.test(answer) ? Number(answer) : answer } };
    }
    case "add-evidence":
    case "revise-evidence": {
      const [source, stance, text, setting] = [said("source"), said("stance"), said("text"), said("setting")];
      const about = { review, evidence: said("evidence"), source, stance, indicators: all("indicators"), text };
      return { type, data: setting ? { ...about, setting } : about };
    }
    case "withdraw-evidence":
      return { type, data: { review, evidence: said("evidence") } };
    case "redact-evidence":
      return { type, data: { review, evidence: said("evidence"), reason: said("reason") } };
    case "redact-consensus":
      return { type, data: { review, indicator, reason: said("reason") } };
    case "record-consensus": {
      const people = all("dissent_person");
      const dissent = all("dissent_text")
        .map((text, index) => ({ text: text.replace(UNSEEN, "").trim(), person: people[index] || null }))
        .filter(({ text }) => text);
      const [level, rationale] = [Number(said("level")), said("rationale")];
      return { type, data: { review, indicator, level, rationale, evidence: all("evidence_cited"), dissent } };
    }
    case "withdraw-rating":
    case "reveal-ratings":
      return { type, data: { review, indicator } };
    default:
      return { type, data: { review } };
  }
}

/**
 * What keeps a command from being sent, by field in the order of the form; what to say of it is chosen where it is shown.
 *
 * @param {string} type
 * @param {Record<string, any>} data
 * @returns {Record<string, "choose" | "source" | "stance" | "about" | "words" | "long" | "level" | "why" | "reason">}
 */
export function faultsOf(type, data) {
  /** @type {ReturnType<typeof faultsOf>} */
  const faults = {};
  if (type === "give-rating" && data["answer"] === "") faults["answer"] = "choose";
  if (type === "add-evidence" || type === "revise-evidence") {
    if (!data["text"]) faults["text"] = "words";
    else if (length(data["text"]) > MOST_TEXT) faults["text"] = "long";
    if (!data["source"]) faults["source"] = "source";
    if (!data["stance"]) faults["stance"] = "stance";
    if (data["indicators"].length === 0) faults["indicators"] = "about";
    if (length(data["setting"] ?? "") > MOST_NOTE) faults["setting"] = "long";
  }
  if (type === "record-consensus") {
    if (!data["level"]) faults["level"] = "level";
    if (!data["rationale"]) faults["rationale"] = "why";
    else if (length(data["rationale"]) > MOST_TEXT) faults["rationale"] = "long";
  }
  if (type === "redact-evidence" || type === "redact-consensus") {
    if (!data["reason"]) faults["reason"] = "reason";
    else if (length(data["reason"]) > MOST_NOTE) faults["reason"] = "long";
  }
  return faults;
}
