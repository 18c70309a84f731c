/** Who is on the team, who has arrived, who is connected now and what they look at. */

import { t } from "./i18n.js";
import { initials, nameOf, word } from "./room-parts.js";
import { membersOf } from "./room-view.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";

/** @typedef {import("./room-parts.js").Room} Room */

/** @param {Room} room */
export function people(room) {
  const members = membersOf(room.view);
  const arrived = members.filter((member) => member.arrived_at).length;
  const guests = room.people.filter(({ person }) => !(`member:${person}` in room.view));
  return html`<div class="pane-head"><h2 id="people-title">${t("People")}</h2>
      <span class="muted small">${t("{n} of {all} have arrived", { n: arrived, all: members.length })}</span></div>
    <ul class="faces plain" aria-hidden="true">${members.slice(0, 14).map((member) => html`<li data-entry="member:${member.person}">${face(room, member.person, Boolean(member.arrived_at))}</li>`)}${
      members.length > 14 ? html`<li class="muted small">+${members.length - 14}</li>` : nothing}</ul>
    <details class="who-is-here" id="who-is-here"><summary>${t("Who is here")}</summary>
      <ul class="people-list plain">${repeat(
        members,
        (member) => member.person,
        (member) => html`<li data-entry="member:${member.person}">${face(room, member.person, Boolean(member.arrived_at))}
          <span class="who-person"><span>${nameOf(room, member.person)}${member.person === room.me ? html` <span class="muted">${t("(you)")}</span>` : nothing}</span>
          <span class="muted small">${word(member.role)} · ${doing(room, member.person, Boolean(member.arrived_at))}</span></span></li>`,
      )}${repeat(
        guests,
        ({ person }) => person,
        ({ person }) => html`<li>${face(room, person, true)}<span class="who-person"><span>${nameOf(room, person)}</span>
          <span class="muted small">${t("guest")} · ${doing(room, person, true)}</span></span></li>`,
      )}</ul></details>`;
}

/** @param {Room} room @param {string} person @param {boolean} arrived */
function face(room, person, arrived) {
  const here = room.people.some((one) => one.person === person);
  return html`<span class="face ${arrived ? "" : "absent"} ${here ? "here" : ""}"><span class="initials" aria-hidden="true">${initials(nameOf(room, person))}</span></span>`;
}

/** @param {Room} room @param {string} person @param {boolean} arrived */
function doing(room, person, arrived) {
  const now = room.people.find((one) => one.person === person);
  if (now?.typing) return t("writing");
  if (now?.looking_at) return t("looking at {code}", { code: now.looking_at });
  if (now) return t("connected");
  return arrived ? t("arrived") : t("not here yet");
}
