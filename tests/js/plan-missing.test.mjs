import assert from "node:assert/strict";
import { test } from "node:test";
import { missingIn } from "../../daybook/web/static/plan-missing.js";

const part = (kind, id, more = {}) => ({ kind, [kind]: id, retired_at: null, ...more });
const order = (...parts) => ({ kind: "order", parts });
const words = (passage, text = "Words") => ({ [`text:${passage}`]: { kind: "text", passage, text } });

test("an empty draft lacks what nobody can adopt it without, and what families read", () => {
  assert.deepEqual(missingIn({ plan: { kind: "plan" } }, { readers: "All read." }), {
    must: ["The vision is not written yet.", "There is no priority yet."],
    could: [
      "No priority comes from this June Outcome: All read.",
      "Families have nothing to read in English yet.",
      "Families have nothing to read in Spanish yet.",
    ],
  });
});

test("what is no longer pursued counts for nothing, and what is there is not asked for", () => {
  const view = {
    ...words("vision"), ...words("family:en"), ...words("family:es", null),
    "order:plan": order("priority:old", "priority:a", "priority:b"),
    "priority:old": part("priority", "old", { retired_at: "then", outcome: "writers" }),
    "priority:a": part("priority", "a", { outcome: "readers" }),
    "priority:b": part("priority", "b", { outcome: null }),
    "order:priority:a": order("strategy:s", "strategy:t"),
    "order:priority:b": order("strategy:gone"),
    "strategy:s": part("strategy", "s", { priority: "a", owner: "ana" }),
    "strategy:t": part("strategy", "t", { priority: "a", owner: null }),
    "strategy:gone": part("strategy", "gone", { priority: "b", owner: null, retired_at: "then" }),
    "order:strategy:s": order("action:x", "measure:m"),
    "order:strategy:t": order("action:y"),
    "action:x": part("action", "x", { strategy: "s" }),
    "action:y": part("action", "y", { strategy: "t", retired_at: "then" }),
    "measure:m": part("measure", "m", { strategy: "s" }),
  };
  assert.deepEqual(missingIn(view, { readers: "All read.", writers: "All write." }), {
    must: ["Priority 2 has no strategy yet."],
    could: [
      "No priority comes from this June Outcome: All write.",
      "1 strategy has no owner.",
      "1 strategy has no action step.",
      "1 strategy has no progress measure.",
      "Families have nothing to read in Spanish yet.",
    ],
  });
});
