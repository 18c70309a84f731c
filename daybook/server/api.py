"""The JSON routes: commands in, views, history and events out."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery, PathParameter, QueryParameter
from msgspec import Struct

from daybook.events.core import NotAllowed, Refused, Sentence
from daybook.events.review import RatingGiven
from daybook.events.review_state import Review
from daybook.projections.network import ReviewListed, SchoolListed, StandingRating
from daybook.projections.network_plans import OutcomesListed, PlanListed
from daybook.projections.plan import audiences_at
from daybook.projections.view import seen
from daybook.server import history
from daybook.server.door import Envelope, Malformed
from daybook.server.explain import explain, explain_json
from daybook.server.guard import Need, entered, services_of, signed_in
from daybook.server.history import Remembered, looking_back
from daybook.server.known_people import known_people
from daybook.server.log import CommandIdReused, LogUnavailable, StoredEvent
from daybook.server.metrics import commands as answered
from daybook.server.packing import packed
from daybook.server.pages import language_of
from daybook.server.protocol import Patched
from daybook.server.services import Services
from daybook.server.templates import N_, Language, in_words

_WAIT_FOR_PATCHES = 25.0  # seconds; below the minute after which proxies give up
MOST_COMMANDS = 100
_MOST_EVENTS = 1_000

_STREAM = "A stream, such as review:maple-2026."
StreamInPath = Annotated[str, PathParameter(max_length=100, description=_STREAM)]
StreamInQuery = Annotated[str, QueryParameter(max_length=100, description=_STREAM)]


class Accepted(Struct, frozen=True):
    """A command was carried out; no positions when it had already happened."""

    id: UUID
    positions: tuple[int, ...]
    status: int = 200


class Declined(Struct, frozen=True, omit_defaults=True):
    """A command was not carried out, and why, in a sentence."""

    status: int
    message: str
    id: UUID | None = None


class ViewAt(Struct, frozen=True):
    """What a viewer may see of a stream, as of a position."""

    stream: str
    position: int
    epoch: UUID
    view: dict[str, Any]


class History(Struct, frozen=True):
    """Every patch of a stream that a viewer may see, in order, and the names of the people in them by their ids.

    Once a review is closed its team sees every answer from the moment it was given; see `Remembered`.
    """

    stream: str
    position: int
    epoch: UUID
    names: dict[str, str]
    patches: list[Remembered]


class News(Struct, frozen=True, omit_defaults=True):
    """What a long poll brings: patches after a position, or a snapshot when those are too many."""

    stream: str
    epoch: UUID
    position: int
    patches: list[Patched] | None = None
    snapshot: dict[str, Any] | None = None


class CloudEvent(Struct, frozen=True):
    """An event in the CloudEvents 1.0 JSON format (github.com/cloudevents/spec)."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    data: dict[str, Any]
    actor: str
    command: UUID
    tags: tuple[str, ...]
    specversion: str = "1.0"
    datacontenttype: str = "application/json"


def why(error: Exception) -> tuple[int, Sentence]:
    """Say why something was not done, with its status; anything unexpected is raised again."""
    match error:
        case NotAllowed(said=said):
            return 403, said
        case Refused(said=said):
            return 409, said
        case Malformed(said=said):
            return 400, said
        case CommandIdReused():
            return 409, Sentence(N_("This id was used for another command. Give every command an id of its own."))
        case LogUnavailable():
            return 503, Sentence(N_("Daybook cannot answer right now. Send it again in a moment: that is safe."))
        case _:
            raise error


async def decline(services: Services, error: Exception, lang: Language) -> Declined:
    """Say what became of a command that was not carried out, to whoever sent it."""
    status, said = why(error)
    person = said.values.get("person")
    names = await services.identity.names([person]) if isinstance(person, str) else {}
    return Declined(status, in_words(said, lang, names))


async def carry_out(services: Services, person: str, envelope: Envelope, lang: Language) -> Accepted | Declined:
    """Carry out one command, and say what became of it."""
    answer: Accepted | Declined
    try:
        answer = Accepted(envelope.id, await services.door.handle(person, envelope))
    except (Refused, Malformed, CommandIdReused, LogUnavailable) as error:
        answer = msgspec.structs.replace(await decline(services, error, lang), id=envelope.id)
    answered.labels(status=answer.status).inc()
    return answer


class _Known(Struct, frozen=True):
    id: UUID | None = None


_one = msgspec.json.Decoder(Envelope)
_several = msgspec.json.Decoder(list[msgspec.Raw])
_id_alone = msgspec.json.Decoder(_Known)


def read_envelope(sent: bytes | msgspec.Raw, lang: Language) -> Envelope | Declined:
    """Read one command as it was sent, or say what is wrong with it; under its id, where that can be read."""
    try:
        return _one.decode(sent)
    except msgspec.ValidationError as error:
        sentence = in_words(explain(error), lang)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Declined(400, in_words(explain_json(error), lang))
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Declined(400, sentence, _id_alone.decode(sent).id)
    return Declined(400, sentence)


@post("/api/v1/commands", opt={"need": Need.SIGNED_IN}, status_code=200)
async def commands(request: Request[Any, Any, Any]) -> Response[Accepted | Declined | list[Accepted | Declined]]:
    """Carry out a command, or a list of them in order. Sending one again is safe and answers as the first time."""
    services, person, lang = services_of(request), signed_in(request).id, language_of(request)
    if request.content_type[0] != "application/json":
        sentence = Sentence(N_("Send commands as JSON, with the content type application/json."))
        return Response(Declined(415, in_words(sentence, lang)), status_code=415)
    body = await request.body()
    if not body.lstrip().startswith(b"["):
        read = read_envelope(body, lang)
        answer = read if isinstance(read, Declined) else await carry_out(services, person, read, lang)
        return Response(answer, status_code=answer.status)
    try:
        several = _several.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        said = explain_json(error)
        raise Malformed(said.message, **said.values) from error
    if not 1 <= len(several) <= MOST_COMMANDS:
        raise Malformed("Send between 1 and {most} commands at once.", most=MOST_COMMANDS)
    # One that cannot be read must not hold up the others, which may wait behind it on a device.
    all_read = [read_envelope(sent, lang) for sent in several]
    return Response([r if isinstance(r, Declined) else await carry_out(services, person, r, lang) for r in all_read])


@get("/api/v1/views/{stream:str}", opt={"need": Need.STREAM})
async def view(request: Request[Any, Any, Any], stream: StreamInPath, at: FromQuery[str | None] = None) -> ViewAt:
    """Return a stream's view now, or at a position, an ISO time, or the end of an ISO day."""
    services, person = services_of(request), signed_in(request).id
    epoch = await services.log.epoch()
    kind, _, name = stream.partition(":")
    if kind == "school":
        if at is not None:
            raise Malformed("A school's view is that of now. Leave “at” out.")
        return await _school_view(services, name, person, epoch)
    if at is None:
        room, position, audiences = await entered(stream, services, person)
        return ViewAt(stream, position, epoch, dict(seen(room.view, audiences)))
    # Who may look is decided by their part today; what there was to see, by the room as it was.
    now, _, audiences = await entered(stream, services, person)
    room, steps, position = await history.room_at(services.log, services.codec, stream, history.moment(at))
    return ViewAt(stream, position, epoch, dict(seen(room.view, looking_back(now, audiences, steps))))


async def _school_view(services: Services, school: str, person: str, epoch: UUID) -> ViewAt:
    """Return what is stored of a school: its entry, its reviews, its current PIF state. It has no earlier moments.

    Its plans and June Outcomes are there for those who may see them, who are fewer than those who may see a school.
    """
    position = await services.stored.position()
    entries: dict[str, Any] = {"school": await services.stored.get(f"school:{school}", SchoolListed)}
    for review in await services.stored.find(ReviewListed, (f"school:{school}",)):
        entries[f"review:{review.review}"] = review
    for standing in await services.stored.find(StandingRating, (f"school:{school}",)):
        entries[f"standing:{standing.indicator}"] = standing
    if audiences_at(school, person, await services.door.people()):
        for plan in await services.stored.find(PlanListed, (f"school:{school}",)):
            entries[f"plan:{plan.plan}"] = plan
        for outcomes in await services.stored.find(OutcomesListed, (f"school:{school}",)):
            entries[f"outcomes:{outcomes.outcomes}"] = outcomes
    return ViewAt(f"school:{school}", position, epoch, entries)


@get("/api/v1/history/{stream:str}", opt={"need": Need.WATCH})
async def stream_history(request: Request[Any, Any, Any], stream: StreamInPath) -> Response[History]:
    """Return every patch of a stream that the reader may see, from its first event on, each with its sentence."""
    services, person, lang = services_of(request), signed_in(request).id, language_of(request)
    past = await history.past_of(services, stream, person, lang)
    steps = await history.remembered(past)
    answer = History(stream, past.position, await services.log.epoch(), past.names(), steps)
    return await packed(
        request,
        msgspec.json.encode(answer),
        "application/json",
        headers={"content-language": lang},
        vary="accept-encoding, accept-language, cookie",
    )


@get("/api/v1/live", opt={"need": Need.WATCH})
async def long_poll(
    request: Request[Any, Any, Any],
    stream: StreamInQuery,
    after: Annotated[int, QueryParameter(ge=0)] = 0,
    epoch: FromQuery[UUID | None] = None,
) -> News:
    """Wait for what comes after a position: for those whose network lets no WebSocket through."""
    services, person = services_of(request), signed_in(request).id
    now = await services.log.epoch()
    if after == 0 or (epoch is not None and epoch != now):
        room, position, audiences = await entered(stream, services, person)
        return News(stream, now, position, snapshot=dict(seen(room.view, audiences)))
    deadline = asyncio.get_running_loop().time() + _WAIT_FOR_PATCHES
    while True:
        room, position, audiences = await entered(stream, services, person)
        coming = room.coming
        missed = services.hub.missed(room, after, position, person, audiences)
        if missed is None:
            return News(stream, now, position, snapshot=dict(seen(room.view, audiences)))
        left = deadline - asyncio.get_running_loop().time()
        if missed or left <= 0:
            return News(stream, now, missed[-1].position if missed else after, patches=missed)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(coming.wait(), left)
        except asyncio.CancelledError:
            # The server stops, and only then is a request cancelled. Whoever waits is told that nothing came, and
            # asks again when it is back; dying here would be logged as a crash.
            return News(stream, now, after, patches=[])


@get("/api/v1/people", opt={"need": Need.SIGNED_IN})
async def people_names(
    request: Request[Any, Any, Any],
    ids: Annotated[str, QueryParameter(max_length=6_400, description="Ids, by commas.")],
) -> dict[str, dict[str, str]]:
    """Return the names of people whose ids stand in views and patches, as far as the asker may know them."""
    names = await known_people(services_of(request), signed_in(request))
    return {person: {"name": names[person]} for person in dict.fromkeys(ids.split(",")) if person in names}


@get("/api/v1/events", opt={"need": Need.READ_EVERYTHING})
async def events(
    request: Request[Any, Any, Any],
    after: Annotated[int, QueryParameter(ge=0)] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=_MOST_EVENTS)] = 100,
) -> list[CloudEvent]:
    """Return the log as CloudEvents. An answer that is still blind is withheld, from auditors too."""
    services = services_of(request)
    stored = await services.log.read(after=after, limit=limit)
    return [await _cloud_event(services, event) for event in stored]


async def _cloud_event(services: Services, stored: StoredEvent) -> CloudEvent:
    data = msgspec.json.decode(stored.data)
    if await _is_blind(services, stored):
        data["answer"] = None
    for field, commitment in _commitments(data):
        field["text"] = (stored.prose or {}).get(commitment)
    return CloudEvent(
        id=f"{services.settings.network}:{stored.position}",
        source=f"/networks/{services.settings.network}",
        type=stored.type,
        subject=stored.tags[0],
        time=stored.at,
        data=data,
        actor=stored.actor,
        command=stored.command,
        tags=stored.tags,
    )


async def _is_blind(services: Services, stored: StoredEvent) -> bool:
    """Tell whether an answer has not been shown to anyone but its author."""
    event = services.codec.decode(stored).event
    if not isinstance(event, RatingGiven) or event.late:
        return False
    state = (await services.door.states.get(stored.tags[0])).value
    if not isinstance(state, Review):
        return False
    this = state.rounds[event.indicator]
    # An answer that was replaced or taken back before the reveal was never shown; the day's end opens it to audit.
    shown = this.answers.get(event.person) == event.answer or state.phase == "closed"
    return not (this.revealed and shown)


def _commitments(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Find the places in an event's data where prose was taken out."""
    if isinstance(value, dict):
        if set(value) == {"sha256"}:
            yield value, value["sha256"]
        else:
            for inner in value.values():
                yield from _commitments(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _commitments(inner)


ROUTES = [commands, view, stream_history, long_poll, people_names, events]
