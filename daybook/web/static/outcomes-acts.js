/** What happens when something on the page of June Outcomes is typed, pressed or sent. */

import { chosen } from "./clash.js";
import { foldMenuAt, foldMenus } from "./menus.js";
import { commandOf, faultsOf, formAt, passageAt } from "./outcomes-forms.js";
import { pageOf, wordsOf } from "./outcomes-view.js";

/** @typedef {import("./outcomes.js").Desk} Desk */

/** @param {Desk} desk */
export function listen(desk) {
  const page = /** @type {HTMLElement} */ (document.getElementById("outcomes"));
  page.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(desk, /** @type {HTMLFormElement} */ (event.target));
  });
  page.addEventListener("input", (event) => typed(desk, /** @type {HTMLElement} */ (event.target)));
  page.addEventListener("click", (event) => pressed(desk, event));
  page.addEventListener("keydown", (event) => key(desk, event));
  page.addEventListener("focusin", (event) => desk.whereabouts.looked(/** @type {Element} */ (event.target)));
  // `toggle` does not bubble, so it is caught on its way down.
  page.addEventListener("toggle", (event) => {
    const { dataset, open } = /** @type {HTMLDetailsElement} */ (event.target);
    const fold = dataset["fold"];
    if (!fold) return;
    if (open) desk.own.open.add(fold);
    else desk.own.open.delete(fold);
  }, true);
  document.addEventListener("click", (event) => foldMenus(/** @type {Element} */ (event.target)));
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
    const menu = form.closest("details.menu");
    desk.finish("act", type, data);
    foldMenus(document.body);
    menu?.querySelector("summary")?.focus();
    return;
  }
  const described = desk.forms[formAt(key)[0]];
  if (!described || desk.own.unread.has(key)) return; // what was pressed has become another question
  const fields = fieldsOf(form);
  const { type, data } = commandOf(described, { ...hiddenIn(form), ...fields });
  const { rubric, standing, view } = desk.sheet();
  const faults = faultsOf(described, data, standing, { levels: pageOf(view).levels, names: rubric.levels });
  const [wrong] = Object.keys(faults);
  if (wrong !== undefined) {
    desk.own.faults[key] = faults;
    desk.pageForms.write(key, fields);
    desk.page.draw();
    document.getElementById(`${key}-${wrong}`)?.focus();
    return;
  }
  if (passageAt(key) && !worded(desk, key, data)) return desk.fold(key, true);
  desk.finish(key, type, data);
  desk.page.draw();
  document.getElementById(`open-${key}`)?.focus();
}

/** Whether words are to be sent at all; keeps the text that they replace, should they be refused. @param {Desk} desk @param {string} key @param {Record<string, any>} data */
function worded(desk, key, data) {
  const current = wordsOf(desk.sheet().view, data["passage"]);
  const same = current && current.text === data["text"] && (data["of"] ?? null) === (current.of ?? null);
  if (same) return false;
  desk.pageForms.keepBase(key, data["passage"], String(data["replaces"] ?? ""));
  return true;
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

/** The text that something stands in. @param {Element} element @returns {string | null} */
export function placeAt(element) {
  const text = /** @type {HTMLElement | null} */ (element.closest("[data-place]"));
  return text?.dataset["place"] ?? null;
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
      desk.fold(form, true);
      break;
    case "dismiss":
      desk.dismiss(form);
      break;
    case "beside":
      desk.beside(!desk.own.beside);
      break;
    case "take-both":
    case "take-mine":
    case "take-theirs":
      decide(desk, form, what);
      break;
  }
}

/** Go on with one of two texts. @param {Desk} desk @param {string} key @param {import("./clash.js").Choice} what */
function decide(desk, key, what) {
  const draft = desk.drafts.get(key);
  const words = wordsOf(desk.sheet().view, passageAt(key) ?? "");
  if (!draft || !words) return;
  desk.drafts.set(key, chosen(/** @type {Record<string, string>} */ (draft), words, what));
  desk.page.draw();
  document.getElementById(`${key}-text`)?.focus();
}

/** @param {Desk} desk @param {KeyboardEvent} event */
function key(desk, event) {
  if (event.isComposing) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const form = target.closest("form");
  if (event.key === "Escape" && foldMenuAt(target)) {
    // It is folded, and what is around it stays as it is.
  } else if (event.key === "Escape" && form?.dataset["form"]) {
    desk.fold(form.dataset["form"], false);
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    form.requestSubmit();
  } else if ((event.key === " " || event.key === "Enter") && target.matches("a[role=button]")) {
    event.preventDefault();
    act(desk, target);
  } else {
    return;
  }
  event.stopPropagation();
}
