/**
 * What happens when something on a page that many edit is typed, pressed or sent: the same for a plan and for June Outcomes.
 *
 * A form sends one command, made from its fields. A form without a key is a button that asks for nothing.
 */

import { fieldsOf, hiddenIn } from "./form-fields.js";
import { t } from "./i18n.js";
import { foldMenuAt, foldMenus } from "./menus.js";

/**
 * @typedef {import("./form-fields.js").Form} Form
 * @typedef {{ type: string, data: Record<string, any> }} Made
 * @typedef {{ said: string, label: string, by: Made }} Back what was done, the word for taking it back, and the command that does
 *
 * @typedef {object} Desk what acts work with, and what differs from page to page
 * @property {import("./page-forms.js").Shown} own
 * @property {import("./live-page.js").LivePage<any>} page
 * @property {import("./whereabouts.js").Whereabouts} whereabouts
 * @property {import("./room-drafts.js").Drafts} drafts
 * @property {import("./page-forms.js").PageForms} pageForms
 * @property {import("./undo.js").Undo} undo
 * @property {(key: string) => Form | undefined} described
 * @property {(form: Form | null, fields: Record<string, string | string[]>) => Made} made the command that a form stands for
 * @property {(form: Form, data: Record<string, any>) => Record<string, string>} wrong what keeps it from being sent, by field
 * @property {(type: string, data: Record<string, any>) => () => string} telling asked before a command is sent: what to say of it afterwards
 * @property {(type: string, data: Record<string, any>) => Back | null} back asked before a command is sent: how it is taken back; null where that is not one press
 * @property {(key: string) => string} standsAt the id of the element that a form is about, "" for none
 * @property {(key: string) => void} unfold
 * @property {(what: string, button: HTMLElement) => void} act what else can be pressed
 */

/** @param {HTMLElement} root @param {Desk} desk */
export function listen(root, desk) {
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(desk, /** @type {HTMLFormElement} */ (event.target));
  });
  root.addEventListener("input", (event) => typed(desk, /** @type {HTMLElement} */ (event.target)));
  root.addEventListener("click", (event) => pressed(desk, event));
  root.addEventListener("keydown", (event) => key(desk, event));
  root.addEventListener("focusin", (event) => desk.whereabouts.looked(/** @type {Element} */ (event.target)));
  document.addEventListener("click", (event) => foldMenus(/** @type {Element} */ (event.target)));
}

/** @param {Desk} desk @param {HTMLFormElement} form */
function submit(desk, form) {
  const key = form.dataset["form"];
  if (key === undefined) {
    const { type, data } = desk.made(null, hiddenIn(form));
    const menu = form.closest("details.menu");
    finish(desk, "act", type, data);
    foldMenus(document.body);
    menu?.querySelector("summary")?.focus();
    return;
  }
  const described = desk.described(key);
  const stuck = document.getElementById(`stuck-${key}`);
  if (stuck) return stuck.focus();
  if (!described || desk.own.unread.has(key)) return; // what was pressed has become another question
  const fields = fieldsOf(form);
  const { type, data } = desk.made(described, { ...hiddenIn(form), ...fields });
  const faults = desk.wrong(described, data);
  const [wrong] = Object.keys(faults);
  if (wrong !== undefined) {
    desk.own.faults[key] = faults;
    desk.pageForms.write(key, fields);
    desk.page.draw();
    document.getElementById(`${key}-${wrong}`)?.focus();
  } else if (desk.pageForms.putBoth(key)) {
    desk.page.draw();
    document.getElementById(`${key}-text`)?.focus();
    desk.page.say(t("Both changes stand in the box now. Read them, then save."));
  } else if (desk.pageForms.worded(key, data)) {
    finish(desk, key, type, data);
    drawFolded(desk, key);
  } else {
    fold(desk, key, true);
  }
}

/** Send a command from a form, which is then done with. @param {Desk} desk @param {string} key @param {string} type @param {Record<string, any>} data */
export function finish(desk, key, type, data) {
  const told = desk.telling(type, data);
  const back = desk.back(type, data);
  desk.undo.forget();
  const settled = desk.pageForms.done(key);
  desk.page.send(type, data, told);
  desk.page.settle(settled); // once the new words are kept
  desk.pageForms.putBack();
  desk.whereabouts.rested();
  if (back) desk.undo.offer(back.said, back.label, () => takeBack(desk, back.by));
}

/** @param {Desk} desk @param {Made} by */
function takeBack(desk, { type, data }) {
  desk.page.send(type, data, desk.telling(type, data));
  desk.page.draw();
}

/** Fold a form; what was typed stays for the next time unless it is dropped. @param {Desk} desk @param {string} key @param {boolean} drop */
export function fold(desk, key, drop) {
  desk.own.open.delete(key);
  delete desk.own.faults[key];
  if (drop) {
    if (desk.drafts.busy(key)) letGo(desk, key);
    desk.page.putAside(desk.drafts.refusedIn(key));
    desk.drafts.clear(key);
    desk.pageForms.putBack();
  } else if (desk.drafts.busy(key)) {
    desk.page.say(t("Folded. What you wrote is kept here, and is not saved yet."));
  }
  desk.whereabouts.rested();
  drawFolded(desk, key);
}

/** Offer what stood in a form that was dropped. @param {Desk} desk @param {string} key */
function letGo(desk, key) {
  const written = desk.drafts.get(key);
  if (!written) return;
  desk.undo.letGo((said) => desk.page.say(said), () => {
    desk.drafts.set(key, written);
    desk.unfold(key);
  });
}

/** Draw without a form, and put the focus on what unfolds it, or on the menu where that is folded away. @param {Desk} desk @param {string} key */
function drawFolded(desk, key) {
  const about = document.getElementById(`form-${key}`)?.closest("[data-part], li, article, section");
  desk.page.draw();
  const opener = document.getElementById(`open-${key}`);
  // A menu that was never unfolded has nothing in it yet.
  const menu = /** @type {HTMLDetailsElement | null | undefined} */ (
    opener ? opener.closest("details.menu") : about?.querySelector(":scope > details.menu, :scope > * > details.menu"));
  const target = menu && !menu.open ? menu.querySelector("summary") : opener;
  const retired = document.getElementById(desk.standsAt(key))?.querySelector(":scope > summary"); // folded to one line by what was sent
  /** @type {HTMLElement | null | undefined} */ (target?.isConnected ? target : retired)?.focus();
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

/** @param {Desk} desk @param {MouseEvent} event */
function pressed(desk, event) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-do]"));
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
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
      fold(desk, form, true);
      break;
    case "field":
      document.getElementById(button.dataset["field"] ?? "")?.focus();
      break;
    case "dismiss":
      desk.page.putAside(desk.drafts.refusedIn(form));
      delete desk.own.faults[form];
      desk.page.draw();
      break;
    case "take-both":
    case "take-mine":
    case "take-theirs":
      desk.pageForms.choose(form, what);
      desk.page.draw();
      document.getElementById(`${form}-text`)?.focus();
      break;
    default:
      desk.act(what, button);
  }
}

/** @param {Desk} desk @param {KeyboardEvent} event */
function key(desk, event) {
  if (event.isComposing) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const form = target.closest("form");
  if (event.key === "Escape" && foldMenuAt(target)) {
    // It is folded, and what is around it stays as it is.
  } else if (event.key === "Enter" && target.matches("[data-find]")) {
    event.preventDefault(); // it looks for something, and chooses nothing yet
    /** @type {HTMLElement | null | undefined} */ (target.closest("fieldset")?.querySelector("input[type=radio]"))?.focus();
  } else if (event.key === "Escape" && form?.dataset["form"]) {
    fold(desk, form.dataset["form"], false);
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.dataset["form"]) {
    form.requestSubmit();
  } else if ((event.key === " " || event.key === "Enter") && target.matches("a[role=button]")) {
    event.preventDefault();
    act(desk, target);
  } else {
    return;
  }
  event.stopPropagation();
}
