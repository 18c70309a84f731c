"""A finished review of the sample network: a day that a file tells, as commands."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from daybook.server.sample_script import Script

_OPENS = 15  # hours UTC: a morning on the west coast
_RATING, _AGREEING = timedelta(minutes=255), timedelta(minutes=285)


def finished_review(told: dict[str, Any], day: date) -> Script:
    """Tell the day, from scheduling to closing. Answers are those of reviewer-1, reviewer-2 and so on."""
    review = told["review"]
    reviewers = max(len(indicator["answers"]) for indicator in told["indicators"])
    team = [{"person": "facilitator", "role": "facilitator"}]
    team += [{"person": f"reviewer-{n}", "role": "reviewer"} for n in range(1, reviewers + 1)]
    opens = datetime(day.year, day.month, day.day, _OPENS, tzinfo=UTC)
    script = Script(opens - timedelta(days=21))
    script.send(
        "coach",
        "schedule-review",
        review=review,
        school=told["school"],
        date=day.isoformat(),
        rubric=told["rubric"],
        focus=[indicator["code"] for indicator in told["indicators"]],
        team=team,
    )
    script.wait_until(opens)
    script.send("facilitator", "open-review", review=review)
    for member in team:
        script.send(member["person"], "join-review", review=review)
    for note in told["evidence"]:
        script.wait_until(opens + timedelta(minutes=note["minute"]))
        _note(script, review, note)
    _rate(script, review, told["indicators"], opens + _RATING)
    _agree(script, told, opens + _AGREEING)
    script.send("facilitator", "close-review", review=review)
    return script


def _note(script: Script, review: str, note: dict[str, Any]) -> None:
    """Add an item of evidence; some are put differently or taken back a moment later."""
    shared = {name: note[name] for name in ("source", "stance", "indicators", "setting")}
    person, evidence = note["person"], note["id"]
    script.send(person, "add-evidence", review=review, evidence=evidence, text=note["text"], **shared)
    if "reworded" in note:
        script.send(person, "revise-evidence", review=review, evidence=evidence, text=note["reworded"], **shared)
    if note.get("withdrawn"):
        script.send(person, "withdraw-evidence", review=review, evidence=evidence)


def _rate(script: Script, review: str, indicators: list[dict[str, Any]], start: datetime) -> None:
    """Everyone rates alone; some change their mind before anyone can see it."""
    for place, indicator in enumerate(indicators):
        script.wait_until(start + timedelta(minutes=3 * place))
        code = indicator["code"]
        for reviewer, answer in enumerate(indicator["answers"], start=1):
            person = f"reviewer-{reviewer}"
            if person in indicator.get("first", {}):
                script.send(person, "give-rating", review=review, indicator=code, answer=indicator["first"][person])
            if person not in indicator.get("late", []):
                script.send(person, "give-rating", review=review, indicator=code, answer=answer)


def _agree(script: Script, told: dict[str, Any], start: datetime) -> None:
    """Reveal, talk, and agree, one indicator after the other; who is late answers in between."""
    for place, indicator in enumerate(told["indicators"]):
        about = {"review": told["review"], "indicator": indicator["code"]}
        script.wait_until(start + timedelta(minutes=9 * place))
        script.send("facilitator", "reveal-ratings", **about)
        for reviewer, answer in enumerate(indicator["answers"], start=1):
            if f"reviewer-{reviewer}" in indicator.get("late", []):
                script.send(f"reviewer-{reviewer}", "give-rating", answer=answer, **about)
        script.wait_until(start + timedelta(minutes=9 * place + 7))
        script.send(
            "facilitator",
            "record-consensus",
            level=indicator["level"],
            rationale=indicator["rationale"],
            evidence=[note["id"] for note in told["evidence"] if indicator["code"] in note["indicators"]],
            dissent=indicator.get("dissent", []),
            **about,
        )
