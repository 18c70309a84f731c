"""Addresses, forms, headers and bytes that cannot be: each gets a sentence, and nothing stumbles."""

import json
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bad_input import envelope, head, note, post, sentence, shown
from tests.server_fixtures import CEDAR, MAPLE, Server

pytest_plugins = ["tests.bad_input_room"]

# Addresses

NO_PLAN = "There is no such plan. Check the address, or find it on its school's page."
NO_REVIEW = "There is no such review. Check the address, or find it from your first page."
NO_SCHOOL = "There is no such school. Check the address, or find it in the network's list."
NO_CHARACTER = "This address has a character that cannot be used. Check it, or start from your first page."
NOTHING = "There is nothing at this address. Check it, or start from your first page."
NO_MOMENT = (
    "Say when as a position, such as 120, as a day, such as 2026-03-14, or as a time, such as 2026-03-14T09:30:00Z."
)
VIEW = f"/api/v1/views/review:{CEDAR}"
ADDRESSES: dict[str, tuple[int, str | None]] = {
    "/reviews/%00": (400, NO_CHARACTER),
    "/reviews/%0a": (400, NO_CHARACTER),
    "/reviews/%ff%fe": (404, NO_REVIEW),
    "/reviews/%ed%a0%80": (404, NO_REVIEW),
    "/reviews/%e2%80%ae": (404, NO_REVIEW),
    "/reviews/%2e%2e%2fadmin": (404, NOTHING),
    "/reviews/Maple": (404, NO_REVIEW),
    "/reviews/" + "a" * 5_000: (404, NO_REVIEW),
    "/reviews/none?lang=es": (404, "No existe esa revisión."),
    f"/reviews/{MAPLE}?indicator=%ff": (200, None),
    f"/reviews/{MAPLE}?indicator=ZZ.9": (200, None),
    "/schools/%00": (400, NO_CHARACTER),
    "/schools/'%20OR%201=1": (404, NO_SCHOOL),
    "/static/%2e%2e/%2e%2e/server/app.py": (404, NOTHING),
    "/static/..%2f..%2fserver/app.py": (404, NOTHING),
    "/static/": (404, NOTHING),
    "/timeline?before=-1": (400, "“before” must be at least 0."),
    "/timeline?before=x": (400, "“before” must be a whole number, not text."),
    f"/timeline?before={2**63}": (200, None),
    f"/timeline?before={10**400}": (200, None),
    "/timeline?before=" + "9" * 5_000: (400, "“before” is a number far too large."),
    "/timeline?school=%00": (400, NO_CHARACTER),
    "/timeline?person=%ff&stream=%25&school='": (200, None),
    "/timeline?before=1&before=2": (400, "This address says the same thing twice."),
    "/?lang=%e2%80%ae": (200, None),
    "/?lang=xx": (200, None),
    "/network?%00=1": (400, NO_CHARACTER),
    "/network?=&&&;;%": (200, None),
    f"{VIEW}?at=-1": (400, NO_MOMENT),
    f"{VIEW}?at=": (400, NO_MOMENT),
    f"{VIEW}?at=%C2%B2": (400, NO_MOMENT),
    f"{VIEW}?at={2**63}": (400, NO_MOMENT),
    f"{VIEW}?at=2026-02-30T00:00:00Z": (400, NO_MOMENT),
    f"{VIEW}?at=2026-03-14": (200, None),
    f"{VIEW}?at=2026-02-30": (400, NO_MOMENT),
    f"{VIEW}?at=2026-03-14T09:30": (400, "Say which time zone the time is in, for example with a Z at its end."),
    f"{VIEW}?at=0": (200, None),
    f"{VIEW}?at=999999999999999999": (200, None),
    f"{VIEW}?at=0001-01-01T00:00:00%2B14:00": (200, None),
    f"{VIEW}?at=9999-12-31T23:59:59-14:00": (200, None),
    "/api/v1/views/school:maple?at=3": (400, "A school's view is that of now. Leave “at” out."),
    "/api/v1/views/plan:none": (404, NO_PLAN),
    "/api/v1/history/plan:none": (404, NO_PLAN),
    "/plans/none": (404, NO_PLAN),
    "/api/v1/views/people": (404, "There is no such stream. Streams have names such as review:maple-2026."),
    "/api/v1/views/review:%00": (400, NO_CHARACTER),
    "/api/v1/views/review:": (404, NO_REVIEW),
    "/api/v1/views/:": (404, "There is no such stream. Streams have names such as review:maple-2026."),
    "/api/v1/history/school:maple": (404, "This stream has a view, and no history or news of its own."),
    "/api/v1/live": (404, "There is no such stream. Streams have names such as review:maple-2026."),
    f"/api/v1/live?stream=review:{CEDAR}&after=-1": (400, "“after” must be at least 0."),
    f"/api/v1/live?stream=review:{CEDAR}&after={2**63}": (200, None),
    f"/api/v1/live?stream=review:{CEDAR}&epoch=x&after=1": (
        400,
        "The epoch must be written as 8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10.",
    ),
    "/api/v1/people": (400, "Say “ids” in the address."),
    "/api/v1/people?ids=": (200, None),
    "/api/v1/people?ids=,,,": (200, None),
    "/api/v1/people?ids=%ff": (200, None),
    "/api/v1/people?ids=" + "a," * 3_300: (
        400,
        "The ids are too long: at most 6,400 characters. Shorten it, or split it in two.",
    ),
    "/api/v1/events?after=-1": (400, "“after” must be at least 0."),
    f"/api/v1/events?after={2**63}": (200, None),
    f"/api/v1/events?after={10**400}": (200, None),
    "/api/v1/events?limit=0": (400, "“limit” must be at least 1."),
    "/api/v1/events?limit=1001": (400, "“limit” must be at most 1,000."),
    "/api/v1/events?limit=ten": (400, "“limit” must be a whole number, not text."),
    "/api/v1/nowhere": (404, NOTHING),
}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:60])
def test_an_address_that_says_what_cannot_be_is_answered_in_a_sentence(room: Server, address: str) -> None:
    status, said = ADDRESSES[address]
    answer = room.ask("GET", address, "admin")
    assert answer.status_code == status
    if said is not None:
        if address.startswith("/api/"):
            assert sentence(answer) == said
        else:
            assert said in shown(answer)


# Forms


@pytest.mark.parametrize(
    "send",
    [
        lambda room, path: room.ask("POST", path, "admin"),
        lambda room, path: room.ask("POST", path, "admin", json={"id": 1}),
        lambda room, path: room.ask("POST", path, "admin", content=b"\xff\x00", headers={"content-type": "x/y"}),
        lambda room, path: room.ask("POST", path, "admin", data={"id": "\x00", "type": "\x00", "school": "\x00"}),
        lambda room, path: room.ask("POST", path, "admin", files={"id": b"x", "school": b"\x00", "team_": b"\xff"}),
        lambda room, path: room.ask(
            "POST", path, "admin", content=b"x", headers={"content-type": "multipart/form-data"}
        ),
        lambda room, path: room.ask(
            "POST", path, "admin", content=b"x\xff", headers={"content-type": "multipart/form-data; boundary=x"}
        ),
        lambda room, path: room.ask(
            "POST",
            path,
            "admin",
            content="&".join(f"{n}=%ff" for n in range(20_000)).encode(),
            headers={"content-type": "application/x-www-form-urlencoded"},
        ),
    ],
    ids=["empty", "JSON", "something else", "NUL", "files", "no boundary", "broken parts", "very many fields"],
)
@pytest.mark.parametrize("path", ["/commands", "/reviews/new"])
def test_a_form_that_is_none_is_answered_with_a_page(
    room: Server, send: Callable[[Server, str], httpx.Response], path: str
) -> None:
    before = head(room)
    answer = send(room, path)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert shown(answer)
    assert head(room) == before


def test_a_form_that_is_refused_comes_back_with_what_was_typed(room: Server) -> None:
    typed = {"id": str(uuid4()), "type": "add-evidence"} | note(text="x" * 10_001, indicators="CI.1")
    answer = room.ask("POST", "/commands", "reviewer-1", data=typed)
    assert answer.status_code == 400
    assert "The text is too long: at most 10,000 characters." in shown(answer)
    assert "x" * 10_001 in answer.text, "what was typed is still there"


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x"])
def test_a_form_leads_to_no_other_site(room: Server, back: str) -> None:
    form = {"id": str(uuid4()), "type": "join-review", "review": MAPLE, "back": back}
    answer = room.ask("POST", "/commands", "reviewer-3", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


# Headers


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "x=" + "y" * 60_000},
        {"cookie": ";;=;a;daybook_session;=b"},
        {"cookie": "lang=\u00e9; lang=" + "x" * 5_000},
        {"accept-language": ",,;q=,x" * 200},
        {"accept": "\u00ff"},
        {"user-agent": ""},
        {"x-forwarded-for": "not an address, 1"},
        {"x-forwarded-proto": "gopher"},
        {"authorization": "Bearer \u00e9"},
        {"content-length": "0", "content-type": "application/json; charset=\u00e9"},
    ],
    ids=str,
)
def test_odd_headers_hurt_nobody(room: Server, headers: dict[str, str]) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    for path in ("/sign-in", "/health/live", "/metrics", "/api/v1/people?ids=a"):
        answer = httpx.get(f"{room.url}{path}", headers=raw)  # type: ignore[arg-type]
        assert answer.status_code < 500, path


# Anything


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=200))
def test_no_bytes_whatever_make_it_stumble(room: Server, body: bytes) -> None:
    assert 400 <= post(room, body).status_code < 500


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("review", "indicator", "answer", "evidence", "text", "indicators", "team", "person", "role", "dissent")


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(("give-rating", "add-evidence", "record-consensus", "schedule-review", "grant-role", "x")),
    data=st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), ANY_JSON, max_size=8),
)
def test_no_data_whatever_makes_it_stumble(room: Server, kind: str, data: dict[str, object]) -> None:
    answer = post(room, json.dumps(envelope(data, kind)).encode())
    assert 400 <= answer.status_code < 500
    assert answer.json()["message"].endswith(".")


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(("/reviews/{}", "/schools/{}", "/api/v1/views/review:{}", "/api/v1/history/{}", "/{}")),
    name=st.binary(max_size=12),
    field=st.sampled_from(("before", "after", "at", "stream", "ids", "lang", "indicator", "next", "school", "person")),
    value=st.binary(max_size=12) | st.integers().map(lambda n: str(n).encode()),
)
def test_no_address_whatever_makes_it_stumble(room: Server, path: str, name: bytes, field: str, value: bytes) -> None:
    def quoted(raw: bytes) -> str:
        return "".join(f"%{byte:02x}" for byte in raw)

    answer = room.ask("GET", f"{path.format(quoted(name))}?{field}={quoted(value)}", "admin")
    assert answer.status_code < 500
