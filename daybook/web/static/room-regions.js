/**
 * The parts of the review room's page that are drawn from its entries: by the live room, and by the replay of
 * its day, which reads and does nothing.
 */

import { connection } from "./notices.js";
import { bar } from "./room-bar.js";
import { evidence } from "./room-evidence.js";
import { indicators } from "./room-indicators.js";
import { notices, progressLine } from "./room-notices.js";
import { people } from "./room-people.js";
import { rating } from "./room-rating.js";

/** @typedef {import("./room-parts.js").Room} Room */

/** What a room shows to whoever reads it. @type {Record<string, (room: Room) => unknown>} */
export const READING = {
  "progress": progressLine,
  "indicators-body": indicators,
  "rate-body": rating,
  "people-body": people,
  "evidence-body": evidence,
};

/** What a room shows besides to whoever is in it. @type {Record<string, (room: Room) => unknown>} */
export const LIVING = { ...READING, connection, notices, bar };
