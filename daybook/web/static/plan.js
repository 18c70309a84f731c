/**
 * The plan's page: takes over what the server drew, and draws it again from the same entries.
 *
 * Shown is what the server confirmed plus what I have on its way. The rest of the state is the reader's own:
 * which forms are unfolded, what is typed in them, whose check-ins are read.
 */

import { recover } from "./drafts-kept.js";
import { readJson, t } from "./i18n.js";
import { LivePage } from "./live-page.js";
import { connection, conversation } from "./notices.js";
import { Others } from "./others.js";
import { finish } from "./page-acts.js";
import { PageForms } from "./page-forms.js";
import { act, deviceDay, listen, made, placeAt, shortcuts, telling } from "./plan-acts.js";
import { rightsOf } from "./plan-can.js";
import { contents } from "./plan-contents.js";
import { documentOf } from "./plan-document.js";
import { faultsOf } from "./plan-faults.js";
import { draftFrom, formAt, formOf, initial, madeBy, passageAt, stands } from "./plan-forms.js";
import { groupsOf } from "./plan-groups.js";
import { changedByOthers, mentioned, sentence } from "./plan-news.js";
import { nameOf } from "./plan-parts.js";
import { withPending } from "./plan-pending.js";
import { course, past, progressLine } from "./plan-refining.js";
import { unsavedIn } from "./plan-present.js";
import { Suggestion } from "./plan-suggestion.js";
import { people, talk } from "./plan-talk.js";
import { anchor, numbersOf, parentOf, partAbout, placeOf, wordsOf } from "./plan-view.js";
import { region } from "./regions.js";
import { Drafts } from "./room-drafts.js";
import { html } from "./vendor/lit-html/lit-html.js";
import { Undo } from "./undo.js";
import { Whereabouts } from "./whereabouts.js";

/**
 * @typedef {import("./plan-parts.js").Sheet} Sheet
 * @typedef {{ room: import("./live-page.js").Known, me: string, names: Record<string, string>, words: Record<string, string>,
 *   texts: Sheet["texts"], owners: Sheet["owners"], helpers: Sheet["helpers"], citable: Sheet["citable"], rubric: Sheet["rubric"],
 *   may: import("./plan-can.js").May, today: string, forms: Sheet["forms"], open: string | null, chosen: string | null, readings: string | null,
 *   problem: { sentence: string, form: string, type: string, data: Record<string, any> } | null }} PageState
 */

const WRITTEN = ["text", "title", "if_", "then", "note", "barriers", "reason", "why", "value", "version", "source", "unit", "amount"];

/** @type {PageState} */
const state = readJson("plan-state", /** @type {any} */ (null));
const { me, names, may, today, forms, words, texts, owners, helpers, citable, rubric } = state;
await recover(me, state.room.stream, WRITTEN);
const drafts = new Drafts(me, state.room.stream, WRITTEN);

/** The forms with something of mine that is not sent. */
function written() {
  return drafts.written.filter((key) => key.includes("@"));
}

/** What the reader chose, and what happened to them since the page opened. */
const own = {
  open: new Set(written()),
  chosen: state.chosen,
  /** @type {Sheet["faults"]} */
  faults: {},
  /** @type {Set<string>} */
  unread: new Set(),
};

const pageForms = new PageForms(own, drafts, {
  passageAt,
  draftFrom(key, data) {
    const form = forms[formAt(key)[0]];
    return form && form.fields.length > 0 ? draftFrom(form, data) : null;
  },
  replaces: (key) => stands(sheet().view, key)?.id ?? null,
  madeBy: (key, data) => madeBy(formAt(key)[0], data),
  words: (passage) => wordsOf(sheet().view, passage),
  same: ({ passage, text }) => wordsOf(sheet().view, passage)?.text === text,
  confirmed: (passage) => wordsOf(page.confirmed, passage),
  update: () => page.update(),
});

const suggestion = new Suggestion(() => page.update());

/** @type {import("./plan-groups.js").Groups | undefined} */
let groups;

const others = new Others({
  update: () => page.update(),
  say: (said) => page.say(said),
  changed: (applied) => changedByOthers(applied, me),
  sentence: (applied) => sentence(applied, page.confirmed, me, (person) => nameOf(sheet(), person)),
});

/** @returns {Sheet} */
function sheet() {
  const view = withPending(page.confirmed, page.sending, me);
  groups = groupsOf(view, groups);
  const { sending, stale, signedOut, status } = page;
  const here = { sending, stale, signedOut, status, people: page.people };
  const fixed = { me, names, words, texts, owners, helpers, citable, rubric, today, forms, drafts };
  return { ...fixed, ...here, ...own, glow: others.glow, suggested: suggestion.sentences, view, groups, numbers: numbersOf(view), rights: rightsOf(view, may, me, today) };
}

/** What went wrong with something that is no form, and what is said of the connection. @param {Sheet} now */
function notices(now) {
  const wrong = Object.entries(own.faults).filter(([key]) => !own.open.has(key));
  return html`${wrong.map(([key, faults]) => html`<div class="error-summary" role="alert" tabindex="-1"><p>${faults[""] ?? Object.values(faults)[0]}</p>
      <button class="button-link" type="button" data-do="dismiss" data-form=${key}>${t("Dismiss")}</button></div>`)}
    ${conversation(now, t("This plan is no longer open to you, so nothing new arrives here."))}`;
}

const page = new LivePage({
  me,
  known: state.room,
  names,
  model: sheet,
  regions: {
    "progress": progressLine,
    "connection": connection,
    "notices": notices,
    "course-body": course,
    "contents-body": contents,
    "document-body": documentOf,
    "past-body": past,
    "people-body": people,
    "talk-body": talk,
  },
  placeOf: partAbout,
  onrefused: refused,
  onfollow(commands) {
    for (const form of drafts.follow(commands)) delete own.faults[form];
  },
  onchange(_, applied) {
    pageForms.putTogether();
    others.heard(applied);
    if (may.team) suggestion.follow(page.confirmed);
  },
  mentioned,
  refocus(focused) {
    const key = focused.closest("form")?.dataset["form"] ?? focused.getAttribute("data-form") ?? "";
    const part = /** @type {HTMLElement | null} */ (focused.closest("[data-part]"))?.dataset["part"] ?? "";
    const course = key.startsWith("open-refinement@") ? "refining-title" : key.startsWith("close-refinement@") ? "past-title" : "";
    const around = ["section", ".pane"].map((place) => focused.closest(place)?.querySelector("h2[tabindex='-1']")?.id);
    const heading = around.find(Boolean) ?? "document-title";
    const card = focused.closest("article[tabindex='-1']")?.id ?? "";
    return [`open-${key}`, key ? `form-${key}` : "", part ? `open-word-title@${part}:title` : "", `open-word-passage@${part}`, card, course, heading];
  },
});

/** @param {import("./commands.js").Pending} command @param {string} said */
function refused(command, said) {
  const { type, data } = command;
  const inOrder = type === "move-part" && parentOf(page.confirmed, String(data["part"])) === (data["under"] ?? "plan");
  const form = inOrder ? null : formOf(forms, type, data);
  pageForms.refused(form, command, said || t("It was not accepted. Try it again, or reload the page."));
  page.draw();
  reveal();
  if (form) pageForms.lead(form);
}

/** Open what is folded around a form that is unfolded, such as the table of readings. */
function reveal() {
  for (const key of own.open) document.getElementById(`form-${key}`)?.closest("details.readings")?.setAttribute("open", "");
}

/** Take what was typed and opened before the scripts ran. */
function takeOver() {
  pageForms.takeOver(region("plan"), state.open, state.problem);
  // A form that was refused came back under the address it was sent to.
  if (state.problem) history.replaceState(null, "", `/plans/${state.room.view["plan"].plan}`);
}

/** @typedef {typeof desk} Desk what acts and keys work with */
const desk = {
  own,
  page,
  whereabouts: new Whereabouts(page, placeAt, () => unsavedIn(written())),
  drafts,
  sheet,
  pageForms,
  undo: new Undo(region("undo")),
  /** @param {string} key */
  described: (key) => forms[formAt(key)[0]],
  made,
  /** @type {import("./page-acts.js").Desk["wrong"]} */
  wrong: (form, data) => faultsOf(form, data, sheet().view, deviceDay()),
  /** @type {import("./page-acts.js").Desk["telling"]} */
  telling: (type, data) => telling(sheet, type, data),
  /** @param {string} key */
  standsAt: (key) => anchor(formAt(key)[1]),
  /** @type {import("./page-acts.js").Desk["act"]} */
  act: (what, button) => act(desk, what, button),
  /** @param {string} key */
  unfold(key) {
    own.open.add(key);
    page.draw();
    const [kind] = formAt(key);
    const first = forms[kind]?.fields[0];
    const field = document.getElementById(first ? `${key}-${first.name}` : "") ?? region(`form-${key}`)?.querySelector("button");
    field?.focus();
    if (field instanceof HTMLTextAreaElement) field.setSelectionRange(field.value.length, field.value.length);
  },
  /** Begin a refinement's account of what changed with what the plan's own changes say. @param {string} passage */
  suggest(passage) {
    const key = `word-passage@${passage}`;
    const typed = String(drafts.get(key)?.["text"] ?? wordsOf(sheet().view, passage)?.text ?? "").trim();
    const lines = suggestion.sentences.map((sentence) => `- ${sentence}`).filter((line) => !typed.includes(line));
    pageForms.write(key, { text: [typed, lines.join("\n")].filter(Boolean).join("\n\n") });
    desk.unfold(key);
  },
  /** Go on with the words of a passage's form as a proposal. @param {string} key */
  proposeInstead(key) {
    const proposing = `propose-change@${passageAt(key)}`;
    own.open.delete(key);
    delete own.faults[key];
    pageForms.passOn(key, proposing);
    desk.unfold(proposing);
  },
  /** Say why something that is no form did not come about. @param {string} sentence */
  fail(sentence) {
    pageForms.show("act", sentence);
    page.draw();
  },
  /** @param {import("./plan-view.js").Move} move */
  move(move) {
    finish(desk, "act", "move-part", { plan: sheet().view["plan"].plan, ...move });
    page.draw();
  },
  /** @type {import("./page-acts.js").Desk["back"]} */
  back(type, { plan, part }) {
    if (type === "move-part") return { said: t("Moved."), label: t("Move it back"), by: { type, data: { plan, ...placeOf(sheet().view, part) } } };
    if (type === "retire-part") return { said: t("Retired."), label: t("Restore"), by: { type: "restore-part", data: { plan, part } } };
    return null;
  },
  /** What stands in a form that nobody has typed in. @param {string} key */
  initial(key) {
    return initial(sheet().view, key, today);
  },
};

await page.start(takeOver);
reveal();
if (state.readings) document.querySelector(`#${CSS.escape(anchor(`measure:${state.readings}`))} details.readings`)?.setAttribute("open", "");
listen(desk);
if (written().length > 0) desk.whereabouts.rested();
shortcuts(desk);
if (may.team) suggestion.follow(page.confirmed);
if (may.act && may.lead) void import("./plan-drag.js").then(({ dragParts }) => dragParts(desk), () => undefined); // the buttons are there without it
