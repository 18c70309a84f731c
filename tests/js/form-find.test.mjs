import assert from "node:assert/strict";
import { test } from "node:test";
import { found } from "../../daybook/web/static/form-find.js";

const choices = [
  { label: "Readings", options: [["r-1", "Students who read: 44, 3 Mar"], ["r-2", "Students who read: 51, 9 Mar"]] },
  { label: "Consensus, review of 3 Mar", options: [["c-1", "Consensus on CI.1"]] },
];
const shown = (wanted, chosen = "") => found(choices, wanted, chosen).flatMap(({ options }) => options.map(([key]) => key));

test("without words all is shown", () => {
  assert.equal(found(choices, "  ", ""), choices);
});

test("all of the words are looked for, in what is said and in the name of its group", () => {
  assert.deepEqual(shown("51 read"), ["r-2"]);
  assert.deepEqual(shown("3 mar"), ["r-1", "c-1"]);
  assert.deepEqual(shown("REÁDINGS"), ["r-1", "r-2"]);
  assert.deepEqual(shown("nobody"), []);
});

test("what is chosen stays in sight", () => {
  assert.deepEqual(shown("44", "c-1"), ["r-1", "c-1"]);
});
