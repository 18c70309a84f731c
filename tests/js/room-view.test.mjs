import assert from "node:assert/strict";
import { test } from "node:test";
import { changedIn, lateOf, membersOf, ratingsOf } from "../../daybook/web/static/room-view.js";

const rating = (person, answer) => ({ kind: "rating", code: "1.1", person, answer });
const aView = () => ({
  "review": { kind: "review" },
  "member:ana": { kind: "member", person: "ana", role: "reviewer" },
  "rating:1.1:ana": rating("ana", 2),
  "rating:1.2:ana": { ...rating("ana", 4), code: "1.2" },
  "rating:1.1:ben": rating("ben", 3),
});
const answers = (view) => ratingsOf(view, "1.1").map(({ person, answer }) => [person, answer]);

test("what was put, changed and removed in place is told by the next drawing, once it is said", () => {
  const view = aView();
  assert.deepEqual(answers(view), [["ana", 2], ["ben", 3]]);
  view["rating:1.1:ana"] = rating("ana", 1);
  view["rating:1.1:cleo"] = rating("cleo", 4);
  view["late:1.1:dan"] = { ...rating("dan", 2), kind: "late" }; // the first of its kind
  delete view["rating:1.1:ben"];
  changedIn(view, ["rating:1.1:ana", "rating:1.1:cleo", "late:1.1:dan", "rating:1.1:ben"]);
  assert.deepEqual(answers(view), [["ana", 1], ["cleo", 4]]);
  assert.deepEqual(lateOf(view, "1.1").map(({ person }) => person), ["dan"]);
  assert.deepEqual(membersOf(view).map(({ person }) => person), ["ana"]);
});

test("where any entry may be concerned, all are looked at again", () => {
  const view = aView();
  assert.equal(membersOf(view).length, 1);
  view["member:ben"] = { kind: "member", person: "ben", role: "facilitator" };
  changedIn(view, null);
  assert.deepEqual(membersOf(view).map(({ person }) => person), ["ben", "ana"]);
});
