/**
 * Where moments stand on the ruler of a replay: real times, from left to right, with long silences cut short.
 *
 * A review is scheduled weeks before its day; on a plain scale the day would be a hair's breadth. So a silence
 * that is longer than all the rest together is a break of a fixed width, and the rest is to scale.
 * Shares of the ruler's width are numbers from 0 to 1; times are in milliseconds.
 */

/**
 * @typedef {{ from: number, to: number, start: number, end: number }} Stretch times `from`–`to` at shares `start`–`end`
 * @typedef {{ stretches: Stretch[] }} Scale
 * @typedef {"minute" | "hour" | "day" | "month"} Unit
 * @typedef {{ share: number, time: number, unit: Unit, first: boolean }} Tick
 *   `first`: the day, or for days and months the year, is another than at the tick before
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOST_BREAKS = 3;
const SHORTEST_SILENCE = 12 * HOUR; // a day is never cut up
const SILENT_SHARE = 0.5; // of what is left of the whole
const BREAK = 0.04;
const NARROWEST = 0.03;

/**
 * @param {number} length how many moments there are
 * @param {(place: number) => number} timeOf in milliseconds, never less than the one before
 * @returns {Scale}
 */
export function scaleOf(length, timeOf) {
  if (length === 0) return { stretches: [] };
  const [first, last] = [timeOf(0), timeOf(length - 1)];
  const stretches = cut(first, last, silences(length, timeOf));
  const whole = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const weights = stretches.map(({ from, to }) => Math.max(whole ? (to - from) / whole : 1, NARROWEST));
  const free = 1 - BREAK * (stretches.length - 1);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let start = 0;
  for (const [place, stretch] of stretches.entries()) {
    stretch.start = start;
    stretch.end = start + (free * (weights[place] ?? 0)) / all;
    start = stretch.end + BREAK;
  }
  return { stretches };
}

/** The silences to cut short, longest first. @param {number} length @param {(place: number) => number} timeOf */
function silences(length, timeOf) {
  const gaps = [];
  for (let place = 1; place < length; place += 1) {
    const [from, to] = [timeOf(place - 1), timeOf(place)];
    if (to - from >= SHORTEST_SILENCE) gaps.push({ from, to });
  }
  gaps.sort((a, b) => b.to - b.from - (a.to - a.from));
  let left = timeOf(length - 1) - timeOf(0);
  const found = [];
  for (const gap of gaps.slice(0, MOST_BREAKS)) {
    if (gap.to - gap.from < SILENT_SHARE * left) break;
    left -= gap.to - gap.from;
    found.push(gap);
  }
  return found;
}

/** @param {number} first @param {number} last @param {{ from: number, to: number }[]} gaps @returns {Stretch[]} */
function cut(first, last, gaps) {
  const stretches = [];
  let from = first;
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    stretches.push({ from, to: gap.from, start: 0, end: 0 });
    from = gap.to;
  }
  return [...stretches, { from, to: last, start: 0, end: 0 }];
}

/** The share at which a time stands; within a break, its middle. @param {Scale} scale @param {number} time */
export function shareOf({ stretches }, time) {
  let before = null;
  for (const stretch of stretches) {
    const { from, to, start, end } = stretch;
    if (time < from) return before ? (before.end + start) / 2 : start;
    if (time <= to) return from === to ? (start + end) / 2 : start + ((end - start) * (time - from)) / (to - from);
    before = stretch;
  }
  return before?.end ?? 0;
}

/** The time at a share; within a break, the end of the stretch before it. @param {Scale} scale @param {number} share */
export function timeAt({ stretches }, share) {
  let time = stretches[0]?.from ?? 0;
  for (const { from, to, start, end } of stretches) {
    if (share < start) return time;
    // A stretch that is one moment has width all the same, and the moment stands in its middle.
    if (share <= end) return from + (from === to ? 0 : ((to - from) * (share - start)) / (end - start));
    time = to;
  }
  return time;
}

/** @type {[number, Unit, number][]} how many of which unit, and how long that takes */
const STEPS = [
  [1, "minute", MINUTE],
  [5, "minute", 5 * MINUTE],
  [15, "minute", 15 * MINUTE],
  [30, "minute", 30 * MINUTE],
  [1, "hour", HOUR],
  [2, "hour", 2 * HOUR],
  [3, "hour", 3 * HOUR],
  [6, "hour", 6 * HOUR],
  [1, "day", DAY],
  [2, "day", 2 * DAY],
  [7, "day", 7 * DAY],
  [14, "day", 14 * DAY],
  [1, "month", 30.44 * DAY],
  [3, "month", 91.3 * DAY],
  [12, "month", 365.25 * DAY],
];

/**
 * The times to write on the ruler, in the reader's time zone.
 *
 * @param {Scale} scale
 * @param {number} most how many have room beside each other on the whole ruler
 * @returns {Tick[]}
 */
export function ticksOf({ stretches }, most) {
  return stretches.flatMap((stretch) => {
    const { from, to, start, end } = stretch;
    const room = Math.floor(most * (end - start));
    const found = STEPS.find(([, , step]) => (to - from) / step <= room);
    const [count, unit] = found ?? STEPS[STEPS.length - 1] ?? [1, "month"];
    /** @type {Tick[]} */
    const ticks = [];
    for (let at = floor(new Date(from), count, unit); from < to && at.getTime() <= to; at = next(at, count, unit)) {
      const time = at.getTime();
      if (time < from) continue;
      const before = ticks.at(-1);
      const first = !before || context(new Date(before.time), unit) !== context(at, unit);
      ticks.push({ share: shareOf({ stretches: [stretch] }, time), time, unit, first });
    }
    // A stretch in which no tick falls says when it was all the same.
    return ticks.length > 0 ? ticks : [{ share: (start + end) / 2, time: from, unit: "day", first: true }];
  });
}

/** @param {Date} at @param {Unit} unit */
function context(at, unit) {
  return unit === "minute" || unit === "hour" ? at.toDateString() : String(at.getFullYear());
}

/** The last boundary at or before a time. @param {Date} at @param {number} count @param {Unit} unit */
function floor(at, count, unit) {
  const [year, month, day, hour, minute] = [at.getFullYear(), at.getMonth(), at.getDate(), at.getHours(), at.getMinutes()];
  switch (unit) {
    case "minute":
      return new Date(year, month, day, hour, minute - (minute % count));
    case "hour":
      return new Date(year, month, day, hour - (hour % count));
    case "day":
      return count % 7 === 0 ? new Date(year, month, day - ((at.getDay() + 6) % 7)) : new Date(year, month, day);
    case "month":
      return new Date(year, month - (month % count), 1);
  }
}

/** @param {Date} at @param {number} count @param {Unit} unit */
function next(at, count, unit) {
  const [year, month, day, hour, minute] = [at.getFullYear(), at.getMonth(), at.getDate(), at.getHours(), at.getMinutes()];
  switch (unit) {
    case "minute":
      return new Date(at.getTime() + count * MINUTE - (minute % count) * MINUTE);
    case "hour":
      // By the clock on the wall, which jumps an hour twice a year; it must move on all the same.
      return later(at, new Date(year, month, day, hour + count), count * HOUR);
    case "day":
      return new Date(year, month, day + count);
    case "month":
      return new Date(year, month + count, 1);
  }
}

/** @param {Date} at @param {Date} wall @param {number} least */
function later(at, wall, least) {
  return wall > at ? wall : new Date(at.getTime() + least);
}
