import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, merged } from "../../daybook/web/static/text-merge.js";

const base = "We read together every morning.\n\nThen we talk about it.";

test("changes that do not touch are put together", () => {
  const mine = "We read aloud together every morning.\n\nThen we talk about it.";
  const theirs = "We read together every morning.\n\nThen we talk and write about it.";
  assert.equal(merged(mine, base, theirs), "We read aloud together every morning.\n\nThen we talk and write about it.");
  assert.equal(merged(theirs, base, mine), merged(mine, base, theirs));
});

test("what was put before and what was put after both stay", () => {
  assert.equal(merged("We read. More.", "We read.", "Now We read."), "Now We read. More.");
  assert.equal(merged("- one\n- two", "- one", "- zero\n- one"), "- zero\n- one\n- two");
});

test("the same change by both is one change", () => {
  assert.equal(merged("We sing.", "We read.", "We sing."), "We sing.");
  assert.equal(merged("We sing aloud.", "We read.", "We sing."), null);
});

test("where both changed the same words somebody has to decide", () => {
  assert.equal(merged("We sing.", "We read.", "We dance."), null);
});

test("what changed is told word by word, and adds up to both texts", () => {
  const pieces = changes("We read together.", "We sing together today.");
  assert.deepEqual(pieces, [{ same: "We " }, { gone: "read", come: "sing" }, { same: " together" }, { gone: "", come: " today" }, { same: "." }]);
  const before = pieces.map((piece) => piece.same ?? piece.gone).join("");
  const after = pieces.map((piece) => piece.same ?? piece.come).join("");
  assert.deepEqual([before, after], ["We read together.", "We sing together today."]);
});

test("texts that repeat one word for pages are compared as a whole, and at once", () => {
  const began = Date.now();
  assert.equal(merged("a ".repeat(5_000), "a b ".repeat(2_500), "b a ".repeat(2_400)), null);
  assert.deepEqual(changes("a ".repeat(4_000), "a ".repeat(4_001)).length, 1);
  assert.ok(Date.now() - began < 1_000);
});
