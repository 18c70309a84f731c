"""The timeline's sentences about plans: each kind of part by its name, and no words of anyone's."""

import re
from typing import Literal, get_args

import pytest

from daybook.events.core import Event, Prose, Sentence, stored_name
from daybook.events.plan import (
    ActionAdded,
    ActionScheduled,
    PartAssigned,
    PassageWorded,
    PlanEvent,
    PlanWordsRedacted,
    StrategyAdded,
    TargetSet,
)
from daybook.events.plan_tags import REDACTABLE
from daybook.events.plan_talk import ChangeProposed, EvidenceCited
from daybook.events.plan_values import ActionStatus, Carries, Citation, StrategyStatus, SupportAnswer, SupportKind
from daybook.projections import timeline_plan
from daybook.projections.timeline import facets, sentence
from daybook.server.templates import in_words
from tests.every_plan_event import EVERY_PLAN_EVENT, WORDS

PLAN_SENTENCES: dict[str, tuple[str, dict[str, str | int | Sentence]]] = {
    "plan-begun": ("{actor} began the plan for {year}", {"year": "2025–26"}),
    "passage-worded": ("{actor} put {place} into words", {"place": Sentence("the vision")}),
    "plan-adopted": ("{actor} adopted the plan; this version is called “{version}”", {"version": "As adopted"}),
    "plan-closed": ("{actor} closed the plan", {}),
    "plan-words-redacted": ("{actor} erased the words of {place}", {"place": Sentence("a strategy")}),
    "priority-added": ("{actor} added a priority from a June Outcome ({codes})", {"codes": "CI.1, CI.2"}),
    "strategy-added": ("{actor} added a strategy", {}),
    "action-added": ("{actor} added an action step", {}),
    "measure-added": ("{actor} added a progress measure", {}),
    "support-requested": ("{actor} asked the home office for support: {need}", {"need": Sentence("coaching")}),
    "part-moved": ("{actor} moved {place}", {"place": Sentence("a priority")}),
    "part-retired": ("{actor} retired {place}", {"place": Sentence("an action step")}),
    "part-restored": ("{actor} restored {place}", {"place": Sentence("an action step")}),
    "part-assigned": (
        "{actor} made {person} the owner of {place}",
        {"person": "nadia", "place": Sentence("a strategy")},
    ),
    "strategy-funded": (
        "{actor} set money aside for a strategy: {amount} dollars from “{fund}”",
        {"amount": 4500, "fund": "Title I"},
    ),
    "action-scheduled": ("{actor} made an action step due on {date}", {"date": "2025-11-03"}),
    "action-reported": ("{actor} reported on an action step: {status}", {"status": Sentence("under way")}),
    "target-set": (
        "{actor} set the aim of a progress measure: from {baseline} to {target}",
        {"baseline": "41", "target": "60.5"},
    ),
    "reading-taken": ("{actor} recorded a reading of {value} on {date}", {"value": "44.5", "date": "2025-11-14"}),
    "reading-withdrawn": ("{actor} withdrew a reading", {}),
    "support-answered": ("{actor} answered a request for support: {answer}", {"answer": Sentence("agreed")}),
    "check-in-held": ("{actor} held a check-in on a strategy: {status}", {"status": Sentence("on track")}),
    "priority-reflected": (
        "{actor} reflected on a priority: {carries}",
        {"carries": Sentence("it carries forward")},
    ),
    "change-proposed": (
        "{actor} proposed other words for {place}",
        {"place": Sentence("the family section in Spanish")},
    ),
    "proposal-accepted": ("{actor} accepted a proposal", {}),
    "proposal-declined": ("{actor} declined a proposal", {}),
    "proposal-withdrawn": ("{actor} took a proposal back", {}),
    "refinement-opened": ("{actor} opened a refinement for quarter {quarter}", {"quarter": 1}),
    "evidence-cited": ("{actor} cited {cited} for a refinement", {"cited": Sentence("a reading")}),
    "citation-removed": ("{actor} no longer cites {cited} for a refinement", {"cited": Sentence("a reading")}),
    "refinement-agreed": ("{actor} agreed to a refinement", {}),
    "agreement-withdrawn": ("{actor} no longer agrees to a refinement", {}),
    "refinement-closed": (
        "{actor} closed a refinement; this version is called “{version}”",
        {"version": "After the first quarter"},
    ),
}
"""What is said of the first example of each type."""
PLAN_PROSE = {
    "passage-worded",
    "plan-words-redacted",
    "priority-added",
    "strategy-added",
    "action-added",
    "measure-added",
    "support-requested",
    "part-retired",
    "action-reported",
    "reading-taken",
    "reading-withdrawn",
    "support-answered",
    "check-in-held",
    "priority-reflected",
    "change-proposed",
    "proposal-declined",
}
"""The types that hold free text."""
PLAN_TALK = {
    "check-in-held",
    "change-proposed",
    "proposal-accepted",
    "proposal-declined",
    "proposal-withdrawn",
    "evidence-cited",
    "citation-removed",
}
"""The types whose lines are for the school's team."""
_TEXT = Prose("Words")


def said(event: Event) -> str:
    """Tell an event in English, as its reader sees it."""
    told = sentence(event)
    return in_words(Sentence(told.message, {"actor": "Ana", **told.values}), "en")


def test_every_kind_of_event_of_a_plan_is_told() -> None:
    assert PLAN_SENTENCES.keys() == {stored_name(kind) for kind in get_args(PlanEvent)}


@pytest.mark.parametrize(
    ("event", "english"),
    [
        (
            PassageWorded(plan="p1", passage="strategy:r:if", wording="w", text=_TEXT, replaces="v"),
            "Ana put the “if” of a strategy into other words",
        ),
        (
            PassageWorded(plan="p1", passage="refinement:q:why", wording="w", text=_TEXT),
            "Ana put why a refinement was made into words",
        ),
        (
            PassageWorded(plan="p1", passage="family:en", wording="w", text=_TEXT, replaces="v", proposal="c"),
            "Ana put the family section in English into the words that were proposed",
        ),
        (PartAssigned(plan="p1", part="measure:m", owner=None), "Ana left a progress measure without an owner"),
        (ActionScheduled(plan="p1", action="a", due=None), "Ana took the due day off an action step"),
        (
            ActionAdded(plan="p1", action="a", strategy="r", text=_TEXT, proposal="c"),
            "Ana added an action step that was proposed",
        ),
        (
            StrategyAdded(plan="p1", strategy="a", priority="r", title=_TEXT, if_=_TEXT, then=_TEXT, proposal="c"),
            "Ana added a strategy that was proposed",
        ),
        (
            ChangeProposed(plan="p1", proposal="c", person="ana", text=_TEXT, under="strategy:r"),
            "Ana proposed an action step",
        ),
        (
            ChangeProposed(plan="p1", proposal="c", person="ana", text=_TEXT, under="priority:r"),
            "Ana proposed a strategy",
        ),
        (
            TargetSet(plan="p1", measure="m", baseline=1234567.0, target=0.25),
            "Ana set the aim of a progress measure: from 1234567 to 0.25",
        ),
    ],
)
def test_what_differs_is_told_apart(event: Event, english: str) -> None:
    assert said(event) == english


@pytest.mark.parametrize(
    ("kind", "cited"),
    [
        ("consensus", "the consensus on CI.2"),
        ("evidence", "an item of evidence"),
        ("reading", "a reading"),
        ("check-in", "a check-in"),
    ],
)
def test_what_is_cited_is_told_by_its_kind(
    kind: Literal["consensus", "evidence", "reading", "check-in"], cited: str
) -> None:
    event = EvidenceCited(plan="p1", refinement="q1", citation=Citation(kind=kind, item="CI.2"))
    assert said(event) == f"Ana cited {cited} for a refinement"


def test_every_place_whose_words_can_be_erased_has_a_name() -> None:
    for kind in REDACTABLE:
        about = kind if kind in ("vision", "family") else f"{kind}:x"
        erased = PlanWordsRedacted(plan="p1", about=about, reason=_TEXT)
        assert re.fullmatch(r"Ana erased the words of (a|an|the) .+", said(erased)), kind


def test_every_choice_has_its_words() -> None:
    for choices, words in (
        (get_args(SupportKind), timeline_plan._NEEDS),
        ({*get_args(ActionStatus), *get_args(StrategyStatus)}, timeline_plan._STATUSES),
        (get_args(SupportAnswer), timeline_plan._ANSWERS),
        (get_args(Carries), timeline_plan._CARRIES),
    ):
        assert set(choices) == set(words)


def test_the_talk_about_a_plan_is_for_the_schools_team() -> None:
    tags = ("plan:p1", "school:maple", "check-in:k1", "strategy:readers")
    assert facets("check-in-held", tags, "ana") == (
        "audience:team",
        "stream:plan:p1",
        "person:ana",
        "school:maple",
        "staff:maple",
    )
    for_team = {kind for kind in PLAN_SENTENCES if facets(kind, tags, "ana")[0] == "audience:team"}
    assert for_team == PLAN_TALK
    assert "staff:maple" not in facets("passage-worded", tags, "ana")
    assert WORDS not in "".join(map(said, EVERY_PLAN_EVENT))
