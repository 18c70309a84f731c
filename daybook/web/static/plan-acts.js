/** What happens when something in the plan is typed, pressed or sent. */

import { chosen } from "./clash.js";
import { uuid } from "./commands.js";
import { keepFocusInSight } from "./focus-in-sight.js";
import { t } from "./i18n.js";
import { foldMenuAt, foldMenus } from "./menus.js";
import { faultsOf } from "./plan-faults.js";
import { commandOf, formAt } from "./plan-forms.js";
import { placed } from "./plan-moves.js";
import { placeOfForm } from "./plan-present.js";
import { anchor, parentOf, wordsOf } from "./plan-view.js";

/** @typedef {import("./plan.js").Desk} Desk */

/** @param {Desk} desk */
export function listen(desk) {
  const plan = /** @type {HTMLElement} */ (document.getElementById("plan"));
  plan.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(desk, /** @type {HTMLFormElement} */ (event.target));
  });
  plan.addEventListener("input", (event) => typed(desk, /** @type {HTMLElement} */ (event.target)));
  plan.addEventListener("click", (event) => pressed(desk, event));
  plan.addEventListener("keydown", (event) => key(desk, event));
  keepFocusInSight(plan);
  plan.addEventListener("focusin", (event) => desk.whereabouts.looked(/** @type {Element} */ (event.target)));
  document.addEventListener("click", (event) => foldMenus(/** @type {Element} */ (event.target)));
  addEventListener("hashchange", () => markTab(desk));
  markTab(desk);
}

/** What stands in a form, its hidden fields aside. @param {HTMLFormElement} form */
export function fieldsOf(form) {
  /** @type {Record<string, string | string[]>} */
  const fields = {};
  for (const element of form.elements) {
    const field = /** @type {HTMLInputElement} */ (element);
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    if (field.name === "indicators") {
      const list = /** @type {string[]} */ (fields["indicators"] ??= []);
      if (field.checked) list.push(field.value);
    } else if (field.type === "checkbox") {
      fields[field.name] = field.checked ? field.value : "";
    } else if (field.type === "radio") {
      if (field.checked || !(field.name in fields)) fields[field.name] = field.checked ? field.value : "";
    } else {
      fields[field.name] = field.value;
    }
  }
  return fields;
}

/** @param {HTMLFormElement} form */
function hiddenIn(form) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=hidden]"));
  return Object.fromEntries([...fields].map(({ name, value }) => [name, value]));
}

/** @param {Desk} desk @param {HTMLFormElement} form */
function submit(desk, form) {
  const key = form.dataset["form"];
  if (key === undefined) {
    const { type, data } = commandOf(null, hiddenIn(form));
    if (type === "accept-proposal") data["made"] ??= `m-${uuid()}`;
    const menu = form.closest("details.menu");
    finish(desk, "act", type, data);
    foldMenus(document.body);
    menu?.querySelector("summary")?.focus();
    return;
  }
  const described = desk.forms[formAt(key)[0]];
  if (!described || desk.own.unread.has(key)) return; // what was pressed has become another question
  const fields = fieldsOf(form);
  const { type, data } = commandOf(described, { ...hiddenIn(form), ...fields });
  const faults = faultsOf(described, data, desk.sheet().view, deviceDay());
  const [wrong] = Object.keys(faults);
  if (wrong !== undefined) {
    desk.own.faults[key] = faults;
    desk.pageForms.write(key, fields);
    desk.page.draw();
    document.getElementById(`${key}-${wrong}`)?.focus();
    return;
  }
  if (type === "word-passage" && !worded(desk, key, data)) {
    desk.fold(key, true);
    return;
  }
  finish(desk, key, type, data);
  drawFolded(desk, key);
}

/** The day that it is where the device is; a page may have been open for days. */
function deviceDay() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Draw without a form, and put the focus on what unfolds it, or on the menu where that is folded away. @param {Desk} desk @param {string} key */
export function drawFolded(desk, key) {
  const about = document.getElementById(`form-${key}`)?.closest("[data-part], li, article, section");
  desk.page.draw();
  const opener = document.getElementById(`open-${key}`);
  // A menu that was never unfolded has nothing in it yet.
  const menu = /** @type {HTMLDetailsElement | null | undefined} */ (
    opener ? opener.closest("details.menu") : about?.querySelector(":scope > details.menu, :scope > * > details.menu"));
  const target = menu && !menu.open ? menu.querySelector("summary") : opener;
  const retired = document.querySelector(`#${CSS.escape(anchor(formAt(key)[1]))} > summary`); // folded to one line by what was sent
  /** @type {HTMLElement | null | undefined} */ (target?.isConnected ? target : retired)?.focus();
}

/** Whether words are to be sent at all; keeps the text that they replace, should they be refused. @param {Desk} desk @param {string} key @param {Record<string, unknown>} data */
function worded(desk, key, data) {
  const passage = String(data["passage"]);
  const current = wordsOf(desk.sheet().view, passage);
  if (current && current.text === data["text"]) return false;
  desk.pageForms.keepBase(key, passage, String(data["replaces"] ?? ""));
  return true;
}

/** @param {Desk} desk @param {string} key @param {string} type @param {Record<string, unknown>} data */
export function finish(desk, key, type, data) {
  const part = String(data["part"]);
  const from = parentOf(desk.sheet().view, part);
  const settled = desk.pageForms.done(key);
  desk.page.send(type, data);
  desk.page.settle(settled); // once the new words are kept
  desk.pageForms.putBack();
  desk.whereabouts.rested();
  if (type === "move-part") desk.page.say(placed(desk.sheet(), part, parentOf(desk.sheet().view, part) !== from));
}

/** @param {Desk} desk @param {HTMLElement} field */
function typed(desk, field) {
  const form = field.closest("form");
  const key = form?.dataset["form"];
  if (!form || !key) return;
  desk.pageForms.write(key, fieldsOf(form));
  desk.page.update();
  desk.whereabouts.typed(field);
}

/** The passage or part that something stands in. @param {Element} element @returns {string | null} */
export function placeAt(element) {
  const form = /** @type {HTMLElement | null} */ (element.closest("form[data-form]"));
  if (form) return placeOfForm(form.dataset["form"] ?? "");
  const passage = /** @type {HTMLElement | null} */ (element.closest("[data-place]"));
  return passage?.dataset["place"] ?? /** @type {HTMLElement | null} */ (element.closest("[data-part]"))?.dataset["part"] ?? null;
}

/** @param {Desk} desk @param {MouseEvent} event */
function pressed(desk, event) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-do]"));
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (button.tagName === "A" && !["to-proposals"].includes(button.dataset["do"] ?? "")) event.preventDefault();
  act(desk, button);
}

/** @param {Desk} desk @param {HTMLElement} button */
function act(desk, button) {
  const form = button.dataset["form"] ?? "";
  const what = button.dataset["do"] ?? "";
  switch (what) {
    case "open":
      foldMenus(document.body);
      desk.unfold(form);
      break;
    case "close":
      desk.fold(form, true);
      break;
    case "dismiss":
      desk.page.putAside(desk.drafts.refusedIn(form));
      delete desk.own.faults[form];
      desk.page.draw();
      break;
    case "suggest":
      desk.suggest(button.dataset["passage"] ?? "");
      break;
    case "propose-instead":
      desk.proposeInstead(form);
      break;
    case "restore":
      finish(desk, "act", "restore-part", { plan: desk.sheet().view["plan"].plan, part: button.dataset["part"] });
      desk.page.draw();
      break;
    case "choose":
      choose(desk, button.dataset["part"] ?? "");
      break;
    case "take-both":
    case "take-mine":
    case "take-theirs":
      decide(desk, form, what);
      break;
  }
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

/** Go on with one of two texts. @param {Desk} desk @param {string} key @param {import("./clash.js").Choice} what */
function decide(desk, key, what) {
  const draft = desk.drafts.get(key);
  const words = wordsOf(desk.sheet().view, formAt(key)[1]);
  if (!draft || !words) return;
  desk.drafts.set(key, chosen(/** @type {Record<string, string>} */ (draft), words, what));
  desk.page.draw();
  document.getElementById(`${key}-text`)?.focus();
}

/** @param {Desk} desk @param {KeyboardEvent} event */
function key(desk, event) {
  if (event.isComposing) return;
  const form = /** @type {HTMLElement} */ (event.target).closest("form")?.dataset["form"];
  if (event.key === "Escape" && foldMenuAt(/** @type {Element} */ (event.target))) {
    // It is folded, and what is around it stays as it is.
  } else if (event.key === "Enter" && /** @type {Element} */ (event.target).matches("[data-find]")) {
    event.preventDefault(); // it looks for something, and chooses nothing yet
    /** @type {HTMLElement | null | undefined} */ (/** @type {Element} */ (event.target).closest("fieldset")?.querySelector("input[type=radio]"))?.focus();
  } else if (event.key === "Escape" && form) {
    desk.fold(form, false);
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    /** @type {HTMLElement} */ (event.target).closest("form")?.requestSubmit();
  } else if ((event.key === " " || event.key === "Enter") && /** @type {Element} */ (event.target).matches("a[role=button]")) {
    event.preventDefault();
    act(desk, /** @type {HTMLElement} */ (event.target));
  } else {
    return;
  }
  event.stopPropagation();
}

/** Say which pane a narrow screen shows; the style sheet shows it by the same address. @param {Desk} desk */
function markTab(desk) {
  const shown = ["#contents", "#talk", "#people"].includes(location.hash) ? location.hash : "#document";
  for (const tab of document.querySelectorAll(".room-tabs a")) {
    if (tab.getAttribute("href") === shown) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  const part = document.getElementById(location.hash.slice(1))?.dataset["part"];
  if (part) desk.whereabouts.tell(part, false);
}

const SWITCH = "daybook.shortcuts";

/** Single letters move between strategies and edit; they are silent while something is typed, and can be switched off. @param {Desk} desk */
export function shortcuts(desk) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("shortcuts"));
  const button = /** @type {HTMLElement} */ (document.getElementById("shortcuts-button"));
  const box = /** @type {HTMLInputElement} */ (document.getElementById("shortcuts-on"));
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  box.checked = isOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
    if (typing || dialog.open || !box.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case "j":
      case "k":
        step(event.key === "j" ? 1 : -1);
        break;
      case "c": {
        const part = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest("article.strategy"))?.dataset["part"];
        const form = `hold-check-in@${part}`;
        if (!part || !document.getElementById(`open-${form}`)) return;
        desk.unfold(form);
        break;
      }
      case "?":
        dialog.showModal();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
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

function isOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

