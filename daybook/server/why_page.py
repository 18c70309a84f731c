"""Why is this here? From a strategy back to its priority, June Outcome, indicators, consensus and evidence.

Where no June Outcome says from which level the school set out, the latest consensus of its reviews does. Each link of
the chain is shown as far as the reader may see the stream that it stands in: who may see the plan but not a review's
room reads the level that the June Outcome recorded, or that the school's page shows, and no more.
"""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from daybook.events.core import Match
from daybook.events.outcomes import Baseline
from daybook.projections.compare import words_of
from daybook.projections.network import RubricListed, SchoolListed, StandingRating
from daybook.projections.outcomes_entries import OutcomeShown, OutcomesShown
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import (
    CheckInShown,
    MeasureShown,
    PlanShown,
    PriorityShown,
    ProposalShown,
    ReadingShown,
    RefinementShown,
    StrategyShown,
)
from daybook.projections.room import ConsensusShown, EvidenceShown, ReviewShown
from daybook.projections.view import Shown, seen
from daybook.server.guard import Need, NotFound, services_of, signed_in
from daybook.server.pages import Page, language_of, page, rubric_in
from daybook.server.services import Services
from daybook.server.statements import with_aims
from daybook.server.templates import N_, Language

_CHANGES = ("strategy-added", "passage-worded", "part-moved", "part-retired", "part-restored")


@get("/plans/{plan:str}/why/{strategy:str}", opt={"need": Need.PLAN})
async def why_page(request: Page, plan: FromPath[str], strategy: FromPath[str]) -> Response[str]:
    """Show what a strategy rests on."""
    services, person, lang = services_of(request), signed_in(request).id, language_of(request)
    view = await with_aims(services, await _seen(services, f"plan:{plan}", person))
    this = view.get(f"strategy:{strategy}")
    if not isinstance(this, StrategyShown):
        raise NotFound(N_("There is no such strategy in this plan. Find it from the plan's own page."))
    shown, priority = view["plan"], view[f"priority:{this.priority}"]
    assert isinstance(shown, PlanShown)
    assert isinstance(priority, PriorityShown)
    outcome, rubric = await _outcome(services, shown, priority, person, lang)
    baselines: Mapping[str, Baseline] = {b.indicator: b for b in outcome["baselines"]} if outcome else {}
    texts = await _indicators(services, rubric or priority.rubric, lang)
    await services.stored.catch_up()
    facets = ("list:standing", f"school:{shown.school}")
    standing = {rating.indicator: rating for rating in await services.stored.find(StandingRating, facets)}
    versions = await services.stored.find(RubricListed, ("list:rubrics",))
    indicators = [
        {
            "code": code,
            "statement": texts["indicators"].get(code, code),
            "levels": texts["levels"],
            **await _found(services, baselines.get(code), standing.get(code), code, person),
        }
        for code in priority.indicators
    ]
    school = await services.stored.get(f"school:{shown.school}", SchoolListed)
    return page(
        request,
        "why.html",
        plan={"plan": plan, "school": shown.school, "year": shown.year},
        school_name=school.name if school else shown.school,
        strategy={
            "strategy": strategy,
            "title": words_of(view, f"strategy:{strategy}"),
            "if": _text(view, f"strategy:{strategy}:if"),
            "then": _text(view, f"strategy:{strategy}:then"),
            "owner": this.owner,
            "retired": this.reason if this.retired_at else None,
        },
        priority={"priority": this.priority, "text": words_of(view, f"priority:{this.priority}")},
        proposal=_proposal(view, this.proposal),
        refinements=_refinements(view, strategy, await _changes(services, plan, strategy)),
        outcome=outcome,
        indicators=indicators,
        scales={version.rubric: [getattr(name, lang) for name in version.levels] for version in versions},
        names=await services.identity.names(),
    )


async def _seen(services: Services, stream: str, person: str) -> dict[str, Shown]:
    """Return what a person may see of a stream; empty when there is none, or none for them."""
    room, _, audiences = await services.hub.view(stream, person)
    return seen(room.view, audiences)


def _text(view: Mapping[str, Shown], passage: str) -> str | None:
    text = view.get(f"text:{passage}")
    return text.text if isinstance(text, TextShown) else None


async def _outcome(
    services: Services, plan: PlanShown, priority: PriorityShown, person: str, lang: Language
) -> tuple[dict[str, Any] | None, str | None]:
    """Return the June Outcome that a priority comes from, in the reader's language if it is there, and its rubric."""
    if plan.outcomes is None or priority.outcome is None:
        return None, None
    view = await _seen(services, f"outcomes:{plan.outcomes}", person)
    outcomes, outcome = view.get("outcomes"), view.get(f"outcome:{priority.outcome}")
    if not isinstance(outcomes, OutcomesShown) or not isinstance(outcome, OutcomeShown):
        return None, None

    def said(text: str) -> str | None:
        return _text(view, f"{outcome.outcome}:{text}:{lang}") or _text(view, f"{outcome.outcome}:{text}:en")

    return {
        "outcomes": plan.outcomes,
        "year": outcomes.year,
        "statement": said("statement"),
        "measure": said("measure"),
        "home": said("home-office"),
        "target": outcome.target,
        "baselines": outcome.baselines,
    }, outcomes.rubric


async def _indicators(services: Services, rubric: str | None, lang: Language) -> dict[str, Any]:
    """Return a rubric version's level names, and its indicators' statements by code; empty without one."""
    if rubric is None:
        return {"levels": [], "indicators": {}}
    texts = await rubric_in(services, rubric, lang)
    statements = {i["code"]: i["statement"] for system in texts["systems"] for i in system["indicators"]}
    return {"levels": texts["levels"], "indicators": statements}


async def _found(
    services: Services, baseline: Baseline | None, standing: StandingRating | None, code: str, person: str
) -> dict[str, Any]:
    """Return what a school was found to do on an indicator: a June Outcome's baseline, or else where it stands now."""
    if baseline is not None and baseline.review is not None:
        standing = None
    review = standing.review if standing else baseline.review if baseline else None
    return {
        "baseline": baseline,
        "standing": standing,
        "review": await _review(services, review, code, person) if review else None,
    }


async def _review(services: Services, review: str, code: str, person: str) -> dict[str, Any] | None:
    """Return a review's consensus on an indicator and the evidence behind it, as far as this person may see them."""
    view = await _seen(services, f"review:{review}", person)
    shown, consensus = view.get("review"), view.get(f"consensus:{code}")
    if not isinstance(shown, ReviewShown) or not isinstance(consensus, ConsensusShown):
        return None
    cited = [view.get(f"evidence:{item}") for item in consensus.evidence]
    return {
        "review": review,
        "date": shown.date,
        "rationale": consensus.rationale,
        "dissent": consensus.dissent,
        "cited": len(consensus.evidence),
        "evidence": [item for item in cited if isinstance(item, EvidenceShown)],
    }


def _proposal(view: Mapping[str, Shown], proposal: str | None) -> dict[str, Any] | None:
    """Return the proposal that a strategy came from, where the reader may see it; its words are the strategy's own."""
    found = view.get(f"proposal:{proposal}")
    if not isinstance(found, ProposalShown):
        return None
    return {"person": found.person, "at": found.at}


async def _changes(services: Services, plan: str, strategy: str) -> list[int]:
    """Return the log's positions at which a strategy was added, reworded, moved, retired or restored."""
    match = Match(_CHANGES, (f"plan:{plan}", f"strategy:{strategy}"))
    return [event.position for event in await services.log.read((match,))]


def _refinements(view: Mapping[str, Shown], strategy: str, changes: list[int]) -> list[dict[str, Any]]:
    """List the closed refinements that changed this strategy or rest on its check-ins and readings, oldest first."""
    measures = {m.measure for m in view.values() if isinstance(m, MeasureShown) and m.strategy == strategy}
    mine = {f"check-in:{c.check_in}" for c in view.values() if isinstance(c, CheckInShown) and c.strategy == strategy}
    mine |= {f"reading:{r.reading}" for r in view.values() if isinstance(r, ReadingShown) and r.measure in measures}
    closed = [r for r in view.values() if isinstance(r, RefinementShown) and r.closed_at is not None]
    return [
        {
            "version": refinement.version,
            "at": refinement.closed_at,
            "why": _text(view, f"refinement:{refinement.refinement}:why"),
        }
        for refinement in sorted(closed, key=lambda r: r.from_position)
        if any(f"{citation.kind}:{citation.item}" in mine for citation in refinement.citations)
        or any(refinement.from_position < change < (refinement.to_position or 0) for change in changes)
    ]
