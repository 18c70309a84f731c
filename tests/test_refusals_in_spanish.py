"""A refusal reaches its reader in the reader's language: in JSON, in a form that comes back, on a page."""

from __future__ import annotations

import ast
import re
from html import unescape
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
import pytest
from babel.messages.pofile import read_po
from msgspec import inspect
from playwright.sync_api import expect

from daybook.events.core import NotAllowed, Refused, Sentence
from daybook.server.door import COMMANDS, Envelope, Malformed, parse_command
from daybook.server.explain import _CALLED, explain_json, say
from daybook.server.templates import WEB, in_words
from tests.server_fixtures import CEDAR, MAPLE, Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
PLACE = re.compile(r"\{(\w+)\}")
SPANISH = {"accept-language": "es-MX,es;q=0.9,en;q=0.5"}


def raised() -> dict[str, set[str]]:
    """Every message that a rule refuses with, and the places that are filled in for it."""
    found = {}
    for path in sorted((WEB.parent / "events").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            kinds = (Refused.__name__, NotAllowed.__name__)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds:
                [message] = node.args
                assert isinstance(message, ast.Constant), f"{ast.unparse(node)} hides its message from translators"
                found[str(message.value)] = {str(keyword.arg) for keyword in node.keywords}
    return found


def test_every_refusal_of_the_rules_has_its_spanish_with_the_same_places() -> None:
    with (WEB / "translations/es/LC_MESSAGES/daybook.po").open("rb") as file:
        spanish = {message.id: str(message.string) for message in read_po(file, locale="es")}
    assert len(raised()) > 40
    for message, filled in raised().items():
        assert spanish.get(message), message
        assert set(PLACE.findall(message)) == set(PLACE.findall(spanish[message])) == filled, message


def test_a_refusal_is_filled_in_for_its_reader() -> None:
    message = "{person} is not on this review's team, so the dissent cannot be theirs."
    refused = Refused(message, person="ana")
    assert str(refused) == refused.sentence == "ana is not on this review's team, so the dissent cannot be theirs."
    assert in_words(refused.said, "es", {"ana": "Ana {x}"}).startswith("Ana {x} no está en el equipo")
    role = Refused("The role {role} is held at a school. Say which school.", role="team-member")
    assert in_words(role.said, "es") == "La función de integrante de equipo se tiene en una escuela. Diga en cuál."


# What cannot be read


def fields(type_: inspect.Type) -> set[str]:
    match type_:
        case inspect.StructType():
            return {f.name for f in type_.fields}.union(*(fields(f.type) for f in type_.fields))
        case inspect.UnionType():
            return set().union(*map(fields, type_.types))
        case inspect.VarTupleType() | inspect.ListType():
            return fields(type_.item_type)
        case _:
            return set()


def test_every_field_of_a_command_has_a_name_that_can_be_translated() -> None:
    every = set().union(*(fields(inspect.type_info(kind)) for kind in (*COMMANDS.values(), Envelope)))
    assert every - _CALLED.keys() == set()


@pytest.mark.parametrize(
    ("path", "said", "english", "spanish"),
    [
        ("", "missing required field `answer`", "The rating is missing.", "Falta la valoración."),
        (
            "",
            "missing required field `focus`",
            "The focus indicators are missing.",
            "Faltan los indicadores de enfoque.",
        ),
        (
            "team[1].role",
            "Invalid enum value 'x'",
            "The role (no. 2 of the team) is not one",
            "La función (n.º 2 en el equipo): no es una",
        ),
        (
            "indicators[0]",
            "Expected `str` matching regex '^[A-Z]'",
            "No. 1 of the indicators must be an",
            "N.º 1 en los indicadores: debe ser el código",
        ),
        (
            "answer",
            "Expected `int | str`, got `float`",
            "The rating must be a whole number or text, not a number.",
            "La valoración: debe ser un número entero o texto, no un número.",
        ),
        (
            "text",
            "Expected `str` of length <= 10000",
            "The text is too long: at most 10,000 ",
            "Hay demasiado texto en el",
        ),
        ("year", "Expected `int` >= 2000", "The year must be at least 2000.", "El año: debe ser al menos 2000."),
        ("mood", "something new", "The mood cannot be read.", "No se puede leer el campo “mood”."),
        ("", "something new", "What was sent cannot be read.", "No se puede leer lo enviado."),
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_both_languages(path: str, said: str, english: str, spanish: str) -> None:
    sentence = say(path, said)
    assert in_words(sentence, "en").startswith(english)
    assert in_words(sentence, "es").startswith(spanish)


def test_what_is_no_json_is_said_in_both_languages() -> None:
    sentence = explain_json(msgspec.DecodeError("JSON is malformed: invalid character (byte 1234)"))
    assert in_words(sentence, "en") == "What was sent is not JSON at byte 1,234. Mend it there and send it again."
    assert in_words(sentence, "es").startswith("Lo enviado deja de ser JSON en el byte 1,234.")


def test_what_was_typed_is_never_read_as_a_place() -> None:
    with pytest.raises(Malformed) as malformed:
        parse_command("{kind} {0} {", {})
    assert malformed.value.sentence.startswith("There is no command “{kind} {0} {”.")
    nested = Sentence("{field}: {x}", {"field": Sentence("the {name}", {"name": "{x}"}), "x": "{name}"})
    assert in_words(nested, "es") == "El campo “{x}”: {name}"


# Against the server


def test_a_json_refusal_is_in_spanish(standing_demo: Server) -> None:
    def sent(headers: dict[str, str], path: str = "/api/v1/commands") -> tuple[int, str]:
        data = {"review": CEDAR, "indicator": "CI.1", "answer": 2}
        envelope = {"id": str(uuid4()), "type": "give-rating", "data": data}
        cookie = standing_demo.headers("reviewer-1")["cookie"]
        headers = headers | {"cookie": "; ".join(filter(None, (cookie, headers.get("cookie"))))}
        answer = standing_demo.ask("POST", path, json=envelope, headers=headers)
        return answer.status_code, answer.json()["message"]

    spanish = (409, "Esta revisión está cerrada y no recibe valoraciones.")
    assert sent({}) == (409, "This review is closed and takes no ratings.")
    assert sent(SPANISH) == spanish
    assert sent({"cookie": "lang=es"}) == spanish
    assert sent({}, "/api/v1/commands?lang=es") == spanish
    assert sent(SPANISH, "/api/v1/commands?lang=en") == sent({})


def test_several_commands_are_each_answered_in_spanish(standing_demo: Server) -> None:
    unknown = {"id": str(uuid4()), "type": "fly", "data": {}}
    answer = standing_demo.ask("POST", "/api/v1/commands", "coach", json=[unknown, {"id": 1}], headers=SPANISH)
    assert [one["message"] for one in answer.json()] == [
        "No hay ninguna orden “fly”. La descripción de la API las enumera todas.",
        "El id: debe ser como 8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10, no un número entero.",
    ]


@pytest.mark.parametrize(
    ("path", "person", "status", "message"),
    [
        ("/api/v1/views/review:none", "coach", 404, "No existe esa revisión. Revise la dirección o búsquela"),
        ("/api/v1/views/review:none", None, 401, "Su sesión terminó, o no la había."),
        ("/api/v1/people", "coach", 400, "Ponga “ids” en la dirección."),
        ("/api/v1/nothing", "coach", 404, "No hay nada en esta dirección."),
    ],
)
def test_other_json_answers_are_in_spanish(
    standing_demo: Server, path: str, person: str | None, status: int, message: str
) -> None:
    answer = standing_demo.ask("GET", path, person, headers=SPANISH)
    assert answer.status_code == status
    assert answer.json()["message"].startswith(message)


def test_a_refused_form_comes_back_in_spanish(standing_demo: Server) -> None:
    form = {"id": str(uuid4()), "type": "add-evidence", "review": CEDAR, "indicators": "CI.1", "evidence": "e-es"}
    form |= {"source": "document", "stance": "supports", "text": "Una nota.", "back": f"/reviews/{CEDAR}"}
    answer = standing_demo.ask("POST", "/commands", "reviewer-1", data=form, headers=SPANISH)
    assert answer.status_code == 409
    assert "Esta revisión está cerrada y no recibe evidencia." in unescape(answer.text)
    assert "takes no evidence" not in answer.text


def test_a_refused_form_that_shows_no_room_is_a_page_in_spanish(standing_demo: Server) -> None:
    answer = standing_demo.ask("POST", "/demo/sign-in", data={"person": "zoe"}, headers=SPANISH)
    assert answer.status_code == 404
    assert '<html lang="es"' in answer.text
    assert "En la red de ejemplo no hay nadie que se llame “zoe”." in unescape(answer.text)


def test_a_person_in_a_refusal_goes_by_their_name(standing_demo: Server) -> None:
    data = {"review": MAPLE, "person": "principal", "role": "reviewer"}
    envelope = {"id": str(uuid4()), "type": "add-member", "data": data}
    answer = standing_demo.ask("POST", "/api/v1/commands", "coach", json=envelope, headers=SPANISH)
    assert answer.json()["message"] == (
        "Patricia Moreno dirige esta escuela y no la valora en la ronda del equipo. Elija a otra persona para revisar."
    )


@pytest.mark.browser
def test_a_note_that_comes_too_late_is_refused_in_spanish_in_the_room(demo: Server, sign_in: SignIn) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    ana = sign_in(demo, "reviewer-1", f"/reviews/{MAPLE}?lang=es")
    expect(ana.locator("#connection")).to_contain_text("En vivo")
    ana.route("**/api/v1/commands", lambda route: route.abort())
    ana.locator("#add-evidence > summary").click()
    form = ana.locator("#add-evidence form")
    form.get_by_label("Lo que se vio y se dijo").fill("Una nota.")
    form.get_by_label("Fuente").select_option("interview")
    form.get_by_label("apoya").check()
    form.get_by_role("button", name="Añadir evidencia").click()
    demo.do("facilitator", "close-review", review=MAPLE)
    ana.unroute("**/api/v1/commands")
    refused = ana.get_by_role("alert")
    expect(refused).to_contain_text("Esta revisión está cerrada y no recibe evidencia.", timeout=20_000)
    expect(refused).to_contain_text("Lo que escribió está guardado")
