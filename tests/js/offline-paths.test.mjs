import assert from "node:assert/strict";
import { test } from "node:test";

import { cacheOf, isKeptAnswer, isKeptPage, keyOf, personOf } from "../../daybook/web/static/offline-paths.js";

test("pages that are worked on or looked back at are kept, forms and lists are not", () => {
  for (const path of ["/", "/schools/maple", "/reviews/maple-2026", "/plans/maple-plan", "/outcomes/maple", "/plans/maple-plan/replay", "/reviews/x/replay"]) {
    assert.ok(isKeptPage(path), path);
  }
  for (const path of ["/sign-in", "/reviews/new", "/timeline", "/reviews/x/other", "/api/v1/views/review:x", "/live/v1", "/outbox"]) {
    assert.ok(!isKeptPage(path), path);
  }
});

test("of answers for programs only the past is kept", () => {
  assert.ok(isKeptAnswer("/api/v1/history/review:maple"));
  for (const path of ["/api/v1/commands", "/api/v1/live", "/api/v1/views/review:maple", "/api/v1/history/a/b"]) assert.ok(!isKeptAnswer(path), path);
});

test("a page is kept once, whatever its query says, and an answer by its whole address", () => {
  const url = (path) => new URL(path, "https://daybook.example");
  assert.equal(keyOf(url("/reviews/maple?indicator=CI.2")), "/reviews/maple");
  assert.equal(keyOf(url("/api/v1/history/review:maple?lang=es")), "/api/v1/history/review:maple?lang=es");
});

test("what is kept is somebody's", () => {
  assert.equal(personOf(cacheOf("ana")), "ana");
  assert.equal(personOf("daybook-files-0123456789ab"), undefined);
});
