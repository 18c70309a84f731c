/**
 * The page of June Outcomes: takes over what the server drew, and draws it again from the same entries.
 *
 * Shown is what the server confirmed plus what I have on its way. The rest of the state is the reader's own: which
 * forms are unfolded, what is typed in them, whether both languages are shown.
 */

import { recover } from "./drafts-kept.js";
import { lang, readJson, t } from "./i18n.js";
import { LivePage } from "./live-page.js";
import { connection, conversation } from "./notices.js";
import { Others } from "./others.js";
import { listen, placeAt } from "./outcomes-acts.js";
import { documentOf } from "./outcomes-document.js";
import { commandOf, draftFrom, faultsOf, formAt, formOf, passageAt, stands, valueOf } from "./outcomes-forms.js";
import { amending } from "./outcomes-meanwhile.js";
import { changedByOthers, sentence } from "./outcomes-news.js";
import { arranging, nameOf } from "./outcomes-parts.js";
import { withPending } from "./outcomes-pending.js";
import { printAsOnePage } from "./outcomes-print.js";
import { gone, peopleHere, progressLine, signing } from "./outcomes-signing.js";
import { mentioned, outcomeOf, outcomesOf, pageOf, placeOf, wordsOf } from "./outcomes-view.js";
import { PageForms } from "./page-forms.js";
import { region } from "./regions.js";
import { Drafts } from "./room-drafts.js";
import { html } from "./vendor/lit-html/lit-html.js";
import { Undo } from "./undo.js";
import { Whereabouts } from "./whereabouts.js";

/**
 * @typedef {import("./outcomes-parts.js").Sheet} Sheet
 * @typedef {Pick<Sheet, "me" | "names" | "words" | "texts" | "rubric" | "standing" | "reviews" | "owners" | "may" | "today" | "plan" | "before" | "plan_before" | "after" | "forms" | "beside">
 *   & { room: import("./live-page.js").Known, open: string,
 *   problem: { sentence: string, form: string, type: string, data: Record<string, any> } | null }} PageState
 */

const FIT_MS = 1_500; // after the last change: the page is set on paper to see whether it fits
const WRITTEN = ["text", "statement", "measure", "school_commitment", "home_commitment", "reason", "evidence"];

/** @type {PageState} */
const state = readJson("outcomes-state", /** @type {any} */ (null));
const { room: known, open, problem, beside, ...fixed } = state;
const { me, names, forms } = fixed;
await recover(me, known.stream, WRITTEN);
const drafts = new Drafts(me, known.stream, WRITTEN);

/** What the reader chose, and what happened to them since the page opened. */
const own = {
  open: new Set(drafts.written.filter((key) => formAt(key)[0] in forms)),
  beside,
  /** @type {Sheet["faults"]} */
  faults: {},
  /** @type {Set<string>} */
  unread: new Set(),
  /** @type {Sheet["fit"]} */
  fit: null,
  /** @type {Sheet["fitElsewhere"]} */
  fitElsewhere: null,
};

const pageForms = new PageForms(own, drafts, {
  passageAt,
  draftFrom(key, data) {
    const form = forms[formAt(key)[0]];
    return form ? draftFrom(form, data) : null;
  },
  replaces(key) {
    const form = forms[formAt(key)[0]];
    return form?.replaces || form?.sets ? (stands(sheet().view, key)?.id ?? "") : null;
  },
  madeBy: (key, data) => (forms[formAt(key)[0]]?.sets ? valueOf(data["owner"]) : data["wording"]),
  words: (passage) => wordsOf(sheet().view, passage),
  same({ passage, text, of = null }) {
    const words = wordsOf(sheet().view, passage);
    return words !== null && words.text === text && (words.of ?? null) === of;
  },
  confirmed: (passage) => wordsOf(page.confirmed, passage),
  update: () => page.update(),
});

const others = new Others({
  update: () => page.update(),
  say: (said) => page.say(said),
  changed: (applied) => changedByOthers(applied, me),
  sentence: (applied) => sentence(applied, me, (person) => nameOf(sheet(), person)),
});

/** @returns {Sheet} */
function sheet() {
  const { sending, stale, signedOut, status, people } = page;
  const view = withPending(page.confirmed, sending, me);
  const home = `/outcomes/${pageOf(view).outcomes}`;
  const besideLink = own.beside ? home : `${home}?beside=1`;
  return { ...fixed, ...own, glow: others.glow, view, drafts, sending, stale, signedOut, status, people, besideLink, past: false, lang: lang === "es" ? "es" : "en" };
}

/** What went wrong with something that is no form, and what is said of the connection. @param {Sheet} now */
function notices(now) {
  const wrong = Object.entries(own.faults).filter(([key]) => !own.open.has(key));
  return html`${wrong.map(([key, faults]) => html`<div class="error-summary" role="alert" tabindex="-1"><p>${faults[""] ?? Object.values(faults)[0]}</p>
      <button class="button-link" type="button" data-do="dismiss" data-form=${key}>${t("Dismiss")}</button></div>`)}
    ${conversation(now, t("These outcomes are no longer open to you, so nothing new arrives here."))}`;
}

const page = new LivePage({
  me,
  known,
  names,
  model: sheet,
  regions: {
    "progress": progressLine,
    "connection": connection,
    "notices": notices,
    "document-body": documentOf,
    "signing-body": signing,
    "gone-body": gone,
    "people": peopleHere,
  },
  placeOf(view, { outcome, passage }) {
    const id = outcome ?? String(passage).split(":")[0];
    const n = outcomesOf(view).indexOf(id) + 1;
    return n > 0 ? { name: t("Outcome {n}", { n }), id: `outcome-${id}` } : null;
  },
  onrefused: refused,
  onfollow(commands) {
    for (const form of drafts.follow(commands)) delete own.faults[form];
  },
  onchange(_, applied) {
    pageForms.putTogether();
    others.heard(applied);
    measure();
  },
  mentioned,
  refocus(focused) {
    const key = focused.closest("form")?.dataset["form"] ?? focused.getAttribute("data-form") ?? "";
    const named = /** @type {HTMLInputElement | null} */ (focused.closest("form")?.querySelector("[name=outcome]") ?? null)?.value;
    const outcome = named ?? focused.closest("article.outcome")?.id.replace("outcome-", "") ?? "";
    const gone = outcomeOf(sheet().view, outcome)?.withdrawn;
    return [`open-${key}`, key ? `form-${key}` : "", outcome ? `title-${outcome}` : "", gone ? "gone-title" : "signing-title"];
  },
});

/** @type {ReturnType<typeof setTimeout> | undefined} */
let measuring;

/** Ask whether the page fits on paper in either language, once nothing has changed for a moment. @param {number} [after] milliseconds */
function measure(after = FIT_MS) {
  clearTimeout(measuring);
  measuring = setTimeout(async () => {
    const [here, elsewhere] = await Promise.all([lang, lang === "en" ? "es" : "en"].map(fitIn));
    if (here) own.fit = here; // without an answer the last one stands
    if (elsewhere) own.fitElsewhere = elsewhere;
    page.update();
  }, after);
}

/** @param {string} language @returns {Promise<import("./outcomes-parts.js").Fit | null>} null without an answer */
async function fitIn(language) {
  const response = await fetch(`/api/v1/outcomes/${pageOf(page.confirmed).outcomes}/fit?lang=${language}`).catch(() => null);
  return response?.ok ? response.json() : null;
}

/** @param {import("./commands.js").Pending} command @param {string} said */
function refused(command, said) {
  const form = formOf(forms, command.type, command.data);
  pageForms.refused(form, command, said || t("It was not accepted. Try it again, or reload the page."));
  page.draw();
  if (form) pageForms.lead(form);
}

/** Take what was typed and opened before the scripts ran. */
function takeOver() {
  pageForms.takeOver(region("outcomes"), open, problem);
  // A form that was refused came back under the address it was sent to.
  if (problem) history.replaceState(null, "", `/outcomes/${pageOf(page.confirmed).outcomes}`);
}

/** @typedef {typeof desk} Desk what acts work with */
const desk = {
  own,
  page,
  whereabouts: new Whereabouts(page, placeAt),
  drafts,
  sheet,
  pageForms,
  undo: new Undo(region("undo")),
  /** @param {string} key */
  described: (key) => forms[formAt(key)[0]],
  made: commandOf,
  /** @type {import("./page-acts.js").Desk["wrong"]} */
  wrong(form, data) {
    const { rubric, standing, view } = sheet();
    return faultsOf(form, data, standing, { levels: pageOf(view).levels, names: rubric.levels });
  },
  /** @type {import("./page-acts.js").Desk["telling"]} */
  telling: (type, data) => () => (type === "move-outcome" ? t("Now outcome {n} of {count}.", placeOf(sheet().view, data["outcome"])) : t("Noted.")),
  /** @type {import("./page-acts.js").Desk["back"]} */
  back(type, { outcomes, outcome }) {
    if (type === "withdraw-outcome") return { said: t("Left out."), label: t("Take it in again"), by: { type: "restore-outcome", data: { outcomes, outcome } } };
    if (type !== "move-outcome") return null;
    const all = sheet().view["order:outcomes"].outcomes;
    const after = all[all.indexOf(outcome) - 1];
    return { said: t("Moved."), label: t("Move it back"), by: { type, data: { outcomes, outcome, ...(after ? { after } : {}) } } };
  },
  standsAt: () => "",
  /** @type {import("./page-acts.js").Desk["act"]} */
  act(what, button) {
    if (what === "beside") desk.beside(!own.beside);
    if (what === "amend-instead") desk.amendInstead(button.dataset["form"] ?? "");
  },
  /** Go on with the words of a draft that was adopted meanwhile as an amendment. @param {string} key */
  amendInstead(key) {
    const amends = amending(key);
    if (amends === null) return;
    own.open.delete(key);
    delete own.faults[key];
    pageForms.passOn(key, amends);
    desk.unfold(amends);
  },
  /** @param {string} key */
  unfold(key) {
    own.open.add(key);
    page.draw();
    /** @type {HTMLElement | null} */ (document.getElementById(`form-${key}`)?.querySelector("textarea, input:not([type=hidden]), select, summary") ?? null)?.focus();
  },
  /** Say why something that is no form did not come about. @param {string} sentence */
  fail(sentence) {
    pageForms.show("act", sentence);
    page.draw();
  },
  /** Show both languages, or one. @param {boolean} both */
  beside(both) {
    own.beside = both;
    const query = new URLSearchParams(location.search);
    query.delete("open");
    if (both) query.set("beside", "1");
    else query.delete("beside");
    history.replaceState(null, "", `${location.pathname}${query.size > 0 ? `?${query}` : ""}`);
    page.draw();
    /** @type {HTMLElement | null} */ (document.querySelector("[data-do=beside]"))?.focus();
  },
};

printAsOnePage(region("outcomes"));
void page.start(takeOver).then(() => {
  listen(desk);
  measure(0);
  if (arranging(sheet())) void import("./outcomes-drag.js").then(({ dragOutcomes }) => dragOutcomes(desk), () => undefined); // the buttons are there without it
});
