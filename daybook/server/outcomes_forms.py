"""The forms of the page of June Outcomes: what each asks for, and what stands in it before anything is typed."""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from daybook.events.outcomes import Result
from daybook.projections.outcomes_entries import ConclusionShown, OutcomeShown, OutcomesShown
from daybook.projections.passages import TextShown
from daybook.projections.view import Shown
from daybook.server.described import NOTE, TEXT, Field, Form, words
from daybook.server.templates import N_, Language

_TEXT = words(N_("Text"))
_WHY = Field("reason", "prose", N_("Why"), N_("It stands beside the old words for good."), N_("Say why."), TEXT)
_OWNER = Field("owner", "people", N_("Who carries it"))
_INDICATORS = Field(
    "indicators",
    "indicators",
    N_("Indicators it is drawn from"),
    N_("Where the school stands on each is what its last review agreed on."),
    N_("Choose at least one indicator."),
)
_TARGET = Field("target", "levels", N_("Level to reach"), "", N_("Choose the level to reach."))

FORMS: Mapping[str, Form] = {
    "propose-outcome": Form(
        "propose-outcome",
        "page",
        N_("Propose an outcome"),
        N_("Propose it"),
        (
            words(N_("What will be true in June"), name="statement"),
            _INDICATORS,
            _TARGET,
            words(N_("How we will know"), name="measure", hint=""),
            words(N_("What the school commits to"), name="school_commitment", hint=""),
            words(N_("What the home office commits to"), name="home_commitment", hint=""),
            _OWNER,
        ),
        makes="outcome",
        english=True,
    ),
    "word-outcome": Form(
        "word-outcome", "{passage}", N_("Edit"), N_("Save"), (_TEXT,), makes="wording", replaces=True, english=True
    ),
    "translate-outcome": Form(
        "word-outcome",
        "{passage}",
        N_("Translate"),
        N_("Save the Spanish"),
        (words(N_("Text in Spanish")),),
        makes="wording",
        replaces=True,
    ),
    "amend-outcome": Form(
        "amend-outcome",
        "{passage}",
        N_("Amend"),
        N_("Amend it"),
        (_TEXT, _WHY),
        intro=N_("This was adopted and signed. What stood here and why it changed stays on the page."),
        makes="wording",
        replaces=True,
        english=True,
    ),
    "aim-outcome": Form(
        "aim-outcome",
        "{outcome}",
        N_("Indicators and level"),
        N_("Set the aim"),
        (_INDICATORS, _TARGET),
        replaces=True,
    ),
    "amend-aim": Form(
        "aim-outcome",
        "{outcome}",
        N_("Amend the aim"),
        N_("Amend it"),
        (_INDICATORS, _TARGET, _WHY),
        intro=N_("This was adopted and signed. What stood here and why it changed stays on the page."),
        replaces=True,
    ),
    "assign-outcome": Form("assign-outcome", "{outcome}", N_("Owner"), N_("Set the owner"), (_OWNER,), sets=True),
    "comment-on-outcome": Form(
        "comment-on-outcome",
        "{outcome}",
        N_("Comment"),
        N_("Say it"),
        (words(N_("What you think of it"), hint=N_("Everyone who is asked for input reads it.")),),
        makes="comment",
    ),
    "withdraw-outcome": Form(
        "withdraw-outcome",
        "{outcome}",
        N_("Leave it out"),
        N_("Leave it out"),
        (Field("reason", "prose", N_("Why it is left out"), "", N_("Say why."), TEXT),),
        intro=N_("It is folded away, and can be taken in again."),
    ),
    "adopt-outcomes": Form(
        "adopt-outcomes",
        "page",
        N_("Adopt the outcomes"),
        N_("Adopt the outcomes"),
        (),
        intro=N_("From then on, words and aims change only by an amendment with a reason, and both stay on the page."),
    ),
    "conclude-outcome": Form(
        "conclude-outcome",
        "{outcome}",
        N_("What came of it"),
        N_("Record what came of it"),
        (
            Field("result", "choice", N_("Result"), "", N_("Choose what came of it."), options=get_args(Result)),
            words(N_("Evidence for it"), name="evidence"),
        ),
        intro=N_("What is carried forward begins the draft for the next year."),
        replaces=True,
        english=True,
    ),
    "redact-outcome-words": Form(
        "redact-outcome-words",
        "{about}",
        N_("Erase these words…"),
        N_("Erase for good"),
        (
            Field(
                "reason",
                "line",
                N_("Why they must go"),
                N_("Without repeating them, in at most 200 characters."),
                N_("Write why these words must go."),
                NOTE,
            ),
        ),
        intro=N_(
            "The words go for good, with every earlier wording; that they were erased, by whom and why, stays on the "
            "record. What was carried over into another year’s page keeps its words there, and is erased there."
        ),
        danger=True,
    ),
}


IN_ENGLISH = N_("Write it in English, which is what both sides sign. Its Spanish is put beside it by “Translate”.")
"""Said on pages in another language, where one would write in that."""


def is_kept_as_english(key: str, lang: Language) -> bool:
    """Tell whether what is typed in a form is English on a page that is not."""
    return lang != "en" and FORMS[key.partition("@")[0]].english and not key.endswith(":es")


def fields_at(key: str) -> dict[str, str]:
    """Read the command's fields out of a form's name: `assign-outcome@readers` is about the outcome readers."""
    kind, _, place = key.partition("@")
    at = FORMS[kind].at
    return {at[1:-1]: place} if at.startswith("{") else {}


def hidden(view: Mapping[str, Shown], key: str, standing: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a form that are not asked for; `standing` has the review for each rated indicator."""
    kind, _, place = key.partition("@")
    form, page = FORMS[kind], view["outcomes"]
    assert isinstance(page, OutcomesShown)
    fields = {"type": form.type, "outcomes": page.outcomes, **fields_at(key)}
    if form.replaces and (current := stands(view, key)) is not None:
        fields["replaces"] = current
    if form.sets and isinstance(outcome := view.get(f"outcome:{place}"), OutcomeShown):
        fields["replaces"] = msgspec.json.encode(outcome.owner).decode()
    english = view.get(f"text:{place.removesuffix(':es')}:en")
    if kind == "translate-outcome" and isinstance(english, TextShown):
        fields["of"] = english.wording
    if any(field.name == "indicators" for field in form.fields):
        fields["standing"] = " ".join(f"{code}@{review}" for code, review in standing.items())
    return fields


def stands(view: Mapping[str, Shown], key: str) -> str | None:
    """Return the id of the wording or aim that a form is to replace; None where there is none yet."""
    kind, _, place = key.partition("@")
    match view.get(f"outcome:{place}"):
        case OutcomeShown() as outcome if FORMS[kind].type == "aim-outcome":
            return outcome.aim
        case _:
            passage = f"{place}:conclusion:en" if kind == "conclude-outcome" else place
            words = view.get(f"text:{passage}")
            return words.wording if isinstance(words, TextShown) else None


def initial(view: Mapping[str, Shown], key: str) -> dict[str, Any]:
    """Return what stands in a form before anything is typed."""
    kind, _, place = key.partition("@")
    outcome, text, concluded = (view.get(f"{kind}:{place}") for kind in ("outcome", "text", "conclusion"))
    match kind:
        case "word-outcome" | "translate-outcome" | "amend-outcome":
            return {"text": text.text or "" if isinstance(text, TextShown) else ""}
        case "aim-outcome" | "amend-aim" if isinstance(outcome, OutcomeShown):
            codes = [baseline.indicator for baseline in outcome.baselines]
            return {"indicators": codes, "target": str(outcome.target)}
        case "conclude-outcome" if isinstance(concluded, ConclusionShown):
            evidence = view.get(f"text:{place}:conclusion:en")
            return {
                "result": concluded.result,
                "evidence": evidence.text or "" if isinstance(evidence, TextShown) else "",
            }
        case "assign-outcome" if isinstance(outcome, OutcomeShown):
            return {"owner": outcome.owner or ""}
        case _:
            return {}


def form_of(kind: str, data: Mapping[str, Any]) -> str | None:
    """Name the form that a refused command goes back to; None for a button that asked for nothing."""
    if kind == "word-outcome" and str(data.get("passage", "")).endswith(":es"):
        kind = "translate-outcome"
    if kind == "aim-outcome" and "reason" in data:
        kind = "amend-aim"
    if kind not in FORMS:
        return None
    at = FORMS[kind].at
    return f"{kind}@{data.get(at[1:-1], '')}" if at.startswith("{") else f"{kind}@{at}"


def typed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Fill a form again from a refused command's data."""
    values = {name: str(value) for name, value in data.items() if not isinstance(value, list)}
    chosen = data.get("indicators", [])
    return values | {"indicators": [one["indicator"] if isinstance(one, dict) else one for one in chosen]}
