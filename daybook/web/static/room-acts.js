/** What happens when something in the room is typed, pressed or sent. */

import { uuid } from "./commands.js";
import { number, t } from "./i18n.js";
import { commandOf, draftOf, faultsOf } from "./room-forms.js";
import { tabs } from "./room-tabs.js";

/** @typedef {import("./room.js").Desk} Desk */

const TYPING_MS = 4_000;

/** @param {Desk} desk */
export function listen(desk) {
  const room = /** @type {HTMLElement} */ (document.getElementById("room"));
  room.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(desk, /** @type {HTMLFormElement} */ (event.target));
  });
  room.addEventListener("input", (event) => typed(desk, /** @type {HTMLElement} */ (event.target)));
  room.addEventListener("click", (event) => pressed(desk, event));
  // `toggle` does not bubble, so it is caught on its way down.
  room.addEventListener("toggle", (event) => {
    const details = /** @type {HTMLDetailsElement} */ (event.target);
    if (details.dataset["fold"] !== "adding" || desk.own.adding === details.open) return;
    desk.own.adding = details.open;
    desk.page.update();
  }, true);
  document.addEventListener("click", (event) => foldOthers(/** @type {Element} */ (event.target)));
  tabs();
}

/** @param {Desk} desk @param {HTMLFormElement} form */
function submit(desk, form) {
  const { type, data } = commandOf(form);
  const key = form.dataset["form"] ?? "act";
  const faults = Object.entries(faultsOf(type, data));
  if (faults.length > 0) {
    desk.own.faults[key] = Object.fromEntries(faults.map(([field, fault]) => [field, sentence(fault, data, field)]));
    desk.drafts.set(key, draftOf(form));
    desk.page.update();
    const name = faults[0]?.[0] ?? "";
    queueMicrotask(() => /** @type {HTMLElement | null} */ (form.querySelector(`[name="${name}"]`))?.focus());
    return;
  }
  delete desk.own.faults[key];
  delete desk.own.faults["act"];
  const refused = [...desk.drafts.refusedIn(key), ...desk.drafts.refusedIn("act")];
  if (type === "add-evidence") {
    const { source, setting = "" } = /** @type {Record<string, string>} */ (data);
    desk.drafts.clear(key, { source: source ?? "", setting });
    desk.page.send(type, { ...data, evidence: `e-${uuid()}` });
    desk.page.say(t("Noted."));
    /** @type {HTMLElement | null} */ (form.querySelector("textarea"))?.focus();
  } else {
    if (type === "withdraw-rating") desk.drafts.clear(`rate:${data["indicator"]}`);
    if (type === "revise-evidence") stopRevising(desk, String(data["evidence"]));
    desk.drafts.clear(key);
    fold(form.closest("details[data-confirm]"));
    desk.page.send(type, data);
  }
  desk.page.settle(refused); // once the new words are kept
  desk.putBack();
}

/** @param {ReturnType<typeof faultsOf>[string]} fault @param {Record<string, any>} data @param {string} field */
function sentence(fault, data, field) {
  const most = field === "setting" || field === "reason" ? 200 : 10_000;
  return {
    choose: t("Choose a level, “Insufficient evidence” or “Abstain”."),
    source: t("Choose where this comes from."),
    stance: t("Say whether it supports or challenges the indicator."),
    about: t("Choose at least one indicator."),
    words: t("Write what was seen or said."),
    long: t("Shorten this to {n} characters.", { n: number(most) }),
    level: t("Choose the level the team agreed on."),
    why: t("Write why the team agreed on this level."),
    reason: t("Write why these words must go."),
  }[fault ?? "words"];
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let quiet;

/** @param {Desk} desk @param {HTMLElement} field */
function typed(desk, field) {
  const form = field.closest("form");
  const key = form?.dataset["form"];
  if (!form || !key) return;
  desk.drafts.set(key, draftOf(form));
  desk.page.update();
  if (key.startsWith("rate:")) return; // nobody is told when a choice is being made
  if (quiet === undefined) desk.signal(true);
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    quiet = undefined;
    desk.signal(false);
  }, TYPING_MS);
}

/** @param {Desk} desk @param {MouseEvent} event */
function pressed(desk, event) {
  const target = /** @type {Element} */ (event.target);
  const link = /** @type {HTMLElement | null} */ (target.closest("[data-code]"));
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (link?.dataset["code"] && !elsewhere) {
    event.preventDefault();
    desk.choose(link.dataset["code"]);
    return;
  }
  const button = /** @type {HTMLElement | null} */ (target.closest("[data-do]"));
  if (!button || elsewhere) return;
  act(desk, button, event);
}

/** @param {Desk} desk @param {HTMLElement} button @param {MouseEvent} event */
function act(desk, button, event) {
  const item = button.dataset["evidence"] ?? "";
  switch (button.dataset["do"]) {
    case "evidence-one":
    case "evidence-all":
      event.preventDefault();
      desk.filter(button.dataset["do"] === "evidence-all");
      break;
    case "show-new":
      desk.own.held.clear();
      desk.page.update();
      document.querySelector(".room-side")?.scrollTo({ top: 0 });
      document.getElementById("evidence-title")?.focus();
      break;
    case "revise":
      revise(desk, item);
      break;
    case "stop-revising":
      letGo(desk, item);
      desk.page.putAside(desk.drafts.refusedIn(`evidence:${item}`));
      stopRevising(desk, item);
      desk.page.update();
      break;
    case "to-consensus": {
      event.preventDefault();
      const form = document.getElementById("consensus-form");
      if (!document.getElementById("rate")?.offsetParent) location.replace("#rate");
      form?.scrollIntoView({ block: "start" });
      /** @type {HTMLElement | null} */ (form?.querySelector("input[name=level]") ?? null)?.focus({ preventScroll: true });
      break;
    }
    case "add-dissent":
      addDissent(desk, button);
      break;
    case "fold":
      fold(/** @type {HTMLDetailsElement | null} */ (button.closest("details")));
      break;
  }
}

/** @param {Desk} desk @param {string} item */
function revise(desk, item) {
  desk.own.revising = [...desk.own.revising, item];
  desk.page.update();
  queueMicrotask(() => document.getElementById(`text-${item}`)?.focus());
}

/** Offer the words of a note that its author stops revising. @param {Desk} desk @param {string} item */
function letGo(desk, item) {
  const key = `evidence:${item}`;
  const written = desk.drafts.get(key);
  if (!written || !desk.drafts.busy(key)) return;
  desk.undo.letGo((said) => desk.page.say(said), () => {
    desk.drafts.set(key, written);
    revise(desk, item);
  });
}

/** @param {Desk} desk @param {string} item */
function stopRevising(desk, item) {
  desk.own.revising = desk.own.revising.filter((one) => one !== item);
  desk.drafts.clear(`evidence:${item}`);
  delete desk.own.faults[`evidence:${item}`];
}

/** @param {Desk} desk @param {HTMLElement} button */
function addDissent(desk, button) {
  const form = button.closest("form");
  const key = form?.dataset["form"];
  if (!form || !key) return;
  const draft = draftOf(form);
  const texts = /** @type {string[]} */ (draft["dissent_text"] ?? []);
  desk.drafts.set(key, { ...draft, dissent_text: [...texts, ""] });
  desk.page.update();
  queueMicrotask(() => /** @type {HTMLElement | null} */ (form.querySelector(".dissent-row:last-of-type textarea"))?.focus());
}

/** Fold something, with the focus on what opens it again. @param {HTMLDetailsElement | null} details */
export function fold(details) {
  details?.removeAttribute("open");
  /** @type {HTMLElement | null} */ (details?.querySelector("summary") ?? null)?.focus();
}

/** Fold a question that is open when something else is pressed. @param {Element} target */
function foldOthers(target) {
  for (const details of document.querySelectorAll("details[data-confirm][open]")) {
    if (!details.contains(target)) details.removeAttribute("open");
  }
}
