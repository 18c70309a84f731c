"""What the events and commands of a Call-to-Action plan are made of: names of places, choices, aims and citations."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from daybook.events.core import Id, IndicatorCode, Name

_ID = "[a-z0-9][a-z0-9-]{0,62}"
_END = r"(?![\s\S])"

Part = Annotated[
    str,
    Meta(
        pattern=rf"^(priority|strategy|action|measure|support):{_ID}{_END}",
        description="A part of the plan with its kind, such as strategy:readers.",
    ),
]
Passage = Annotated[
    str,
    Meta(
        pattern=rf"^(vision|family:(en|es)|(priority|action|measure|support|reflection):{_ID}"
        rf"|strategy:{_ID}:(title|if|then)|refinement:{_ID}:(changed|why)){_END}",
        description="A text of the plan: vision, family:en, family:es, priority:…, strategy:…:title, :if or :then, "
        "action:…, measure:…, support:…, refinement:…:changed or :why, reflection:<priority>.",
    ),
]
ActionStatus = Literal["not-started", "under-way", "done", "stuck"]
StrategyStatus = Literal["on-track", "needs-attention", "off-track", "done"]
SupportKind = Literal["coaching", "professional-development", "operations", "staffing", "budget", "other"]
SupportAnswer = Literal["agreed", "declined", "delivered"]
Quarter = Literal[1, 2, 3, 4]
Carries = Literal["carries-forward", "finished", "let-go"]
Value = Annotated[float, Meta(ge=-1e9, le=1e9, description="A number in the measure's unit.")]


Dollars = Annotated[int, Meta(ge=0, le=1_000_000_000, description="Whole dollars.")]


class Funding(Struct, frozen=True, forbid_unknown_fields=True):
    """Money set aside for a strategy, and where it comes from."""

    amount: Dollars
    source: Name


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a measure starts and where it shall be, in its unit."""

    baseline: Value
    target: Value


class Aim(Struct, frozen=True):
    """A June Outcome that priorities of the plan may serve, with its indicators."""

    outcome: Id
    indicators: tuple[IndicatorCode, ...]


class Citation(Struct, frozen=True, forbid_unknown_fields=True):
    """What a refinement rests on: a consensus or evidence of a review, a measure's reading, or a check-in.

    `item` is the indicator's code, the evidence's id, the reading's id or the check-in's id.
    """

    kind: Literal["consensus", "evidence", "reading", "check-in"]
    item: Annotated[str, Meta(min_length=1, max_length=63)]
    review: Id | None = None
