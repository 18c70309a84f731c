/** June Outcomes in the browser: forms to commands and back, my own pending commands, and two people's words. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { chosen, clashOf, together } from "../../daybook/web/static/clash.js";
import { commandOf, draftFrom, faultsOf, formOf, hiddenOf, initial, passageAt } from "../../daybook/web/static/outcomes-forms.js";
import { withPending } from "../../daybook/web/static/outcomes-pending.js";
import { amendmentsOf, isOlder, outcomesOf, voicesOf } from "../../daybook/web/static/outcomes-view.js";

const text = (passage, wording, text, of = null) => ({ kind: "text", passage, wording, text, by: "gil", at: "2026-03-09T15:00:00Z", of });
const outcome = (id, more = {}) => ({
  kind: "outcome", outcome: id, person: "gil", target: 3, owner: null, carried_from: null, withdrawn: false, reason: null,
  baselines: [{ indicator: "CI.2", level: 2, levels: 4, review: "m1" }], ...more,
});
const VIEW = {
  "outcomes": { kind: "outcomes", outcomes: "o1", phase: "draft", levels: 4, version: 1 },
  "order:outcomes": { kind: "outcome-order", outcomes: ["a", "b", "c"] },
  "outcome:a": outcome("a"),
  "outcome:b": outcome("b", { withdrawn: true }),
  "outcome:c": outcome("c"),
  "text:a:measure:en": text("a:measure:en", "w1", "Records"),
  "text:a:measure:es": text("a:measure:es", "s1", "Registros", "w0"),
};
const field = (name, missing = "", most = 0) => ({ name, kind: "prose", label: name, hint: "", missing, most, options: [] });
const form = (type, at, fields, more = {}) => ({ type, at, title: "", button: "", fields, intro: "", makes: "", replaces: false, after: false, danger: false, ...more });
const FORMS = {
  "word-outcome": form("word-outcome", "{passage}", [field("text", "Fill this in.", 10)], { makes: "wording", replaces: true }),
  "translate-outcome": form("word-outcome", "{passage}", [field("text")], { makes: "wording", replaces: true }),
  "aim-outcome": form("aim-outcome", "{outcome}", [field("indicators", "Choose one."), field("target", "Choose a level.")]),
  "amend-aim": form("aim-outcome", "{outcome}", [field("indicators"), field("target"), field("reason")]),
  "propose-outcome": form("propose-outcome", "page", [field("indicators"), field("statement")], { makes: "outcome" }),
};
const STANDING = { "CI.2": { review: "m1", level: 2, levels: 4, now: "now" } };

test("a form names the wording that it replaces, and a translation the one that it is of", () => {
  assert.deepEqual(hiddenOf(VIEW, FORMS["word-outcome"], "word-outcome@a:measure:en", STANDING), {
    type: "word-outcome", outcomes: "o1", passage: "a:measure:en", replaces: "w1",
  });
  assert.deepEqual(hiddenOf(VIEW, FORMS["translate-outcome"], "translate-outcome@a:measure:es", STANDING), {
    type: "word-outcome", outcomes: "o1", passage: "a:measure:es", replaces: "s1", of: "w1",
  });
  assert.equal(hiddenOf(VIEW, FORMS["aim-outcome"], "aim-outcome@a", STANDING).standing, "CI.2@m1");
});

test("fields become a command: ids for what is new, reviews beside indicators, numbers, no unseen characters", () => {
  const fields = { type: "aim-outcome", outcome: "a", standing: "CI.2@m1", indicators: ["CI.2", "CI.3"], target: "3", form: "x", id: "y", back: "/" };
  assert.deepEqual(commandOf(FORMS["aim-outcome"], fields).data, {
    outcome: "a", target: 3, indicators: [{ indicator: "CI.2", review: "m1" }, { indicator: "CI.3" }],
  });
  const { data } = commandOf(FORMS["word-outcome"], { type: "word-outcome", passage: "a:measure:en", text: " Re\u202ecords \n" });
  assert.equal(data.text, "Records");
  assert.match(data.wording, /^w-[0-9a-f-]{36}$/);
});

test("what is missing, too long or aimed too low is said beside its field", () => {
  const scale = { levels: 4, names: ["One", "Two", "Three", "Four"] };
  assert.deepEqual(faultsOf(FORMS["word-outcome"], {}, STANDING, scale), { text: "Fill this in." });
  assert.deepEqual(faultsOf(FORMS["word-outcome"], { text: "12345678901" }, STANDING, scale), { text: "Shorten this to 10 characters." });
  const long = { ...FORMS["word-outcome"], fields: FORMS["word-outcome"].fields.map((field) => ({ ...field, most: 10_000 })) };
  assert.deepEqual(faultsOf(long, { text: "a".repeat(10_001) }, STANDING, scale), { text: "Shorten this to 10,000 characters." });
  const low = { indicators: [{ indicator: "CI.2", review: "m1" }], target: 1 };
  assert.match(faultsOf(FORMS["aim-outcome"], low, STANDING, scale).target, /CI\.2 the school stands at “Two”/);
  assert.deepEqual(faultsOf(FORMS["aim-outcome"], { ...low, target: 2 }, STANDING, scale), {});
  assert.deepEqual(faultsOf(FORMS["aim-outcome"], low, { "CI.2": { ...STANDING["CI.2"], levels: 7 } }, scale), {}); // another scale
});

test("a refused command finds its form again, with what was typed", () => {
  assert.equal(formOf(FORMS, "word-outcome", { passage: "a:measure:es" }), "translate-outcome@a:measure:es");
  assert.equal(formOf(FORMS, "aim-outcome", { outcome: "a", reason: "So" }), "amend-aim@a");
  assert.equal(formOf(FORMS, "propose-outcome", {}), "propose-outcome@page");
  assert.equal(formOf(FORMS, "adopt-outcomes", {}), null);
  const data = { indicators: [{ indicator: "CI.2", review: "m1" }], target: 3 };
  assert.deepEqual(draftFrom(FORMS["aim-outcome"], data), { indicators: ["CI.2"], target: "3" });
  assert.deepEqual(initial(VIEW, "aim-outcome@a"), { indicators: ["CI.2"], target: "3" });
  assert.deepEqual(initial(VIEW, "word-outcome@a:measure:en"), { text: "Records" });
  assert.equal(passageAt("amend-outcome@a:measure:en"), "a:measure:en");
  assert.equal(passageAt("assign-outcome@a"), null);
});

const pending = (type, data, received = null) => ({ id: "x", type, data, stream: "outcomes:o1", at: 0, received });

test("what I wrote stands at once, and what both sides must see waits", () => {
  const shown = withPending(VIEW, [
    pending("word-outcome", { passage: "a:measure:en", wording: "w2", text: "Mine" }),
    pending("move-outcome", { outcome: "c" }),
    pending("endorse-outcome", { outcome: "a" }),
    pending("comment-on-outcome", { outcome: "a", comment: "c1", text: "Why?" }),
    pending("restore-outcome", { outcome: "b" }),
    pending("sign-outcomes", { side: "school", version: 3 }),
  ], "me");
  assert.equal(shown["text:a:measure:en"].text, "Mine");
  assert.deepEqual(outcomesOf(shown), ["c", "a", "b"]);
  assert.deepEqual(voicesOf(shown, "endorsement", "a").map(({ person }) => person), ["me"]);
  assert.deepEqual(voicesOf(shown, "comment", "a").map((one) => one.text), ["Why?"]);
  assert.ok(!("signature:school:me" in shown));
  assert.equal(VIEW["text:a:measure:en"].text, "Records"); // the confirmed view is left alone
  assert.equal(withPending(VIEW, [], "me"), VIEW);
});

test("a proposal of mine stands last until the server says where the school stands", () => {
  const data = { outcome: "d", indicators: [{ indicator: "CI.2", review: "m1" }], target: 4, statement: "S", measure: "M", school_commitment: "A", home_commitment: "B" };
  const shown = withPending(VIEW, [pending("propose-outcome", data)], "me");
  assert.deepEqual(outcomesOf(shown), ["a", "c", "d"]);
  assert.equal(shown["outcome:d"].baselines[0].level, null);
  assert.equal(shown["text:d:home-office:en"].text, "B");
  const known = withPending(shown, [pending("propose-outcome", data, 5)], "me");
  assert.deepEqual(outcomesOf(known), ["a", "c", "d"]); // the stream can be quicker than the answer
});

test("the Spanish is older when the English it was made from was worded again", () => {
  assert.ok(isOlder(VIEW, "a", "measure"));
  assert.ok(!isOlder({ ...VIEW, "text:a:measure:es": text("a:measure:es", "s2", "R", "w1") }, "a", "measure"));
  assert.ok(!isOlder(VIEW, "c", "measure"));
});

test("amendments are in the order in which they were made", () => {
  const view = { "amendment:a:10": { at: "2" }, "amendment:a:9": { at: "1" }, "amendment:ab:1": { at: "0" } };
  assert.deepEqual(amendmentsOf(view, "a").map(({ at }) => at), ["1", "2"]);
});

const WORDS = { wording: "w2", text: "One two four", by: "gil" };

test("what was erased is put together with nothing, and not shown again", () => {
  const erased = { ...WORDS, text: null };
  const draft = { text: "Zero one two", replaces: "w1", base: "One two", returned: "yes" };
  assert.deepEqual(clashOf(draft, erased), { mine: "Zero one two", base: null });
  assert.equal(together(draft, erased), null);
  assert.equal(chosen(draft, erased, "take-both").text, "Zero one two");
});

test("two texts clash only when another wording took the place of mine", () => {
  const draft = { replaces: "w1", base: "One two", text: "Zero one two" };
  assert.deepEqual(clashOf(draft, WORDS), { mine: "Zero one two", base: "One two" });
  assert.equal(clashOf({ ...draft, replaces: "w2" }, WORDS), null);
  assert.equal(clashOf({ ...draft, text: "One two four " }, WORDS), null); // the same words
  assert.equal(clashOf(undefined, WORDS), null);
});

test("both changes are put together, or one of the texts is gone on with; mine is kept", () => {
  const draft = { replaces: "w1", base: "One two", text: "Zero one two" };
  const apart = { replaces: "w1", base: "One two three", text: "Zero two three", returned: "yes" };
  const theirs = { ...WORDS, text: "One two four" };
  assert.equal(chosen(draft, WORDS, "take-theirs").text, "One two four");
  assert.equal(chosen(chosen(draft, WORDS, "take-theirs"), WORDS, "take-mine").text, "Zero one two");
  assert.deepEqual(together(apart, theirs), { ...apart, mine: "Zero two three", text: "Zero two four" });
  assert.equal(together({ ...apart, text: "One two five" }, theirs), null);
  assert.equal(together({ replaces: "w1", base: "One two three", text: "Zero two three" }, theirs), null); // it did not come back
});
