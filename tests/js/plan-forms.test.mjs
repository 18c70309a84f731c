import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf, draftFrom, fieldsAt, formOf, hiddenOf, madeBy, stands, toNumber } from "../../daybook/web/static/plan-forms.js";
import { faultsOf } from "../../daybook/web/static/plan-faults.js";

const field = (name, kind, more = {}) => ({ name, kind, label: name, hint: "", missing: "", most: 0, options: [], ...more });
const form = (type, at, fields, more = {}) => ({ type, at, title: "", button: "", intro: "", makes: "", replaces: false, after: false, danger: false, fields, ...more });
const forms = {
  "word-passage": form("word-passage", "{passage}", [field("text", "prose", { missing: "Fill this in.", most: 10 })], { makes: "wording", replaces: true }),
  "word-title": form("word-passage", "{passage}", [field("text", "line")], { makes: "wording", replaces: true }),
  "add-action": form("add-action", "strategy:{strategy}", [field("text", "prose"), field("owner", "people"), field("due", "date")], { makes: "action", after: true }),
  "set-target": form("set-target", "measure:{measure}", [field("baseline", "number", { missing: "A number." }), field("target", "number", { missing: "A number." })]),
  "add-measure": form("add-measure", "strategy:{strategy}", [field("lower_is_better", "check")], { makes: "measure" }),
  "withdraw-reading": form("withdraw-reading", "reading:{measure}:{reading}", [field("reason", "prose")]),
  "cite-evidence": form("cite-evidence", "refinement:{refinement}", [field("citation", "citations", { missing: "Choose." })]),
  "move-part": form("move-part", "{part}", [field("to", "priorities", { missing: "Choose." })]),
  "fund-strategy": form("fund-strategy", "strategy:{strategy}", [field("amount", "number", { missing: "A number." })]),
  "propose-action": form("propose-change", "{under}", [field("text", "prose")], { makes: "proposal" }),
};
const view = {
  "plan": { plan: "p", quarters: ["2025-08-01", "2025-11-01", "2026-02-01", "2026-04-15"], ends: "2026-06-30" },
  "measure:falls": { kind: "measure", strategy: "s", lower_is_better: true },
  "strategy:s": { kind: "strategy", strategy: "s", priority: "a" },
  "order:strategy:s": { parts: ["action:x", "measure:y"] },
  "text:strategy:s:if": { wording: "w-1", text: "If." },
};

test("a place gives the command its fields", () => {
  assert.deepEqual(fieldsAt("strategy:{strategy}", "strategy:readers"), { strategy: "readers" });
  assert.deepEqual(fieldsAt("{passage}", "strategy:readers:then"), { passage: "strategy:readers:then" });
  assert.deepEqual(fieldsAt("reading:{measure}:{reading}", "reading:home:r-1"), { measure: "home", reading: "r-1" });
  assert.deepEqual(fieldsAt("plan", "plan"), {});
});

test("a form names the wording that it replaces, and the last part that it stands after", () => {
  assert.deepEqual(hiddenOf(view, forms["word-passage"], "word-passage@strategy:s:if"), { type: "word-passage", plan: "p", passage: "strategy:s:if", replaces: "w-1" });
  assert.equal(hiddenOf(view, forms["add-action"], "add-action@strategy:s").after, "measure:y");
});

test("what sets a value names the one that stands, be it nobody or a pair, and comes back with it", () => {
  const set = (type, at) => form(type, at, [], { sets: true });
  const kinds = { "assign-part": "{part}", "schedule-action": "action:{action}", "fund-strategy": "strategy:{strategy}", "set-target": "measure:{measure}" };
  const entries = {
    ...view,
    "action:x": { owner: null, due: "2026-03-01", status: "stuck" },
    "strategy:s": { ...view["strategy:s"], funding: 900, funding_source: "Title I" },
    "measure:falls": { ...view["measure:falls"], baseline: 9, target: 4 },
  };
  const read = (kind, place) => {
    const described = set(kind, kinds[kind] ?? "action:{action}");
    const { data } = commandOf(described, hiddenOf(entries, described, `${kind}@${place}`));
    assert.deepEqual(draftFrom(described, data), { replaces: stands(entries, `${kind}@${place}`).id });
    return data.replaces;
  };
  assert.equal(read("assign-part", "action:x"), null);
  assert.equal(read("schedule-action", "action:x"), "2026-03-01");
  assert.equal(read("report-action", "action:x"), "stuck");
  assert.deepEqual(read("fund-strategy", "strategy:s"), { amount: 900, source: "Title I" });
  assert.deepEqual(read("set-target", "measure:falls"), { baseline: 9, target: 4 });
  assert.equal(madeBy("fund-strategy", { amount: 900, source: "Title I" }), stands(entries, "fund-strategy@strategy:s").id);
  assert.equal(madeBy("assign-part", {}), stands(entries, "assign-part@action:x").id);
  assert.equal(madeBy("report-action", { status: "stuck", note: "No wood" }), undefined);
});

test("a command is made from the fields: blanks left out, numbers read, an id for what is new", () => {
  const { type, data } = commandOf(forms["add-action"], { type: "add-action", plan: "p", strategy: "s", text: " Do it.\u0007 ", owner: "", due: "2026-03-01" });
  assert.match(String(data.action), /^a-[0-9a-f-]{36}$/);
  assert.deepEqual([type, { ...data, action: "" }], ["add-action", { plan: "p", strategy: "s", text: "Do it.", due: "2026-03-01", action: "" }]);
  assert.deepEqual(commandOf(forms["set-target"], { type: "set-target", measure: "m", baseline: "1,200", target: "42.5" }).data, { measure: "m", baseline: 1200, target: 42.5 });
  assert.equal(commandOf(forms["add-measure"], { type: "add-measure", lower_is_better: "" }).data.lower_is_better, false);
  assert.deepEqual(commandOf(forms["move-part"], { type: "move-part", part: "strategy:s", to: "priority:b>strategy:t" }).data, { part: "strategy:s", under: "priority:b", after: "strategy:t" });
  assert.deepEqual(commandOf(forms["cite-evidence"], { type: "cite-evidence", refinement: "r", citation: "consensus:CI.2:cedar" }).data.citation, { kind: "consensus", item: "CI.2", review: "cedar" });
});

test("numbers are read as people write them", () => {
  assert.deepEqual(["42", "-3.5", "1,200", "12,345.6", "42,5"].map(toNumber), [42, -3.5, 1200, 12345.6, 42.5]);
  assert.deepEqual(["", "x", "1.2.3", "1e9", "4 2"].map((said) => Number.isNaN(toNumber(said))), [true, true, true, true, true]);
});

test("what keeps a form from being sent is said by field", () => {
  assert.deepEqual(faultsOf(forms["word-passage"], {}, view, "2026-03-02"), { text: "Fill this in." });
  assert.match(faultsOf(forms["word-passage"], { text: "a".repeat(11) }, view, "2026-03-02").text, /10 characters/);
  const long = { ...forms["word-passage"], fields: forms["word-passage"].fields.map((one) => ({ ...one, most: 10_000 })) };
  assert.match(faultsOf(long, { text: "a".repeat(10_001) }, view, "2026-03-02").text, /10,000 characters/);
  assert.deepEqual(faultsOf(forms["set-target"], { baseline: Number.NaN, target: 2 }, view, "2026-03-02"), { baseline: "A number." });
  assert.match(faultsOf(forms["fund-strategy"], { amount: 1.5 }, view, "2026-03-02").amount, /whole/);
  assert.deepEqual(faultsOf(forms["move-part"], { part: "strategy:s" }, view, "2026-03-02"), { to: "Choose." });
  assert.deepEqual(faultsOf(forms["move-part"], { part: "strategy:s", under: "priority:b" }, view, "2026-03-02"), {});
});

test("a day of another year, and one to tell of that has not come, is said at its field", () => {
  const told = (name, day) => faultsOf(form("x", "x", [field(name, "date")]), { [name]: day }, view, "2026-03-02")[name] ?? "";
  assert.match(told("due", "2025-07-31"), /not a day of this plan's year/);
  assert.match(told("due", "2026-07-01"), /not a day of this plan's year/);
  assert.equal(told("due", "2026-06-30"), "");
  assert.match(told("on", "2026-03-04"), /has not come yet/);
  assert.equal(told("on", "2026-03-03"), ""); // somewhere it is that day
  assert.equal(told("due", ""), "");
});

test("a target on the wrong side of its baseline is said at the target", () => {
  const told = (data) => faultsOf(forms["set-target"], data, view, "2026-03-02").target ?? "";
  assert.match(told({ measure: "home", baseline: 40, target: 39 }), /below the baseline/);
  assert.match(told({ measure: "falls", baseline: 40, target: 41 }), /above the baseline/);
  assert.equal(told({ measure: "falls", baseline: 40, target: 39 }), "");
  assert.equal(told({ measure: "home", baseline: 40, target: 40 }), "");
  assert.match(told({ lower_is_better: true, baseline: 1, target: 2 }), /above the baseline/); // of a measure that is new
});

test("a proposal of the words that stand there is none", () => {
  const proposing = form("propose-change", "{passage}", [field("text", "prose")]);
  assert.match(faultsOf(proposing, { passage: "strategy:s:if", text: "If." }, view, "2026-03-02").text, /stand there already/);
  assert.deepEqual(faultsOf(proposing, { passage: "strategy:s:if", text: "When." }, view, "2026-03-02"), {});
});

test("a refused command finds the form it came from, with what stood in it", () => {
  assert.equal(formOf(forms, "word-passage", { passage: "strategy:s:title" }), "word-title@strategy:s:title");
  assert.equal(formOf(forms, "withdraw-reading", { measure: "m", reading: "r" }), "withdraw-reading@reading:m:r");
  assert.equal(formOf(forms, "propose-change", { under: "strategy:s", text: "x" }), "propose-action@strategy:s");
  assert.equal(formOf(forms, "move-part", { part: "priority:a" }), null);
  assert.equal(formOf(forms, "restore-part", { part: "priority:a" }), null);
  assert.deepEqual(draftFrom(forms["set-target"], { measure: "m", baseline: 1, target: 2.5 }), { baseline: "1", target: "2.5" });
  assert.deepEqual(draftFrom(forms["cite-evidence"], { citation: { kind: "reading", item: "r", review: null } }), { citation: "reading:r" });
});
