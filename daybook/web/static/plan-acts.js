/** What can be pressed in the plan besides its forms, and the single keys. */

import { uuid } from "./commands.js";
import { keepFocusInSight } from "./focus-in-sight.js";
import { isoDay, t } from "./i18n.js";
import { finish, listen as listenToForms } from "./page-acts.js";
import { commandOf } from "./plan-forms.js";
import { placed } from "./plan-moves.js";
import { placeOfForm } from "./plan-present.js";
import { parentOf } from "./plan-view.js";
import { tabs } from "./room-tabs.js";
import { shortcuts as keys } from "./shortcuts.js";

/** @typedef {import("./plan.js").Desk} Desk */

/** @param {Desk} desk */
export function listen(desk) {
  const plan = /** @type {HTMLElement} */ (document.getElementById("plan"));
  listenToForms(plan, desk);
  keepFocusInSight(plan);
  tabs("#document");
  const look = () => lookedAt(desk);
  addEventListener("hashchange", look);
  look();
}

/** The command that a form stands for, with an id for what comes of a proposal. @param {import("./form-fields.js").Form | null} form @param {Record<string, string | string[]>} fields */
export function made(form, fields) {
  const { type, data } = commandOf(form, fields);
  if (type === "accept-proposal") data["made"] ??= `m-${uuid()}`;
  return { type, data };
}

/** What to say to those who listen once a command is sent. @param {() => import("./plan-parts.js").Sheet} sheet @param {string} type @param {Record<string, any>} data @returns {() => string} */
export function telling(sheet, type, data) {
  if (type !== "move-part") return () => t("Noted.");
  const part = String(data["part"]);
  const from = parentOf(sheet().view, part);
  return () => placed(sheet(), part, parentOf(sheet().view, part) !== from);
}

/** @param {Desk} desk @param {string} what @param {HTMLElement} button */
export function act(desk, what, button) {
  const { part = "", passage = "", form = "" } = button.dataset;
  switch (what) {
    case "suggest":
      desk.suggest(passage);
      break;
    case "propose-instead":
      desk.proposeInstead(form);
      break;
    case "restore":
      finish(desk, "act", "restore-part", { plan: desk.sheet().view["plan"].plan, part });
      desk.page.draw();
      break;
    case "choose":
      choose(desk, part);
      break;
  }
}


/** The day that it is where the device is; a page may have been open for days. */
export function deviceDay() {
  return isoDay(new Date().toISOString());
}

/** The passage or part that something stands in. @param {Element} element @returns {string | null} */
export function placeAt(element) {
  const form = /** @type {HTMLElement | null} */ (element.closest("form[data-form]"));
  if (form) return placeOfForm(form.dataset["form"] ?? "");
  const passage = /** @type {HTMLElement | null} */ (element.closest("[data-place]"));
  return passage?.dataset["place"] ?? /** @type {HTMLElement | null} */ (element.closest("[data-part]"))?.dataset["part"] ?? null;
}

/** Read the check-ins of a strategy. @param {Desk} desk @param {string} part */
function choose(desk, part) {
  desk.own.chosen = part.slice("strategy:".length);
  const query = new URLSearchParams(location.search);
  query.set("strategy", desk.own.chosen);
  query.delete("open");
  history.replaceState(null, "", `${location.pathname}?${query}${location.hash}`);
  if (!document.getElementById("talk")?.offsetParent) location.hash = "#talk";
  desk.page.draw();
  document.getElementById("check-ins-title")?.focus();
}

/** Tell the others of the part that the address leads to. @param {Desk} desk */
function lookedAt(desk) {
  const part = document.getElementById(location.hash.slice(1))?.dataset["part"];
  if (part) desk.whereabouts.tell(part, false);
}

/** Single letters move between the parts of the page, and check in. @param {Desk} desk */
export function shortcuts(desk) {
  keys().listen(({ key }) => {
    switch (key) {
      case "j":
      case "k":
        return step(key === "j" ? 1 : -1);
      case "c": {
        const part = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest("article.strategy"))?.dataset["part"];
        const form = `hold-check-in@${part}`;
        if (!part || !document.getElementById(`open-${form}`)) return false;
        return desk.unfold(form);
      }
      case "p":
        return goTo("proposals-title", "talk");
      case "r":
        return goTo("refining-title", "document");
      default:
        return false;
    }
  });
}

/** Go to a heading, in the pane that it stands in. @param {string} heading @param {string} pane @returns {boolean} whether it is there */
function goTo(heading, pane) {
  const there = document.getElementById(heading);
  if (!there) return false;
  if (!there.offsetParent) location.hash = `#${pane}`; // narrow screens show one pane
  there.focus();
  return true;
}

/** Go to the next strategy, or to the one before. @param {1 | -1} way */
function step(way) {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("article.strategy")]);
  const here = document.activeElement?.closest("article.strategy");
  const at = here ? all.indexOf(/** @type {HTMLElement} */ (here)) + way : way === 1 ? 0 : all.length - 1;
  const next = all[at];
  next?.focus();
  next?.scrollIntoView({ block: "start" });
}
