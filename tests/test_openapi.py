"""The API and its description agree: schemathesis sends what the description allows, and what it does not.

Everything is sent to a running server over HTTP, by an administrator and by a reviewer, the same in each run.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from daybook.server.app import create_app
from daybook.server.door import COMMANDS
from daybook.server.openapi import openapi_document
from daybook.server.services import Settings
from tests.server_fixtures import CEDAR, MAPLE, Server, running_copy

DOCUMENT = openapi_document()
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = [f"{method.upper()} {path}" for path, methods in DOCUMENT["paths"].items() for method in methods]
COMMAND_ROUTE = "/api/v1/commands"
CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SENDERS = ("admin", "reviewer-1")
STREAMS = (
    None,
    f"review:{MAPLE}",
    f"review:{CEDAR}",
    "plan:maple-2025",
    "outcomes:maple-2025",
    "rubric:pif-illustrative-1",
    "school:cedar",
)
DATA = {kind.__name__: name for name, kind in COMMANDS.items()}
# What stands in the sample network, so that some of what is sent gets past the first rule.
KNOWN = {
    "review": [MAPLE, CEDAR],
    "indicator": ["CI.1", "CI.2"],
    "school": ["maple", "cedar"],
    "person": ["reviewer-2", "teacher"],
    "rubric": ["pif-illustrative-1"],
}
SAME = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def room(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_copy(server, sample_template, tmp_path_factory.mktemp("described")) as running:
        running.do("facilitator", "open-review", review=MAPLE)
        yield running


@pytest.fixture(scope="module")
def described() -> BaseSchema:
    return schemathesis.openapi.from_dict(DOCUMENT)


def test_what_is_served_is_this_description(room: Server) -> None:
    assert room.ask("GET", "/openapi.json").json() == json.loads(json.dumps(DOCUMENT))


def test_every_json_route_is_described() -> None:
    routes = {route.path for route in create_app(Settings("")).routes if route.path.startswith(("/api/", "/health/"))}
    assert {path.replace(":str", "") for path in routes} == set(DOCUMENT["paths"])


def test_every_reference_leads_somewhere() -> None:
    def references(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            yield from (value for key, value in part.items() if key == "$ref")
            for value in part.values():
                yield from references(value)
        elif isinstance(part, list):
            for value in part:
                yield from references(value)

    assert set(references(DOCUMENT)) <= {f"#/components/schemas/{name}" for name in SCHEMAS}


def test_every_command_is_described_under_the_name_it_is_sent_by() -> None:
    assert set(SCHEMAS["Command"]["discriminator"]["mapping"]) == set(COMMANDS)


def test_errors_are_described_where_they_can_come(room: Server) -> None:
    answers = DOCUMENT["paths"]["/api/v1/commands"]["post"]["responses"]
    assert set(answers) == {"200", "400", "401", "403", "409", "413", "415", "503"}
    for path, methods in DOCUMENT["paths"].items():
        for operation in methods.values():
            needs_session = operation["security"] != []
            assert needs_session == ("401" in operation["responses"]) == path.startswith("/api/"), path


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_one_that_is_described(
    room: Server, described: BaseSchema, operation: str, mode: GenerationMode
) -> None:
    method, path = operation.split()
    about = described[path][method]
    if mode is GenerationMode.NEGATIVE and not (about.body or about.query or about.path_parameters):
        return  # nothing about it can be said wrongly

    @settings(SAME, max_examples=40)
    @given(about.as_strategy(generation_mode=mode), st.sampled_from(SENDERS), st.sampled_from(STREAMS))
    def ask(case: Case[Any], sender: str, stream: str | None) -> None:
        if stream and "{stream}" in path:
            case.path_parameters["stream"] = stream
        answer = case.call(base_url=room.url, headers=room.headers(sender), timeout=30)
        # An address of more than 64 KiB is refused before it reaches the application.
        assume(len(str(answer.request.url)) < 60_000)
        case.validate_response(answer, checks=CHECKED)

    ask()


def taking(command: str) -> APIOperation[Any, Any, Any, Any]:
    """Describe the command route as if it took one kind of command alone."""
    alone = copy.deepcopy(DOCUMENT)
    schema = {"$ref": f"#/components/schemas/Send{command}"}
    alone["paths"][COMMAND_ROUTE]["post"]["requestBody"]["content"]["application/json"]["schema"] = schema
    return schemathesis.openapi.from_dict(alone)[COMMAND_ROUTE]["POST"]


@pytest.mark.parametrize("name", DATA)
def test_what_the_description_of_a_command_allows_can_be_read(room: Server, name: str) -> None:
    """A rule may refuse it, and not everybody may send it; but it is never called malformed."""

    @settings(SAME, max_examples=20)
    @given(st.data(), taking(name).as_strategy(), st.sampled_from(SENDERS))
    def send(data: st.DataObject, case: Case[Any], sender: str) -> None:
        envelope: Any = case.body
        assume(".0" not in json.dumps(envelope))  # a whole number is written as 3; JSON Schema takes 3.0 for one, too
        envelope.pop("after", None)  # nothing of that id has arrived
        for field in sorted(KNOWN.keys() & envelope["data"].keys()):
            envelope["data"][field] = data.draw(st.sampled_from([*KNOWN[field], envelope["data"][field]]))
        answer = room.ask("POST", COMMAND_ROUTE, sender, json=envelope)
        assert answer.status_code in (200, 403, 409), (envelope, answer.text)

    send()


@pytest.mark.parametrize("name", DATA)
def test_what_the_description_of_a_command_does_not_allow_is_refused(room: Server, name: str) -> None:
    validator = Draft202012Validator(SCHEMAS[f"Send{name}"] | {"components": DOCUMENT["components"]})

    @settings(SAME, max_examples=20)
    @given(taking(name).as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def send(case: Case[Any]) -> None:
        assume(not validator.is_valid(case.body))  # it may be the headers that schemathesis spoiled
        assume(not isinstance(case.body, list))  # of several commands each is answered for itself
        answer = case.call(base_url=room.url, headers=room.headers("admin"), timeout=30)
        assert 400 <= answer.status_code < 500, (case.body, answer.text)
        assert answer.json()["message"].endswith("."), answer.text

    send()
