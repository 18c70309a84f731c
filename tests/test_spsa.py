"""A plan in the shape of the SPSA: its rows, and both files read back."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet

from daybook.projections.passages import TextShown
from daybook.projections.plan_tree import plan_tree
from daybook.projections.spsa import SpsaRow, spsa_rows
from daybook.projections.view import Shown
from daybook.server.spsa_files import Spsa, spsa_csv, spsa_xlsx
from daybook.server.templates import Language
from daybook.server.workbook import Column, as_csv
from tests.paper_world import AUTUMN, TREE_PEOPLE, text, year

OUTCOMES = {"readers": "More pupils read well."}


def spsa(view: dict[str, Shown], lang: Language = "en", *, team: bool = True) -> Spsa:
    return Spsa(plan_tree(view), "Maple Street Elementary", TREE_PEOPLE, OUTCOMES, lang, team)


def rows(view: dict[str, Shown]) -> list[SpsaRow]:
    return spsa_rows(plan_tree(view))


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content: bytes) -> Worksheet:
    found = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert isinstance(found, Worksheet)
    return found


# Rows


def test_there_is_a_row_for_each_measure_of_each_strategy_and_nothing_is_left_out() -> None:
    found = [(row.goal, row.strategy, row.metric) for row in rows(year())]
    assert found == [
        ("1", "1.1", "Fluent readers"),
        ("1", "1.1", "Minutes a day"),
        ("1", "1.2", None),
        ("2", None, None),
    ]


def test_the_amount_stands_once_so_that_it_can_be_added_up() -> None:
    assert [row.amount for row in rows(year())] == [12500, None, None, None]
    assert [row.source for row in rows(year())] == ["Title I", "Title I", None, None]


def test_the_actual_outcome_is_the_latest_reading_that_stands() -> None:
    view = year()
    assert [(row.actual, row.actual_on) for row in rows(view)][:2] == [(47.5, date(2026, 10, 8)), (None, None)]
    view["reading:fluency:r1"] = replace(view["reading:fluency:r1"], withdrawn=True)
    assert rows(view)[0].actual == 44


def test_what_is_retired_is_left_out_with_what_is_under_it() -> None:
    view = year()
    view["priority:reading"] = replace(view["priority:reading"], retired_at=AUTUMN, reason="Merged.")
    assert [row.goal_text for row in rows(view)] == ["Families are partners"]


def test_a_plan_that_was_only_begun_has_no_rows() -> None:
    assert rows({"plan": year()["plan"]}) == []


# CSV


def test_the_csv_says_it_all() -> None:
    first, second, third, _ = read_csv(spsa_csv(spsa(year())))
    assert first == {
        "Goal #": "1",
        "Goal": "Pupils read well by grade 3",
        "June Outcome": "More pupils read well.",
        "PIF indicators": "CI.2, CI.4",
        "Metric or indicator": "Fluent readers",
        "Unit": "%",
        "Baseline": "41.5",
        "Expected outcome": "60",
        "Actual outcome to date": "47.5",
        "Date of the actual outcome": "2026-10-08",
        "Strategy or activity #": "1.1",
        "Strategy or activity": "Read aloud\nIf: every team reads aloud daily\nThen: more pupils read at grade level",
        "Students to be served": "",
        "Action steps": "• Buy 200 books (done, Óscar Núñez, due 15 Sep 2026)\n"
        "• Train the teams (under way, Grace Lee, due 20 Nov 2026)",
        "Person responsible": "Óscar Núñez",
        "Proposed expenditures: amount": "12500",
        "Proposed expenditures: funding source": "Title I",
        "Status": "on track",
        "Note of the latest check-in": "Going well",
        "Barriers": "No time on Fridays",
    }
    assert (second["Metric or indicator"], second["Proposed expenditures: amount"]) == ("Minutes a day", "")
    assert (third["Person responsible"], third["Action steps"]) == ("", "")


def test_a_half_sentence_that_begins_with_its_word_is_left_as_it_is() -> None:
    view = year() | text("strategy:aloud:if", "If we all read,") | text("strategy:aloud:then", "Then all read.")
    assert read_csv(spsa_csv(spsa(view, "es")))[0]["Estrategia o actividad"].endswith("If we all read,\nThen all read.")


def test_only_the_team_reads_what_check_ins_say() -> None:
    [first, *_] = read_csv(spsa_csv(spsa(year(), team=False)))
    assert "Barriers" not in first
    assert first["Status"] == "on track"


def test_spanish_headings_and_statuses() -> None:
    [first, *_] = read_csv(spsa_csv(spsa(year(), "es")))
    assert first["Resultado esperado"] == "60"
    assert first["Persona responsable"] == "Óscar Núñez"
    assert "vence el 15 sept 2026" in first["Pasos de acción"]


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1"])
def test_no_text_runs_as_a_formula_in_a_spreadsheet(typed: str) -> None:
    [_, [cell]] = csv.reader(StringIO(as_csv([Column("Goal", 5)], [[typed]]).decode("utf-8-sig"), newline=""))
    assert cell == f"'{typed}"


def test_numbers_stay_numbers() -> None:
    content = as_csv([Column("a", 5)] * 4, [[-5, -2.5, 1e6, None]])
    assert content.decode("utf-8-sig").splitlines()[1] == "-5,-2.5,1000000,"


# XLSX


def test_the_workbook_holds_the_same_cells() -> None:
    found = sheet(spsa_xlsx(spsa(year()), 52, AUTUMN))
    headings = [cell.value for cell in found[1]]
    by_heading = dict(zip(headings, [cell.value for cell in found[2]], strict=True))
    in_csv = read_csv(spsa_csv(spsa(year())))[0]
    assert headings == list(in_csv)
    for heading, value in by_heading.items():
        said: Any = "" if value is None else value.date() if isinstance(value, datetime) else value
        assert str(said) == in_csv[str(heading)]
    assert isinstance(by_heading["Expected outcome"], int | float)
    assert by_heading["Date of the actual outcome"] == datetime(2026, 10, 8)  # noqa: DTZ001  (a day has no zone)


def test_the_workbook_is_made_to_be_read() -> None:
    content = spsa_xlsx(spsa(year()), 52, AUTUMN)
    found = sheet(content)
    assert found.freeze_panes == "A2"
    assert found.column_dimensions["B"].width > 30
    assert found["B2"].alignment.wrap_text
    assert found["J2"].number_format == "yyyy-mm-dd"
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.properties.title == "School Plan for Student Achievement, Maple Street Elementary, 2026–27"
    assert [tuple(cell.value for cell in row) for row in book.worksheets[1].iter_rows(max_row=2)] == [
        ("School", "Maple Street Elementary"),
        ("School year", "2026–27"),
    ]


def test_text_is_text_in_the_workbook_whatever_it_looks_like() -> None:
    view = year()
    for typed in ("=1+1", "https://example.org", "12", "{=SUM(A1)}"):
        view |= text("priority:reading", typed)
        cell = sheet(spsa_xlsx(spsa(view), 52, AUTUMN))["B2"]
        assert (cell.value, cell.data_type, cell.hyperlink) == (typed, "s", None)


def test_a_cell_that_is_too_long_says_that_there_is_more() -> None:
    view = year()
    for number in range(5):
        view[f"action:a{number}"] = replace(view["action:books"], action=f"a{number}")
        view |= text(f"action:a{number}", "𝒳" * 10_000)
    view["order:strategy:aloud"] = replace(
        view["order:strategy:aloud"], parts=tuple(f"action:a{number}" for number in range(5))
    )
    said = str(sheet(spsa_xlsx(spsa(view), 52, AUTUMN))["N2"].value)
    assert said.endswith("𝒳…")
    assert len(said.encode("utf-16-le")) <= 2 * 32_767


def test_erased_words_are_empty_cells() -> None:
    view = year()
    view["text:priority:reading"] = TextShown("priority:reading", "w1", None, "principal", AUTUMN)
    assert read_csv(spsa_csv(spsa(view)))[0]["Goal"] == ""
