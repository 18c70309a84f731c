"""The rules of a School Support Review: who may do what, when, and what each decision rests on."""

from typing import assert_never

from daybook.events.core import Event, NotAllowed, Prose, Refused
from daybook.events.people import Context
from daybook.events.review import (
    ConsensusReached,
    ConsensusRedacted,
    DissentKept,
    EvidenceAdded,
    EvidenceRedacted,
    EvidenceRevised,
    EvidenceWithdrawn,
    MemberAdded,
    MemberRemoved,
    RatingGiven,
    RatingsRevealed,
    RatingWithdrawn,
    ReviewClosed,
    ReviewJoined,
    ReviewOpened,
    ReviewScheduled,
)
from daybook.events.review_commands import (
    AddEvidence,
    AddMember,
    CloseReview,
    GiveRating,
    JoinReview,
    OpenReview,
    RecordConsensus,
    RedactConsensus,
    RedactEvidence,
    RemoveMember,
    RevealRatings,
    ReviewCommand,
    ReviseEvidence,
    ScheduleReview,
    WithdrawEvidence,
    WithdrawRating,
)
from daybook.events.review_state import Review, Round
from daybook.events.rubric import Rubric
from daybook.events.school import School


def decide(command: ReviewCommand, review: Review, context: Context) -> list[Event]:
    """Decide one command of a review. An empty list means that it had already happened."""
    if review.phase == "unknown" and not isinstance(command, ScheduleReview):
        raise Refused("There is no review with the id {review}.", review=command.review)
    match command:
        case ScheduleReview():
            return _schedule(command, review, context)
        case AddMember() | RemoveMember():
            return _change_team(command, review, context)
        case OpenReview():
            _facilitator(review, context)
            if review.phase == "closed":
                raise Refused("This review is closed and cannot be opened again.")
            return [] if review.phase == "open" else [ReviewOpened(review=command.review)]
        case JoinReview():
            _on_team(review, context)
            _open(review, Refused("This review is closed and takes nobody in."))
            joined = context.actor in review.joined
            return [] if joined else [ReviewJoined(review=command.review, person=context.actor)]
        case GiveRating():
            return _give_rating(command, review, context)
        case WithdrawRating():
            return _withdraw_rating(command, review, context)
        case AddEvidence() | ReviseEvidence() | WithdrawEvidence():
            return _evidence(command, review, context)
        case RevealRatings():
            return _reveal(command, review, context)
        case RecordConsensus():
            return _record_consensus(command, review, context)
        case RedactEvidence() | RedactConsensus():
            return _redact(command, review, context)
        case CloseReview():
            return _close(command, review, context)
        case _:
            assert_never(command)


def _may_schedule(school: str, context: Context) -> None:
    if not (
        context.people.holds(context.actor, "network-administrator")
        or context.people.holds(context.actor, "network-leader", school)
    ):
        raise NotAllowed("Only the network's administrators and leaders schedule reviews.")


def _schedule(command: ScheduleReview, review: Review, context: Context) -> list[Event]:
    _may_schedule(command.school, context)
    if review.phase != "unknown":
        raise Refused("There is already a review with the id {review}. Choose another.", review=command.review)
    school, rubric = context.others[f"school:{command.school}"], context.others[f"rubric:{command.rubric}"]
    assert isinstance(school, School)
    assert isinstance(rubric, Rubric)
    if not school.name:
        raise Refused("There is no school with the id {school}.", school=command.school)
    if not rubric.published:
        raise Refused(
            "The rubric version {rubric} is not published, so nobody can rate on it yet.", rubric=command.rubric
        )
    unknown = [code for code in command.focus if code not in rubric.indicators]
    if unknown:
        raise Refused(
            "{codes}: not in the rubric version {rubric}. Check the focus indicators.",
            codes=", ".join(unknown),
            rubric=command.rubric,
        )
    if len(set(command.focus)) < len(command.focus):
        raise Refused("A focus indicator is named twice. Name each once.")
    people = [member.person for member in command.team]
    if len(set(people)) < len(people):
        raise Refused("Someone is on the team twice. Name each person once.")
    if not any(member.role == "facilitator" for member in command.team):
        raise Refused("The team has no facilitator. Name one.")
    for member in command.team:
        _not_of_the_school(member.person, member.role, command.school, command.ilt_rates, context)
    return [
        ReviewScheduled(
            review=command.review,
            school=command.school,
            date=command.date,
            rubric=command.rubric,
            levels=rubric.levels,
            focus=command.focus,
            team=command.team,
            ilt_rates=command.ilt_rates,
        )
    ]


def _not_of_the_school(person: str, role: str, school: str, ilt_rates: bool, context: Context) -> None:
    if role == "reviewer" and not ilt_rates and context.people.leads(person, school):
        raise Refused(
            "{person} leads this school and does not rate it in the team round. Choose another reviewer.", person=person
        )


def _change_team(command: AddMember | RemoveMember, review: Review, context: Context) -> list[Event]:
    if review.team.get(context.actor) != "facilitator":
        _may_schedule(review.school, context)
    if review.phase == "closed":
        raise Refused("This review is closed; its team stays as it was.")
    others = {person: role for person, role in review.team.items() if person != command.person}
    keeps_facilitator = isinstance(command, AddMember) and command.role == "facilitator"
    if not keeps_facilitator and "facilitator" not in others.values():
        raise Refused("A review needs a facilitator. Give someone else that part first.")
    if isinstance(command, RemoveMember):
        on_team = command.person in review.team
        return [MemberRemoved(review=command.review, person=command.person)] if on_team else []
    _not_of_the_school(command.person, command.role, review.school, review.ilt_rates, context)
    if review.team.get(command.person) == command.role:
        return []
    return [MemberAdded(review=command.review, person=command.person, role=command.role)]


def _facilitator(review: Review, context: Context) -> None:
    if review.team.get(context.actor) != "facilitator":
        raise NotAllowed("Only this review's facilitator does this.")


def _on_team(review: Review, context: Context) -> None:
    if context.actor not in review.team:
        raise NotAllowed("You are not on this review's team. Its facilitator can add you.")


def _begun(review: Review) -> None:
    if review.phase == "scheduled":
        raise Refused("This review is not open yet. Its facilitator opens it on the day.")


def _open(review: Review, if_closed: Refused) -> None:
    _begun(review)
    if review.phase == "closed":
        raise if_closed


def _round(review: Review, code: str) -> Round:
    if code not in review.rounds:
        raise Refused("{code} is not one of this review's focus indicators.", code=code)
    return review.rounds[code]


def _rater(review: Review, context: Context) -> None:
    _on_team(review, context)
    if not review.ilt_rates and context.people.leads(context.actor, review.school):
        raise NotAllowed("You lead this school: its self-review stands beside the team's ratings, and you do not rate.")
    if review.team[context.actor] != "reviewer":
        raise NotAllowed("Only this review's reviewers rate.")


def _check_level(level: int | str, review: Review) -> None:
    if isinstance(level, int) and level > review.levels:
        raise Refused(
            "This review's rubric has {levels} levels; there is no level {level}.", levels=review.levels, level=level
        )


def _give_rating(command: GiveRating, review: Review, context: Context) -> list[Event]:
    _rater(review, context)
    _open(review, Refused("This review is closed and takes no ratings."))
    this = _round(review, command.indicator)
    _check_level(command.answer, review)
    mine = this.late if this.revealed and context.actor in this.late else this.answers
    if mine.get(context.actor) == command.answer:
        return []
    return [
        RatingGiven(
            review=command.review,
            indicator=command.indicator,
            person=context.actor,
            answer=command.answer,
            late=this.revealed,
        )
    ]


def _withdraw_rating(command: WithdrawRating, review: Review, context: Context) -> list[Event]:
    _rater(review, context)
    _open(review, Refused("This review is closed and keeps its ratings as they are."))
    this = _round(review, command.indicator)
    if this.revealed:
        raise Refused("The ratings of {code} are revealed and stay on the record.", code=command.indicator)
    if context.actor not in this.answers:
        return []
    return [RatingWithdrawn(review=command.review, indicator=command.indicator, person=context.actor)]


def _evidence(
    command: AddEvidence | ReviseEvidence | WithdrawEvidence, review: Review, context: Context
) -> list[Event]:
    _on_team(review, context)
    if review.team[context.actor] == "observer":
        raise NotAllowed("Observers read what is shared; evidence is noted by the review's team.")
    _open(review, Refused("This review is closed and takes no evidence."))
    known = review.evidence.get(command.evidence)
    if isinstance(command, AddEvidence):
        if known:
            raise Refused(
                "There is already evidence with the id {evidence}. Send it under a new one.", evidence=command.evidence
            )
    elif known is None:
        raise Refused("There is no such evidence in this review.")
    elif known.person != context.actor:
        raise NotAllowed("Only its author changes evidence. Add your own beside it.")
    elif known.withdrawn and isinstance(command, ReviseEvidence):
        raise Refused("This evidence is withdrawn. Add it again as new evidence.")
    if isinstance(command, WithdrawEvidence):
        already = known is not None and known.withdrawn
        return [] if already else [EvidenceWithdrawn(review=command.review, evidence=command.evidence)]
    for code in command.indicators:
        _round(review, code)
    indicators = tuple(dict.fromkeys(command.indicators))
    text, setting = Prose(command.text), Prose(command.setting) if command.setting else None
    if isinstance(command, AddEvidence):
        return [
            EvidenceAdded(
                review=command.review,
                evidence=command.evidence,
                person=context.actor,
                source=command.source,
                stance=command.stance,
                indicators=indicators,
                text=text,
                setting=setting,
            )
        ]
    return [
        EvidenceRevised(
            review=command.review,
            evidence=command.evidence,
            source=command.source,
            stance=command.stance,
            indicators=indicators,
            text=text,
            setting=setting,
        )
    ]


def _reveal(command: RevealRatings, review: Review, context: Context) -> list[Event]:
    _facilitator(review, context)
    _open(review, Refused("This review is closed and shows its ratings as they were revealed."))
    this = _round(review, command.indicator)
    if this.revealed:
        return []
    if not this.answers:
        raise Refused("Nobody has rated {code} yet, so there is nothing to reveal.", code=command.indicator)
    missing = tuple(person for person in review.reviewers() if person not in this.answers)
    return [RatingsRevealed(review=command.review, indicator=command.indicator, missing=missing)]


def _record_consensus(command: RecordConsensus, review: Review, context: Context) -> list[Event]:
    _facilitator(review, context)
    _open(review, Refused("This review is closed and keeps the consensus it reached."))
    this = _round(review, command.indicator)
    _check_level(command.level, review)
    if not this.revealed:
        raise Refused("Reveal the ratings of {code} before recording a consensus.", code=command.indicator)
    unknown = [item for item in command.evidence if item not in review.evidence]
    if unknown:
        raise Refused("There is no evidence with the id {evidence} in this review.", evidence=unknown[0])
    strangers = [d.person for d in command.dissent if d.person is not None and d.person not in review.team]
    if strangers:
        raise Refused("{person} is not on this review's team, so the dissent cannot be theirs.", person=strangers[0])
    reached = ConsensusReached(
        review=command.review,
        indicator=command.indicator,
        level=command.level,
        rationale=Prose(command.rationale),
        evidence=command.evidence,
        dissent=tuple(DissentKept(text=Prose(d.text), person=d.person) for d in command.dissent),
    )
    return [] if reached == this.consensus else [reached]


def _redact(command: RedactEvidence | RedactConsensus, review: Review, context: Context) -> list[Event]:
    """Decide an erasure. It is possible in every phase, since what must not be kept may be found years later."""
    administers = context.people.holds(context.actor, "network-administrator")
    if not administers and review.team.get(context.actor) != "facilitator":
        raise NotAllowed("Only the review's facilitator and the network's administrators erase words from the record.")
    reason = Prose(command.reason)
    if isinstance(command, RedactEvidence):
        known = review.evidence.get(command.evidence)
        if known is None:
            raise Refused("There is no such evidence in this review.")
        erased = EvidenceRedacted(review=command.review, evidence=command.evidence, reason=reason)
        # Where the words are gone, all that was asked for is done: a second reason would be on record for nothing.
        return [] if known.redacted else [erased]
    this = _round(review, command.indicator)
    if this.consensus is None:
        raise Refused("There is no consensus on {indicator} to erase words from.", indicator=command.indicator)
    if this.redacted:
        return []
    return [ConsensusRedacted(review=command.review, indicator=command.indicator, reason=reason)]


def _close(command: CloseReview, review: Review, context: Context) -> list[Event]:
    _facilitator(review, context)
    if review.phase == "closed":
        return []
    _begun(review)
    blind = [code for code, this in review.rounds.items() if this.answers and not this.revealed]
    if blind:
        raise Refused(
            "There are ratings that nobody has seen yet: {codes}. Reveal them before closing.", codes=", ".join(blind)
        )
    return [ReviewClosed(review=command.review)]
