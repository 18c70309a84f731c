"""What the live conversation refuses: by which code it closes, in which words, and that nothing else is hurt."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import psycopg
import pytest
from websockets.exceptions import ConnectionClosed

from daybook.server import protocol
from daybook.server.guard import COOKIE
from daybook.server.identity import SESSION_LASTS
from tests.server_fixtures import CEDAR, MAPLE, Live, Server, closed

HELLO = {"type": "hello", "client": "t", "streams": [{"stream": f"review:{MAPLE}"}]}


async def says(live: Live, kind: str) -> dict[str, object]:
    """Wait for the next frame of a kind."""
    while True:
        frame: dict[str, object] = json.loads(await live.recv())
        if frame["type"] == kind:
            return frame


async def follow(live: Live, review: str = MAPLE) -> dict[str, object]:
    await live.send(json.dumps(HELLO | {"streams": [{"stream": f"review:{review}"}]}))
    return await says(live, "snapshot")


async def still_answers(server: Server) -> bool:
    async with server.socket("coach") as live:
        await live.send('{"type":"ping"}')
        return await live.recv() == '{"type":"pong"}'


def hello(**changes: object) -> str:
    return json.dumps(HELLO | changes)


BAD_MESSAGES = {
    "no JSON": "{",
    "nothing": "",
    "no object": "[]",
    "no type": "{}",
    "an unknown type": '{"type":"shout"}',
    "a frame of the server's": '{"type":"patch"}',
    "a wrong type of field": hello(streams="review:x"),
    "no client": '{"type":"hello","streams":[]}',
    "a long name for a client": hello(client="x" * 101),
    "too many streams": hello(streams=[{"stream": f"review:r{n}"} for n in range(21)]),
    "a NUL in a stream": hello(streams=[{"stream": "review:\x00"}]),
    "a stream without a name": hello(streams=[{"stream": "review"}]),
    "a long stream": hello(streams=[{"stream": "review:" + "x" * 100}]),
    "a position before the first": hello(streams=[{"stream": f"review:{MAPLE}", "after": -1}]),
    "a position that is text": hello(streams=[{"stream": f"review:{MAPLE}", "after": "1"}]),
    "an epoch that is none": hello(epoch="yesterday"),
    "a lone surrogate": '{"type":"hello","client":"\\ud800","streams":[]}',
    "deep nesting": '{"type":"ping","x":' + "[" * 7_000 + "]" * 7_000 + "}",
    "a signal about no indicator": json.dumps({"type": "signal", "stream": f"review:{MAPLE}", "looking_at": "<b>"}),
}


async def test_a_page_of_somebody_who_left_hears_nothing_of_who_came(standing_demo: Server) -> None:
    async with standing_demo.socket("coach") as live:
        await live.send(hello(person="coach"))
        assert await says(live, "snapshot")
        await live.send(hello(person="reviewer-1"))
        assert await closed(live) == (protocol.SIGN_IN, "Somebody else is signed in here now. Sign in again.")


@pytest.mark.parametrize("message", BAD_MESSAGES.values(), ids=BAD_MESSAGES)
async def test_a_bad_message_ends_the_conversation_with_4400(standing_demo: Server, message: str) -> None:
    async with standing_demo.socket("coach") as live:
        await live.send(message)
        assert await closed(live) == (
            protocol.BAD_MESSAGE,
            "This is no message of the live protocol.",
        )
    assert await still_answers(standing_demo)


async def test_a_binary_message_ends_the_conversation_with_4400(standing_demo: Server) -> None:
    async with standing_demo.socket("coach") as live:
        await live.send(b'{"type":"ping"}')
        assert await closed(live) == (protocol.BAD_MESSAGE, "Messages are text, not binary.")


async def test_a_message_over_the_limit_ends_the_conversation_with_4400(standing_demo: Server) -> None:
    async with standing_demo.socket("coach") as live:
        await live.send(json.dumps({"type": "ping", "x": "x" * protocol.LONGEST_MESSAGE}))
        assert await closed(live) == (protocol.BAD_MESSAGE, "A message is longer than 16,384 bytes.")


async def test_a_message_far_over_the_limit_is_not_even_taken_in(standing_demo: Server) -> None:
    async with standing_demo.socket("coach") as live:
        with suppress(ConnectionClosed, ConnectionResetError):  # it is refused before all of it is sent
            await live.send("x" * 2_000_000)
        await closed(live)
    # "Message too big" of RFC 6455; a client that was still sending may only notice that the line is cut.
    assert live.close_code in (1009, 1006)
    assert await still_answers(standing_demo)


async def test_the_end_is_announced_before_it_comes(standing_demo: Server) -> None:
    async with standing_demo.socket("coach") as live:
        await live.send("{")
        assert await says(live, "bye") == {"type": "bye", "reason": "This is no message of the live protocol."}


async def test_what_a_newer_client_adds_is_passed_over(standing_demo: Server) -> None:
    async with standing_demo.socket("coach") as live:
        await live.send('{"type":"ping","newer":{"than":"we"}}')
        assert await live.recv() == '{"type":"pong"}'


async def test_a_position_that_is_not_reached_yet_brings_a_snapshot(standing_demo: Server) -> None:
    for after in (10**6, 2**63, 10**30):
        async with standing_demo.socket("coach") as live:
            await live.send(hello(streams=[{"stream": f"review:{MAPLE}", "after": after}]))
            assert await says(live, "snapshot")


@pytest.mark.parametrize("stream", ["review:none", f"review:{CEDAR}", "school:maple", "people:x", "plan:maple"])
async def test_a_stream_that_is_not_theirs_ends_the_conversation_with_4403(standing_demo: Server, stream: str) -> None:
    async with standing_demo.socket("teacher") as live:
        await live.send(hello(streams=[{"stream": stream}]))
        assert await closed(live) == (
            protocol.NOT_ALLOWED,
            "This is not open to you, or there is nothing at this address.",
        )


@pytest.mark.parametrize("token", [None, "", "made up", "\u00e9"])
async def test_without_a_session_the_conversation_ends_with_4401(standing_demo: Server, token: str | None) -> None:
    headers = {} if token is None else {"cookie": f"{COOKIE}={token}"}
    async with standing_demo.socket(None, headers=headers) as live:
        assert await closed(live) == (protocol.SIGN_IN, "Your session has ended. Sign in again.")


async def test_with_an_expired_session_the_conversation_ends_with_4401(demo: Server) -> None:
    demo.token("coach")
    with psycopg.connect(demo.conninfo) as connection:
        then = datetime.now(UTC) - SESSION_LASTS
        connection.execute("UPDATE sessions SET expires_at = %s WHERE person = 'coach'", (then,))
    async with demo.socket("coach") as live:
        await closed(live)
    assert live.close_code == protocol.SIGN_IN


# Roles that change while people are in the room


async def test_who_is_taken_off_the_team_is_shown_out_and_can_do_nothing_more(demo: Server) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    async with demo.socket("reviewer-1") as live, demo.socket("reviewer-2") as other:
        await follow(live)
        await follow(other)
        demo.do("facilitator", "remove-member", review=MAPLE, person="reviewer-1")
        await closed(live)
        assert (live.close_code, live.close_reason) == (
            protocol.NOT_ALLOWED,
            "This is no longer open to you.",
        )
        told = await says(other, "patch")
        assert told["event"] == "member-removed"
    refused = demo.send("reviewer-1", "give-rating", review=MAPLE, indicator="CI.1", answer=2)
    assert (refused.status_code, refused.json()["message"]) == (
        403,
        "You are not on this review's team. Its facilitator can add you.",
    )
    assert demo.ask("GET", f"/reviews/{MAPLE}", "reviewer-1").status_code == 403
    async with demo.socket("reviewer-1") as again:
        await again.send(json.dumps(HELLO))
        await closed(again)
    assert again.close_code == protocol.NOT_ALLOWED


async def test_who_loses_their_role_is_refused_at_the_next_command_and_shown_out(demo: Server) -> None:
    async with demo.socket("coach") as live:
        await follow(live)
        demo.do("coach", "remove-member", review=MAPLE, person="reviewer-8")
        demo.do("admin", "revoke-role", person="coach", role="network-leader")
        refused = demo.send("coach", "remove-member", review=MAPLE, person="reviewer-7")
        assert (refused.status_code, refused.json()["message"]) == (
            403,
            "Only the network's administrators and leaders schedule reviews.",
        )
        await closed(live)
    assert live.close_code == protocol.NOT_ALLOWED
    assert demo.ask("GET", "/reviews/new", "coach").status_code == 403
    assert demo.ask("GET", f"/reviews/{MAPLE}", "coach").status_code == 403


async def test_who_joins_the_schools_leaders_rates_no_more(demo: Server) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    demo.do("reviewer-1", "give-rating", review=MAPLE, indicator="CI.1", answer=2)
    demo.do("admin", "join-team", team="maple-ilt", person="reviewer-1")
    refused = demo.send("reviewer-1", "give-rating", review=MAPLE, indicator="CI.1", answer=3)
    assert refused.status_code == 403
    assert refused.json()["message"].startswith("You lead this school")
    demo.do("admin", "leave-team", team="maple-ilt", person="reviewer-1")
    demo.do("reviewer-1", "give-rating", review=MAPLE, indicator="CI.1", answer=3)


async def test_who_becomes_an_observer_sees_less_from_then_on(demo: Server) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    note = {"source": "data", "stance": "supports", "indicators": ["CI.1"], "text": "Raw words."}
    demo.do("reviewer-2", "add-evidence", **note, review=MAPLE, evidence="e-raw")
    async with demo.socket("reviewer-1") as live:
        assert "Raw words." in json.dumps(await follow(live))
        demo.do("facilitator", "add-member", review=MAPLE, person="reviewer-1", role="observer")
        await says(live, "resync")
        assert "Raw words." not in json.dumps(await says(live, "snapshot"))
