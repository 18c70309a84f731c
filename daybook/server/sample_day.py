"""The sample network's finished review: a day that `samples/cedar-fall.toml` tells, as commands."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

_DAY = Path(__file__).parent.parent / "samples" / "cedar-fall.toml"
_OPENS = 15  # hours UTC: a morning on the west coast
_RATING, _AGREEING = timedelta(minutes=255), timedelta(minutes=285)


class Sender(Protocol):
    """Whoever sends the day's commands at set times."""

    async def send(self, actor: str, kind: str, /, **data: Any) -> None:
        """Send a command."""

    def wait_until(self, at: datetime) -> None:
        """Move the clock on."""


async def finished_review(hand: Sender, day: date) -> None:
    """Send the day, from scheduling to closing."""
    told = tomllib.loads(_DAY.read_text(encoding="utf-8"))
    review = told["review"]
    team = [{"person": "facilitator", "role": "facilitator"}]
    team += [{"person": f"reviewer-{n}", "role": "reviewer"} for n in range(1, 9)]
    opens = datetime(day.year, day.month, day.day, _OPENS, tzinfo=UTC)
    hand.wait_until(opens - timedelta(days=21))
    await hand.send(
        "coach",
        "schedule-review",
        review=review,
        school=told["school"],
        date=day.isoformat(),
        rubric=told["rubric"],
        focus=[indicator["code"] for indicator in told["indicators"]],
        team=team,
    )
    hand.wait_until(opens)
    await hand.send("facilitator", "open-review", review=review)
    for member in team:
        await hand.send(member["person"], "join-review", review=review)
    for note in told["evidence"]:
        hand.wait_until(opens + timedelta(minutes=note["minute"]))
        await _note(hand, review, note)
    await _rate(hand, review, told["indicators"], opens + _RATING)
    await _agree(hand, told, opens + _AGREEING)
    await hand.send("facilitator", "close-review", review=review)


async def _note(hand: Sender, review: str, note: dict[str, Any]) -> None:
    """Add an item of evidence; some are put differently or taken back a moment later."""
    shared = {name: note[name] for name in ("source", "stance", "indicators", "setting")}
    person, evidence = note["person"], note["id"]
    await hand.send(person, "add-evidence", review=review, evidence=evidence, text=note["text"], **shared)
    if "reworded" in note:
        await hand.send(person, "revise-evidence", review=review, evidence=evidence, text=note["reworded"], **shared)
    if note.get("withdrawn"):
        await hand.send(person, "withdraw-evidence", review=review, evidence=evidence)


def _is_late(code: str, reviewer: int) -> bool:
    """One of the team was with the families and answers on FE.2 after its reveal."""
    return (code, reviewer) == ("FE.2", 8)


async def _rate(hand: Sender, review: str, indicators: list[dict[str, Any]], start: datetime) -> None:
    """Everyone rates alone; one changes their mind before anyone can see it."""
    for place, indicator in enumerate(indicators):
        hand.wait_until(start + timedelta(minutes=3 * place))
        code = indicator["code"]
        for reviewer, answer in enumerate(indicator["answers"], start=1):
            person = f"reviewer-{reviewer}"
            if (code, reviewer) == ("CI.2", 4):
                await hand.send(person, "give-rating", review=review, indicator=code, answer=3)
            if not _is_late(code, reviewer):
                await hand.send(person, "give-rating", review=review, indicator=code, answer=answer)


async def _agree(hand: Sender, told: dict[str, Any], start: datetime) -> None:
    """Reveal, talk, and agree, one indicator after the other."""
    for place, indicator in enumerate(told["indicators"]):
        about = {"review": told["review"], "indicator": indicator["code"]}
        hand.wait_until(start + timedelta(minutes=9 * place))
        await hand.send("facilitator", "reveal-ratings", **about)
        for reviewer, answer in enumerate(indicator["answers"], start=1):
            if _is_late(indicator["code"], reviewer):
                await hand.send(f"reviewer-{reviewer}", "give-rating", answer=answer, **about)
        hand.wait_until(start + timedelta(minutes=9 * place + 7))
        await hand.send(
            "facilitator",
            "record-consensus",
            level=indicator["level"],
            rationale=indicator["rationale"],
            evidence=[note["id"] for note in told["evidence"] if indicator["code"] in note["indicators"]],
            dissent=indicator.get("dissent", []),
            **about,
        )
