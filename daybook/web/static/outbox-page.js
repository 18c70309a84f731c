/**
 * The page of what this device holds: what was not received, what was not accepted, and what can be read offline.
 *
 * It also works where nobody is signed in or nothing can be reached. Texts are shown to the one who reads on this
 * device, or did last without signing out; of others only how many there are.
 */

import { outbox as opening } from "./device.js";
import { t, tn, when } from "./i18n.js";
import { keptPages } from "./offline-paths.js";
import { actOf, answer, asJson, asText, textsOf } from "./outbox-words.js";
import { forget } from "./drafts-kept.js";
import { html, nothing, render } from "./vendor/lit-html/lit-html.js";
import { onWake } from "./wake.js";

/** @typedef {import("./outbox-wire.js").Command} Command */

const LOOK_EVERY_MS = 3_000; // for the page that this one stands in for

const place = /** @type {HTMLElement} */ (document.getElementById("outbox-page"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
const outbox = await opening;
await outbox.ready;
const store = await outbox.store;
const device = await store?.reader().catch(() => null);
const reader = outbox.person || (device?.last ?? "");
const pages = reader && "caches" in globalThis ? await keptPages(reader).catch(() => []) : [];
const lasting = await navigator.storage?.persisted?.().catch(() => false);

/** iOS alone has this, and it is false in a tab of Safari, which forgets sites that are not visited. */
const maySoonForget = /** @type {any} */ (navigator).standalone === false;

function draw() {
  const mine = outbox.commands.filter(({ person }) => person === reader);
  const waiting = mine.filter(({ state }) => state === "waiting");
  const refused = mine.filter(({ state }) => state === "refused");
  const others = outbox.commands.filter(({ person, state }) => person !== reader && state !== "answered").length;
  render(
    html`${outbox.keeps
        ? nothing
        : html`<div class="notice" role="alert"><p><strong>${t("This browser keeps nothing.")}</strong> ${t("It may be a private window, or the device is full. What you write stands on its page alone until it is received: leave that page open.")}</p></div>`}
      ${device?.owed
        ? html`<div class="notice"><p><strong>${t("You are signed out on this device.")}</strong> ${t("The server is told with the next connection. Until then nobody can read here.")}</p></div>`
        : nothing}
      ${unsent(waiting, others)} ${declined(refused)}
      ${others > 0
        ? html`<section><h2>${t("Somebody else’s")}</h2><p>${tn("{n} more on this device is sent when whoever wrote it signs in here.", "{n} more on this device are sent when whoever wrote them signs in here.", others)}</p></section>`
        : nothing}
      ${mine.length > 0 ? saving([...waiting, ...refused]) : nothing} ${readable()} ${lastingly(waiting.length + refused.length)}`,
    place,
  );
}

/** @param {Command[]} waiting @param {number} others how many of somebody else's wait */
function unsent(waiting, others) {
  const back = `/sign-in?next=${encodeURIComponent("/outbox")}`;
  if (waiting.length === 0) {
    return html`<section><h2>${t("Waiting to be received")}</h2><p class="empty">${others > 0
      ? t("Nothing of yours.")
      : t("Nothing. Everything written on this device has been received.")}</p></section>`;
  }
  return html`<section aria-labelledby="unsent"><h2 id="unsent">${t("Waiting to be received")} (${waiting.length})</h2>
    <p>${!outbox.person || outbox.signedOut
      ? t("These are kept on this device. Sign in, and they are sent.")
      : t("These are kept on this device, and sent by themselves as soon as there is a connection.")}</p>
    <p class="button-row">${!outbox.person || outbox.signedOut
      ? html`<a class="button" href=${back}>${t("Sign in to send")}</a>`
      : html`<button class="button" type="button" @click=${sendNow}>${t("Send now")}</button>`}</p>
    <ul class="lines">${waiting.map((command) => html`<li>${told(command)}
      ${outbox.isHeld(command.id) ? html`<p><span class="chip refused">${t("on its page alone")}</span></p>` : nothing}</li>`)}</ul></section>`;
}

/** @param {Command[]} refused */
function declined(refused) {
  if (refused.length === 0) return nothing;
  return html`<section aria-labelledby="declined"><h2 id="declined">${t("Not accepted")} (${refused.length})</h2>
    <p>${t("These came back. On its page, each stands where it was written, beside what stands there now. They stay here until you have sent them anew or let them go.")}</p>
    <ul class="lines">${refused.map((command) => html`<li>${told(command)}
      <p class="error-message">${command.sentence || t("It was not accepted.")}</p>
      <div class="button-row">${outbox.person ? html`<button class="button secondary" type="button" @click=${() => again(command)}>${t("Send again")}</button>` : nothing}
        <details class="confirm" data-confirm><summary class="button secondary">${t("Let go")}</summary><div class="confirm-box">
          <p>${t("These words are then gone from this device, and nobody has received them.")}</p>
          <div class="button-row"><button class="button" type="button" @click=${() => letGo(command)}>${t("Let go for good")}</button></div></div></details></div></li>`)}</ul></section>`;
}

/** A command in words. @param {Command} command */
function told(command) {
  const { page, at, data } = command;
  return html`<p><strong>${actOf(command)}${answer(command)}</strong></p>
    ${textsOf(data).map((text) => html`<p class="prose">${text}</p>`)}
    <p class="muted small">${page.href ? html`<a href=${page.href}>${page.title}</a> · ` : nothing}${when(new Date(at).toISOString())}</p>`;
}

/** @param {Command[]} commands */
function saving(commands) {
  return html`<section aria-labelledby="saving"><h2 id="saving">${t("Keep a copy")}</h2>
    <p>${t("Before this device is given back or cleared, take what it holds with you.")}</p>
    <p class="button-row"><button class="button secondary" type="button" @click=${() => save(asText, commands, "txt", "text/plain")}>${t("Download to read")}</button>
      <button class="button secondary" type="button" @click=${() => save(asJson, commands, "json", "application/json")}>${t("Download as data (JSON)")}</button></p></section>`;
}

function readable() {
  if (pages.length === 0) return nothing;
  return html`<section aria-labelledby="readable"><h2 id="readable">${t("Can be read without a connection")}</h2>
    <ul class="lines">${pages.map(({ path, title, at }) => html`<li class="line"><a href=${path}>${title}</a><span class="muted small">${t("as of {when}", { when: when(at) })}</span></li>`)}</ul></section>`;
}

/** @param {number} held */
function lastingly(held) {
  if (maySoonForget) {
    return html`<p class="muted small">${t("On an iPad or iPhone, Safari clears what it keeps for a site that was not visited for 7 days. Add Daybook to the Home Screen (Share, then Add to Home Screen) and open it there: then it stays.")}</p>`;
  }
  if (lasting || held === 0) return nothing;
  return html`<p class="muted small">${t("If this device runs out of space, the browser may clear what it keeps. Connect soon, or keep a copy.")}</p>`;
}

/** @param {(commands: Command[], at: string) => string} write @param {Command[]} commands @param {string} ending @param {string} type */
function save(write, commands, ending, type) {
  const now = new Date().toISOString();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([write(commands, now)], { type: `${type};charset=utf-8` }));
  link.download = `daybook-${now.slice(0, 16).replace(/[:T]/g, "-")}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function sendNow() {
  outbox.hurry();
  said.textContent = t("Sending…");
}

/** @param {Command} command */
async function again(command) {
  await outbox.resend(command.id);
  said.textContent = t("Sending…");
}

/** @param {Command} command */
async function letGo(command) {
  await outbox.drop([command.id]);
  forget(command);
  said.textContent = t("Gone from this device.");
  document.querySelector("h1")?.focus();
}

outbox.listen(draw);
draw();
// What stands in for this very page is as good; what stands in for another makes way for it.
if (location.pathname === "/outbox") {
  document.title = `${t("On this device")} – Daybook`;
  /** @type {HTMLElement} */ (document.querySelector("h1")).textContent = t("On this device");
}
const holdsForm = document.getElementById("form-again")?.hidden === false;
if (location.pathname === "/outbox" || holdsForm) for (const id of ["not-kept", "again"]) document.getElementById(id)?.remove();
else if (document.body.classList.contains("offline")) {
  onWake(makeWay);
  // The network may have come back before this ran, and a server that is back says nothing.
  setInterval(makeWay, LOOK_EVERY_MS);
}

/** Load the page that this one stands in for, once it can be had. */
async function makeWay() {
  const answer = await fetch("/health/ready", { cache: "no-store", signal: AbortSignal.timeout(LOOK_EVERY_MS) }).catch(() => null);
  if (answer?.ok) location.reload();
}
