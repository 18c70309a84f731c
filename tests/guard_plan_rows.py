"""A command of each kind about a plan at Maple, with what it is answered to whom; see `COMMAND_ROWS`."""

from typing import Any

PLAN: dict[str, Any] = {"plan": "p-one"}
STRATEGY = PLAN | {"strategy": "s-one"}
ACTION = PLAN | {"action": "a-one"}
MEASURE = PLAN | {"measure": "m-one"}
READING = MEASURE | {"reading": "r-one"}
SUPPORT = PLAN | {"support": "h-one"}
PROPOSAL = PLAN | {"proposal": "c-one"}
REFINEMENT = PLAN | {"refinement": "q-one"}
CITATION = REFINEMENT | {"citation": {"kind": "check-in", "item": "k-one"}}

LEADER: dict[int, tuple[str, ...]] = {200: ("principal",)}
AT_WORK = ("coach", "principal", "teacher")
"""The home office, the school's leader, and the teacher who carries the strategy."""

PLAN_ROWS: dict[str, tuple[dict[str, Any], dict[int, tuple[str, ...]]]] = {
    "begin-plan": (PLAN | {"school": "maple", "year": 2023}, {200: ("admin",), 409: ("principal",)}),
    "word-passage": (PLAN | {"passage": "vision", "wording": "v-one", "text": "All read."}, LEADER),
    "add-priority": (
        PLAN | {"priority": "y-one", "text": "Reading.", "rubric": "pif-illustrative-1", "indicators": ["CI.1"]},
        LEADER,
    ),
    "add-strategy": (
        STRATEGY | {"priority": "y-one", "title": "Clubs", "if_": "We read.", "then": "All do.", "owner": "teacher"},
        LEADER,
    ),
    "add-action": (ACTION | {"strategy": "s-one", "text": "Shelves."}, LEADER),
    "add-measure": (
        MEASURE | {"strategy": "s-one", "text": "Fluent.", "unit": "%", "baseline": 40, "target": 50},
        LEADER,
    ),
    "request-support": (
        SUPPORT | {"strategy": "s-one", "need": "coaching", "text": "A coach."},
        {200: ("principal",), 409: ("teacher",)},
    ),
    "move-part": (PLAN | {"part": "action:a-one", "under": "strategy:s-one"}, LEADER),
    "assign-part": (PLAN | {"part": "support:h-one", "owner": "coach"}, {200: ("admin", "coach")}),
    "fund-strategy": (STRATEGY | {"amount": 4500, "source": "Title I"}, LEADER),
    "schedule-action": (ACTION | {"due": "2024-01-10"}, {200: ("principal", "teacher")}),
    "report-action": (ACTION | {"status": "under-way"}, {200: AT_WORK}),
    "set-target": (MEASURE | {"baseline": 41, "target": 52}, LEADER),
    "take-reading": (
        READING | {"on": "2023-11-14", "value": 44.5},
        {200: ("coach",), 409: ("principal", "teacher")},
    ),
    "withdraw-reading": (READING | {"reason": "Another class."}, {200: AT_WORK[:1], 409: AT_WORK[1:]}),
    "answer-support": (SUPPORT | {"answer": "agreed", "text": "From May."}, {200: ("admin",), 409: ("coach",)}),
    "hold-check-in": (
        STRATEGY | {"check_in": "k-one", "on": "2023-11-20", "status": "on-track", "note": "Well."},
        {200: ("coach",), 409: ("principal", "teacher")},
    ),
    "propose-change": (
        PROPOSAL | {"passage": "vision", "replaces": "v-one", "text": "All read, and write."},
        {200: ("admin",), 409: ("coach", "principal", "teacher", "family")},
    ),
    "accept-proposal": (PROPOSAL | {"made": "v-two", "replaces": "v-one"}, LEADER),
    "decline-proposal": (PROPOSAL | {"reason": "Not now."}, {409: ("principal",)}),
    "withdraw-proposal": (PROPOSAL, {409: ("admin",)}),
    "retire-part": (PLAN | {"part": "action:a-one", "reason": "Done."}, LEADER),
    "restore-part": (PLAN | {"part": "action:a-one"}, LEADER),
    "adopt-plan": (PLAN | {"version": "As adopted"}, LEADER),
    "open-refinement": (REFINEMENT | {"quarter": 1}, LEADER),
    "cite-evidence": (CITATION, {200: ("principal", "teacher")}),
    "remove-citation": (CITATION, {200: ("principal", "teacher")}),
    "agree-to-refinement": (REFINEMENT, {200: AT_WORK}),
    "withdraw-agreement": (REFINEMENT, {200: AT_WORK}),
    "close-refinement": (REFINEMENT | {"version": "Fall"}, {409: ("principal",)}),
    "reflect-on-priority": (
        PLAN | {"priority": "y-one", "wording": "f-one", "text": "Most read.", "carries": "carries-forward"},
        LEADER,
    ),
    "redact-plan-words": (
        PLAN | {"about": "vision", "reason": "It names a child."},
        {200: ("admin", "principal")},
    ),
    "close-plan": (PLAN, {409: ("principal",)}),
}
