import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleOf, shareOf, ticksOf, timeAt } from "../../daybook/web/static/replay-scale.js";

const HOUR = 3_600_000;
const at = (month, day, hour = 0, minute = 0, year = 2026) => new Date(year, month - 1, day, hour, minute).getTime();
const scale = (times) => scaleOf(times.length, (place) => times[place]);
const labels = (ticks) => ticks.map(({ time, unit }) => `${new Date(time).getMonth() + 1}/${new Date(time).getDate()} ${new Date(time).getHours()} ${unit}`);

test("the hours of a day are to scale, and the weeks before it are cut short", () => {
  const day = [at(2, 24, 9), at(3, 17, 8), at(3, 17, 10), at(3, 17, 16)];
  const { stretches } = scale(day);
  assert.equal(stretches.length, 2);
  const [eight, ten, four] = day.slice(1).map((time) => shareOf({ stretches }, time));
  assert.ok(eight < 0.12);
  assert.ok(Math.abs(four - 1) < 1e-9);
  assert.ok(Math.abs((ten - eight) / (four - eight) - 0.25) < 1e-9);
});

test("a year with holidays has no break", () => {
  const year = Array.from({ length: 52 }, (_, week) => at(8, 1) + week * 7 * 24 * HOUR).filter((_, week) => week < 19 || week > 21);
  assert.equal(scale(year).stretches.length, 1);
});

test("a time and its share lead to each other", () => {
  const day = [at(2, 24, 9), at(3, 17, 8), at(3, 17, 10), at(3, 17, 16)];
  const ruler = scale(day);
  let before = -1;
  for (let time = at(3, 17, 8); time <= at(3, 17, 16); time += HOUR / 7) {
    const share = shareOf(ruler, time);
    assert.ok(share > before);
    assert.ok(Math.abs(timeAt(ruler, share) - time) < 1);
    before = share;
  }
  assert.equal(timeAt(ruler, 0), at(2, 24, 9));
  assert.equal(timeAt(ruler, 1), at(3, 17, 16));
});

test("within a break nothing happens", () => {
  const ruler = scale([at(2, 24, 9), at(3, 17, 8), at(3, 17, 16)]);
  const [before, after] = ruler.stretches;
  assert.equal(timeAt(ruler, (before.end + after.start) / 2), at(2, 24, 9));
  assert.equal(shareOf(ruler, at(3, 1)), (before.end + after.start) / 2);
});

test("one moment, and several at once, have a place", () => {
  assert.equal(shareOf(scale([at(3, 1)]), at(3, 1)), 0.5);
  assert.equal(shareOf(scale([at(3, 1), at(3, 1)]), at(3, 1)), 0.5);
  assert.deepEqual(scaleOf(0, () => 0), { stretches: [] });
  assert.equal(shareOf({ stretches: [] }, 5), 0);
  assert.deepEqual(ticksOf({ stretches: [] }, 10), []);
});

test("ticks adapt to how much there is to show and to the room there is", () => {
  const day = scale([at(3, 17, 8, 5), at(3, 17, 12), at(3, 17, 16, 10)]);
  assert.deepEqual(labels(ticksOf(day, 12)), [9, 10, 11, 12, 13, 14, 15, 16].map((hour) => `3/17 ${hour} hour`));
  assert.deepEqual(labels(ticksOf(day, 4)), [9, 12, 15].map((hour) => `3/17 ${hour} hour`));
  const year = scale(Array.from({ length: 12 }, (_, month) => at(7 + month, 3)));
  assert.deepEqual(labels(ticksOf(year, 14)).map((label) => label.split("/")[0]), ["8", "9", "10", "11", "12", "1", "2", "3", "4", "5", "6"]);
  assert.deepEqual(labels(ticksOf(year, 5)).map((label) => label.split("/")[0]), ["10", "1", "4"]);
  const minutes = scale([at(3, 17, 8, 1), at(3, 17, 8, 9)]);
  assert.equal(ticksOf(minutes, 10)[0].unit, "minute");
});

test("the first tick of a day among hours, and of a year among months, says so", () => {
  const night = scale([at(3, 17, 20), at(3, 17, 23), at(3, 18, 4)]);
  assert.deepEqual(ticksOf(night, 9).filter(({ first }) => first).map(({ time }) => new Date(time).getDate()), [17, 18]);
  const year = scale(Array.from({ length: 12 }, (_, month) => at(7 + month, 3)));
  assert.deepEqual(ticksOf(year, 14).filter(({ first }) => first).map(({ time }) => new Date(time).getFullYear()), [2026, 2027]);
});

test("a stretch too short for a tick says its day", () => {
  const ticks = ticksOf(scale([at(2, 24, 9), at(3, 17, 8), at(3, 17, 16)]), 10);
  assert.deepEqual([ticks[0].time, ticks[0].unit, ticks[0].first], [at(2, 24, 9), "day", true]);
});
