/**
 * A measure's readings over the plan's year as a small picture: where its points and lines lie.
 * `server/measure_chart.py` says the same, and a test compares both.
 */

/**
 * @typedef {{ width: number, height: number, baseline: number, target: number, path: string,
 *   points: { x: number, y: number }[], quarters: number[] }} Chart
 */

export const WIDTH = 240;
export const HEIGHT = 72;
const EDGE = 6;
const DAY_MS = 86_400_000;

/**
 * @param {{ baseline: number, target: number }} measure
 * @param {{ on: string, value: number }[]} readings oldest first
 * @param {string[]} quarters first days
 * @param {string} ends last day
 * @returns {Chart}
 */
export function chartOf({ baseline, target }, readings, quarters, ends) {
  const values = [baseline, target, ...readings.map(({ value }) => value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  const first = days(quarters[0] ?? ends);
  const length = Math.max(1, days(ends) - first);
  const x = (/** @type {string} */ on) => tenth(EDGE + ((WIDTH - 2 * EDGE) * Math.min(Math.max(days(on) - first, 0), length)) / length);
  const y = (/** @type {number} */ value) => tenth(HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * (value - low)) / span);
  const points = readings.map(({ on, value }) => ({ x: x(on), y: y(value) }));
  return {
    width: WIDTH,
    height: HEIGHT,
    baseline: y(baseline),
    target: y(target),
    path: points.map((point, at) => `${at === 0 ? "M" : "L"}${point.x} ${point.y}`).join(""),
    points,
    quarters: quarters.slice(1).map(x),
  };
}

/** @param {string} iso */
function days(iso) {
  return Date.parse(`${iso}T00:00:00Z`) / DAY_MS;
}

/** @param {number} value */
function tenth(value) {
  return Math.floor(value * 10 + 0.5) / 10;
}
