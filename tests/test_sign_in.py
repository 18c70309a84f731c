"""Signing in by password and as somebody of the sample network; sessions, their cookie and their end."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.cookies import Morsel, SimpleCookie

import httpx
import psycopg
import pytest
from argon2 import extract_parameters

from daybook.server import protocol
from daybook.server.database import Database
from daybook.server.guard import COOKIE
from daybook.server.identity import NOBODY, SESSION_LASTS, Identity, Person, TooManyAttempts
from tests.server_fixtures import MAPLE, Server, Start, closed, running_copy

NAME, PASSWORD = "amara@network.example", "correct horse battery"
AT = datetime(2026, 3, 17, 8, 0, tzinfo=UTC)
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
async def identity(sample: str) -> AsyncIterator[Identity]:
    """Yield who is known to the sample network, where admin also signs in by password."""
    database = Database(sample)
    await database.open()
    people = Identity(database, "sample")
    await people.add_person(Person("admin", "Amara Okafor"), NAME, PASSWORD)
    yield people
    await database.close()


@pytest.fixture(scope="module")
def serve(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server without demo mode, where admin signs in by password."""
    folder = tmp_path_factory.mktemp("serve")
    with running_copy(server, sample_template, folder, "serve", "--plain-http") as running:
        set_password(running, "admin", NAME, PASSWORD)
        yield running


def set_password(server: Server, person: str, name: str, password: str) -> str:
    """Give somebody a password as an operator does, and return what is printed."""
    done = subprocess.run(
        [sys.executable, "-m", "daybook.server.cli", "add-person", person, "Amara Okafor", "--sign-in-name", name],
        env={"DATABASE_URL": server.conninfo},
        input=f"{password}\n",
        text=True,
        capture_output=True,
        check=True,
    )
    return done.stdout


def sign_in(server: Server, name: str = NAME, password: str = PASSWORD, **form: str) -> httpx.Response:
    return server.ask("POST", "/sign-in", data={"name": name, "password": password} | form)


def cookie(answer: httpx.Response) -> "Morsel[str]":
    return SimpleCookie(answer.headers["set-cookie"])[COOKIE]


def session(token: str) -> dict[str, str]:
    return {"cookie": f"{COOKIE}={token}"}


# Passwords


def test_the_sample_networks_people_are_offered_with_what_they_are_where(standing_demo: Server) -> None:
    html = standing_demo.ask("GET", "/sign-in").text
    assert "school leader · Redwood High School" in html
    assert "observer · Maple Street Elementary" in html
    assert "network leader</span>" in html


def test_name_and_password_sign_in(serve: Server) -> None:
    answer = sign_in(serve)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    page = serve.ask("GET", "/", headers=session(answer.cookies[COOKIE]))
    assert page.status_code == 200
    assert "Amara Okafor" in page.text


def test_capitals_do_not_matter_in_a_name_and_do_in_a_password(serve: Server) -> None:
    assert sign_in(serve, NAME.upper()).status_code == 303
    assert sign_in(serve, password=PASSWORD.upper()).status_code == 401


@pytest.mark.parametrize(("name", "password"), [(NAME, "wrong"), ("nobody@network.example", PASSWORD), ("coach", "x")])
def test_a_wrong_name_and_a_wrong_password_are_told_in_the_same_words(serve: Server, name: str, password: str) -> None:
    answer = sign_in(serve, name, password)
    assert answer.status_code == 401
    assert "Name or password is not right. Check both and try again." in answer.text
    assert COOKIE not in answer.cookies
    assert f'value="{name}"' in answer.text, "the name is still there to be mended"
    assert f'"{password}"' not in answer.text


@pytest.mark.parametrize("form", [{}, {"name": NAME}, {"password": PASSWORD}, {"name": "\x00", "password": "x"}])
def test_half_a_form_is_told_what_is_missing(serve: Server, form: dict[str, str]) -> None:
    answer = serve.ask("POST", "/sign-in", data=form)
    assert answer.status_code == 400
    assert "Type your name and your password." in answer.text


def test_a_password_is_stored_as_argon2(identity: Identity, sample: str) -> None:
    with psycopg.connect(sample) as connection:
        stored = connection.execute("SELECT password_hash FROM people WHERE person = 'admin'").fetchone()
    assert stored is not None
    assert stored[0].startswith("$argon2id$")


def test_a_name_that_is_nobodys_is_checked_as_long_as_a_wrong_password(identity: Identity, sample: str) -> None:
    with psycopg.connect(sample) as connection:
        (stored,) = connection.execute("SELECT password_hash FROM people WHERE person = 'admin'").fetchone() or ("",)
    assert extract_parameters(NOBODY) == extract_parameters(stored)


def test_a_new_password_takes_the_place_of_the_old_one(serve: Server) -> None:
    name = "daniel@network.example"
    assert set_password(serve, "coach", name, PASSWORD) == f"Amara Okafor can sign in as {name}.\n"
    before = sign_in(serve, name).cookies[COOKIE]
    set_password(serve, "coach", name, "another horse battery")
    assert serve.ask("GET", "/", headers=session(before)).status_code == 303, "nor does the old one's session last"
    assert sign_in(serve, name).status_code == 401
    assert sign_in(serve, name, "another horse battery").status_code == 303


# Too many attempts


async def test_after_ten_wrong_passwords_not_even_the_right_one_is_taken_for_a_while(identity: Identity) -> None:
    for n in range(10):
        assert await identity.check_password(NAME, "wrong", HERE, AT + timedelta(seconds=n)) is None
    for _ in range(3):
        with pytest.raises(TooManyAttempts):
            await identity.check_password(NAME, PASSWORD, ELSEWHERE, AT + timedelta(minutes=14))
    later = AT + timedelta(minutes=15, seconds=10)
    assert await identity.check_password(NAME, PASSWORD, HERE, later) == Person("admin", "Amara Okafor")


async def test_trying_on_does_not_make_the_wait_longer(identity: Identity) -> None:
    for _ in range(10):
        await identity.check_password(NAME, "wrong", HERE, AT)
    for minute in range(1, 15):
        with pytest.raises(TooManyAttempts):
            await identity.check_password(NAME, "wrong", HERE, AT + timedelta(minutes=minute))
    assert await identity.check_password(NAME, PASSWORD, HERE, AT + timedelta(minutes=16))


async def test_right_passwords_count_for_nothing(identity: Identity) -> None:
    for n in range(12):
        assert await identity.check_password(NAME, PASSWORD, HERE, AT + timedelta(seconds=n))


async def test_many_attempts_at_once_are_no_way_around_the_limit(identity: Identity) -> None:
    attempts = [identity.check_password(NAME, f"guess {n}", HERE, AT) for n in range(40)]
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(outcome is None for outcome in outcomes) <= 10
    assert all(outcome is None or isinstance(outcome, TooManyAttempts) for outcome in outcomes)


async def test_one_person_who_fails_does_not_lock_out_their_school(identity: Identity) -> None:
    for _ in range(10):
        await identity.check_password("teacher@network.example", "wrong", HERE, AT)
    assert await identity.check_password(NAME, PASSWORD, HERE, AT)


async def test_an_address_that_tries_name_after_name_is_stopped(identity: Identity, sample: str) -> None:
    with psycopg.connect(sample) as connection:
        connection.execute(
            "INSERT INTO sign_in_failures SELECT 'sample', 'address:' || %s, %s FROM generate_series(1, 99)", (HERE, AT)
        )
    assert await identity.check_password("one-more@network.example", "password", HERE, AT) is None
    with pytest.raises(TooManyAttempts):
        await identity.check_password(NAME, PASSWORD, HERE, AT)
    assert await identity.check_password(NAME, PASSWORD, ELSEWHERE, AT)


def test_too_many_attempts_are_answered_429_with_a_sentence(serve: Server) -> None:
    name = "ruth@network.example"
    set_password(serve, "facilitator", name, PASSWORD)
    assert [sign_in(serve, name, "wrong").status_code for _ in range(10)] == [401] * 10
    for password in ("wrong", PASSWORD):
        answer = sign_in(serve, name, password)
        assert answer.status_code == 429
        assert "Too many attempts. Wait a quarter of an hour and try again." in answer.text
        assert answer.headers["retry-after"] == "900"
        assert COOKIE not in answer.cookies


# The cookie


def test_scripts_and_other_sites_do_not_get_the_cookie(standing_demo: Server) -> None:
    morsel = cookie(standing_demo.ask("POST", "/demo/sign-in", data={"person": "admin"}))
    assert morsel["httponly"]
    assert morsel["samesite"].lower() == "lax"
    assert morsel["path"] == "/"
    assert morsel["domain"] == ""
    assert int(morsel["max-age"]) == SESSION_LASTS.total_seconds()
    assert not morsel["secure"], "the sample network is served without TLS"


def test_the_cookie_travels_by_tls_alone_unless_told_otherwise(start: Start, serve: Server) -> None:
    assert cookie(sign_in(start("serve", conninfo=serve.conninfo)))["secure"]
    assert not cookie(sign_in(serve))["secure"]


def test_the_database_does_not_hold_what_signs_in(standing_demo: Server) -> None:
    token = standing_demo.token("admin")
    with psycopg.connect(standing_demo.conninfo) as connection:
        rows = connection.execute("SELECT row_to_json(sessions)::text FROM sessions").fetchall()
    assert rows
    assert not any(token in row[0] for row in rows)


def test_each_sign_in_is_a_session_of_its_own(standing_demo: Server) -> None:
    first, second = (
        standing_demo.ask("POST", "/demo/sign-in", data={"person": "coach"}).cookies[COOKIE] for _ in range(2)
    )
    assert first != second
    assert standing_demo.ask("POST", "/sign-out", headers=session(first)).status_code == 303
    assert standing_demo.ask("GET", "/", headers=session(first)).status_code == 303
    assert standing_demo.ask("GET", "/", headers=session(second)).status_code == 200


def test_a_session_of_ones_own_choosing_is_none(standing_demo: Server) -> None:
    for token in (
        "",
        "x",
        "admin",
        standing_demo.token("admin")[:-1],
        standing_demo.token("admin") + "=",
        "\u00e9" * 40,
        "x" * 100_000,
    ):
        headers = {"cookie": f"{COOKIE}={token}".encode("latin-1")}
        answer = httpx.get(f"{standing_demo.url}/", headers=headers)  # type: ignore[arg-type]
        assert answer.status_code == 303, token


# Where it leads


@pytest.mark.parametrize(
    "onward",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        " //elsewhere.example",
        "javascript:alert(1)",
        "/x\r\nset-cookie: a=b",
        "elsewhere.example",
        "/" + "x" * 5_000,
        "",
    ],
)
def test_nobody_is_led_to_another_site(standing_demo: Server, onward: str) -> None:
    answer = standing_demo.ask("POST", "/demo/sign-in", data={"person": "admin", "next": onward})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers.get_list("set-cookie") == [answer.headers["set-cookie"]]
    offered = standing_demo.ask("GET", "/sign-in", params={"next": onward})
    assert offered.status_code in (200, 400)
    assert "elsewhere.example" not in offered.text.replace("%2F", "/").partition("<main")[2]


def test_who_was_asked_to_sign_in_comes_back_to_where_they_were_going(standing_demo: Server) -> None:
    sent = standing_demo.ask("GET", f"/reviews/{MAPLE}?indicator=CI.2&lang=es")
    assert sent.status_code == 303
    offered = standing_demo.ask("GET", sent.headers["location"])
    assert f'value="/reviews/{MAPLE}?indicator=CI.2&amp;lang=es"' in offered.text
    onward = f"/reviews/{MAPLE}?indicator=CI.2&lang=es"
    answer = standing_demo.ask("POST", "/demo/sign-in", data={"person": "reviewer-1", "next": onward})
    assert answer.headers["location"] == onward


# The end of a session


def test_a_session_ends_after_its_time(standing_demo: Server) -> None:
    now = datetime.now(UTC)
    assert (
        standing_demo.ask("GET", "/", headers=session(started(standing_demo, "coach", now - SESSION_LASTS))).status_code
        == 303
    )
    nearly = started(standing_demo, "coach", now - SESSION_LASTS + timedelta(minutes=5))
    assert standing_demo.ask("GET", "/", headers=session(nearly)).status_code == 200


def started(server: Server, person: str, at: datetime) -> str:
    async def start() -> str:
        database = Database(server.conninfo)
        await database.open()
        try:
            return await Identity(database, "sample").start_session(person, at)
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, start()).result()


def revoke_all(server: Server, person: str) -> None:
    with psycopg.connect(server.conninfo) as connection:
        connection.execute("UPDATE sessions SET revoked_at = now() WHERE person = %s", (person,))


def test_the_next_request_of_a_revoked_session_is_asked_to_sign_in(demo: Server) -> None:
    assert demo.ask("GET", "/", "coach").status_code == 200
    revoke_all(demo, "coach")
    assert demo.ask("GET", "/network", "coach").headers["location"] == "/sign-in?next=%2Fnetwork"
    told = demo.send("coach", "open-review", review=MAPLE)
    assert told.status_code == 401
    assert told.json() == {
        "status": 401,
        "message": "Your session has ended, or there was none. Sign in and send it again.",
    }
    form = demo.ask("POST", "/commands", "coach", data={"type": "open-review", "review": MAPLE})
    assert form.status_code == 401
    assert "nothing was recorded" in form.text
    assert "go back to what you typed" in form.text
    assert demo.ask("GET", "/", "admin").status_code == 200, "nobody else's session ends with it"


async def test_all_sessions_of_a_person_can_be_ended_at_once(identity: Identity) -> None:
    tokens = [await identity.start_session("coach", AT) for _ in range(3)]
    other = await identity.start_session("admin", AT)
    await identity.end_sessions_of("coach", AT)
    assert [await identity.who(token, AT) for token in tokens] == [None] * 3
    assert await identity.who(other, AT) == Person("admin", "Amara Okafor")
    assert await identity.still_valid([*tokens, other], AT) == {other}


async def test_the_open_conversation_of_a_revoked_session_is_closed(sample: str, start: Start) -> None:
    demo = start("demo", "--session-check", "0.05", conninfo=sample)
    async with demo.socket("coach") as live, demo.socket("admin") as other:
        await live.send('{"type":"ping"}')
        assert await live.recv() == '{"type":"pong"}'
        revoke_all(demo, "coach")
        await closed(live)
        assert live.close_code == protocol.SIGN_IN
        assert live.close_reason == "Your session has ended. Sign in again."
        await other.send('{"type":"ping"}')
        assert await other.recv() == '{"type":"pong"}'


async def test_signing_out_closes_the_open_conversations_of_that_session_at_once(demo: Server) -> None:
    async with demo.socket("coach") as live:
        await live.send('{"type":"ping"}')
        assert await live.recv() == '{"type":"pong"}'
        assert demo.ask("POST", "/sign-out", "coach").status_code == 303
        await closed(live)
        assert live.close_code == protocol.SIGN_IN
