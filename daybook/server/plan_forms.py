"""The forms of a plan's page, as `described` has them: what each asks for, and where it stands.

A form is named by its kind and its place, such as `add-action@strategy:readers`.
"""

from collections.abc import Mapping
from typing import get_args

from daybook.events.plan_values import ActionStatus, Carries, StrategyStatus, SupportAnswer, SupportKind
from daybook.server.described import FILL_IN, NOTE, TEXT, Field, Form, words
from daybook.server.templates import N_

_NUMBER = N_("Write a number, such as 42.5.")


def _reason(label: str, hint: str = "") -> Field:
    return Field("reason", "prose", label, hint, N_("Say why."), TEXT)


_OWNER = Field("owner", "people", N_("Who carries it"))
_VERSION = Field("version", "line", N_("Name of this version"), "", N_("Give this version a name."), NOTE)
_QUARTERS = ("1", "2", "3", "4")

FORMS: Mapping[str, Form] = {
    "word-passage": Form(
        "word-passage",
        "{passage}",
        N_("Edit"),
        N_("Save"),
        (words(N_("Text")),),
        makes="wording",
        replaces=True,
    ),
    "word-title": Form(
        "word-passage",
        "{passage}",
        N_("Edit"),
        N_("Save"),
        (Field("text", "line", N_("Title"), "", FILL_IN, NOTE),),
        makes="wording",
        replaces=True,
    ),
    "add-priority": Form(
        "add-priority",
        "plan",
        N_("Add a priority"),
        N_("Add the priority"),
        (
            words(N_("What the school puts first")),
            Field(
                "outcome", "aims", N_("June Outcome it comes from"), "", N_("Choose the June Outcome it comes from.")
            ),
        ),
        makes="priority",
        after=True,
    ),
    "add-priority-of": Form(
        "add-priority",
        "plan",
        N_("Add a priority"),
        N_("Add the priority"),
        (
            words(N_("What the school puts first")),
            Field("indicators", "indicators", N_("Indicators it comes from"), "", N_("Choose at least one indicator.")),
        ),
        makes="priority",
        after=True,
    ),
    "add-strategy": Form(
        "add-strategy",
        "priority:{priority}",
        N_("Add a strategy"),
        N_("Add the strategy"),
        (
            Field("title", "line", N_("Title"), "", N_("Give the strategy a title."), NOTE),
            words(N_("If…"), name="if_"),
            words(N_("then…"), name="then"),
            _OWNER,
        ),
        makes="strategy",
        after=True,
    ),
    "add-action": Form(
        "add-action",
        "strategy:{strategy}",
        N_("Add an action step"),
        N_("Add the step"),
        (words(N_("What will be done")), _OWNER, Field("due", "date", N_("Due"))),
        makes="action",
        after=True,
    ),
    "add-measure": Form(
        "add-measure",
        "strategy:{strategy}",
        N_("Add a measure"),
        N_("Add the measure"),
        (
            words(N_("What is measured")),
            Field("unit", "line", N_("Unit"), N_("Such as “% of students” or “days”."), FILL_IN, NOTE),
            Field("baseline", "number", N_("Baseline"), "", _NUMBER),
            Field("target", "number", N_("Target"), "", _NUMBER),
            Field("lower_is_better", "check", N_("Lower is better")),
        ),
        makes="measure",
        after=True,
    ),
    "request-support": Form(
        "request-support",
        "strategy:{strategy}",
        N_("Ask for support"),
        N_("Ask the home office"),
        (
            Field(
                "need",
                "choice",
                N_("Kind of support"),
                "",
                N_("Choose the kind of support."),
                options=get_args(SupportKind),
            ),
            words(N_("What the school needs")),
        ),
        makes="support",
        after=True,
    ),
    "retire-part": Form(
        "retire-part",
        "{part}",
        N_("Retire"),
        N_("Retire it"),
        (_reason(N_("Why it is no longer pursued")),),
        intro=N_("It is folded away with what belongs to it, and can be restored."),
    ),
    "move-part": Form(
        "move-part",
        "{part}",
        N_("Move to another priority"),
        N_("Move it there"),
        (Field("to", "priorities", N_("Priority"), "", N_("Choose a priority.")),),
    ),
    "assign-part": Form("assign-part", "{part}", N_("Owner"), N_("Set the owner"), (_OWNER,), sets=True),
    "assign-support": Form(
        "assign-part",
        "{part}",
        N_("Owner"),
        N_("Set the owner"),
        (Field("owner", "helpers", N_("Who answers for it at the home office")),),
        sets=True,
    ),
    "fund-strategy": Form(
        "fund-strategy",
        "strategy:{strategy}",
        N_("Funding"),
        N_("Set the funding"),
        (
            Field("amount", "number", N_("Amount in whole dollars"), "", _NUMBER),
            Field("source", "line", N_("Source"), N_("Such as “Title I” or “LCFF”."), FILL_IN, NOTE),
        ),
        sets=True,
    ),
    "schedule-action": Form(
        "schedule-action",
        "action:{action}",
        N_("Due day"),
        N_("Set the day"),
        (Field("due", "date", N_("Due"), N_("Leave it empty for no day.")),),
        sets=True,
    ),
    "report-action": Form(
        "report-action",
        "action:{action}",
        N_("Report"),
        N_("Report it"),
        (
            Field(
                "status", "choice", N_("How far it is"), "", N_("Choose how far it is."), options=get_args(ActionStatus)
            ),
            Field("note", "prose", N_("Note"), "", "", TEXT),
        ),
        sets=True,
    ),
    "set-target": Form(
        "set-target",
        "measure:{measure}",
        N_("Baseline and target"),
        N_("Set baseline and target"),
        (
            Field("baseline", "number", N_("Baseline"), "", _NUMBER),
            Field("target", "number", N_("Target"), "", _NUMBER),
        ),
        sets=True,
    ),
    "take-reading": Form(
        "take-reading",
        "measure:{measure}",
        N_("Take a reading"),
        N_("Record the reading"),
        (
            Field("on", "date", N_("Day"), "", N_("Choose the day.")),
            Field("value", "number", N_("Value"), "", _NUMBER),
            Field("note", "prose", N_("Note"), "", "", TEXT),
        ),
        makes="reading",
    ),
    "withdraw-reading": Form(
        "withdraw-reading",
        "reading:{measure}:{reading}",
        N_("Withdraw this reading"),
        N_("Withdraw the reading"),
        (_reason(N_("Why it is wrong")),),
    ),
    "answer-support": Form(
        "answer-support",
        "support:{support}",
        N_("Answer the request"),
        N_("Send the answer"),
        (
            Field("answer", "choice", N_("Answer"), "", N_("Choose an answer."), options=get_args(SupportAnswer)),
            words(N_("What the home office says")),
        ),
        replaces=True,
    ),
    "hold-check-in": Form(
        "hold-check-in",
        "strategy:{strategy}",
        N_("Check in"),
        N_("Record the check-in"),
        (
            Field("on", "date", N_("Day"), "", N_("Choose the day.")),
            Field(
                "status", "choice", N_("How it goes"), "", N_("Choose how it goes."), options=get_args(StrategyStatus)
            ),
            words(N_("What we see"), hint=N_("The team reads it. Families see the status alone."), name="note"),
            Field("barriers", "prose", N_("What is in the way"), "", "", TEXT),
        ),
        makes="check_in",
    ),
    "propose-change": Form(
        "propose-change",
        "{passage}",
        N_("Propose a change"),
        N_("Propose it"),
        (words(N_("How it should read")), Field("why", "prose", N_("Why"), "", "", TEXT)),
        intro=N_("The school’s leaders see it, and you see what becomes of it."),
        makes="proposal",
        replaces=True,
    ),
    "propose-strategy": Form(
        "propose-change",
        "{under}",
        N_("Propose a strategy"),
        N_("Propose it"),
        (words(N_("If…")), Field("why", "prose", N_("then…"), "", "", TEXT)),
        intro=N_("The school’s leaders see it, and you see what becomes of it."),
        makes="proposal",
    ),
    "propose-action": Form(
        "propose-change",
        "{under}",
        N_("Propose an action step"),
        N_("Propose it"),
        (words(N_("What should be done")), Field("why", "prose", N_("Why"), "", "", TEXT)),
        intro=N_("The school’s leaders see it, and you see what becomes of it."),
        makes="proposal",
    ),
    "accept-proposal": Form(
        "accept-proposal",
        "proposal:{proposal}",
        N_("Accept"),
        N_("Accept it"),
        (Field("title", "line", N_("Title of the new strategy"), "", N_("Give the strategy a title."), NOTE),),
        makes="made",
    ),
    "decline-proposal": Form(
        "decline-proposal",
        "proposal:{proposal}",
        N_("Decline"),
        N_("Decline it"),
        (_reason(N_("Why not"), N_("Who proposed it reads this.")),),
    ),
    "open-refinement": Form(
        "open-refinement",
        "plan",
        N_("Open a refinement"),
        N_("Open the refinement"),
        (Field("quarter", "choice", N_("Quarter"), "", N_("Choose the quarter."), options=_QUARTERS),),
        intro=N_(
            "While it is open, the plan’s text can be changed. Say what changes and why, and close it under a name."
        ),
        makes="refinement",
    ),
    "cite-evidence": Form(
        "cite-evidence",
        "refinement:{refinement}",
        N_("Cite evidence"),
        N_("Cite it"),
        (Field("citation", "citations", N_("What it rests on"), "", N_("Choose what the refinement rests on.")),),
    ),
    "close-refinement": Form(
        "close-refinement",
        "refinement:{refinement}",
        N_("Close the refinement"),
        N_("Close it and freeze this version"),
        (_VERSION,),
        intro=N_("The plan as it stands is frozen under a name. Its text is then changed in the next refinement."),
    ),
    "adopt-plan": Form(
        "adopt-plan",
        "plan",
        N_("Adopt the plan"),
        N_("Adopt the plan"),
        (_VERSION,),
        intro=N_("The plan as it stands is frozen under a name, and the year’s work begins."),
    ),
    "close-plan": Form(
        "close-plan",
        "plan",
        N_("Close the year"),
        N_("Close the year for good"),
        (),
        intro=N_("A closed plan takes nothing more and cannot be opened again."),
    ),
    "reflect-on-priority": Form(
        "reflect-on-priority",
        "priority:{priority}",
        N_("Reflect on the year"),
        N_("Save the reflection"),
        (
            words(N_("What came of it")),
            Field(
                "carries", "choice", N_("From here"), "", N_("Choose what becomes of it."), options=get_args(Carries)
            ),
        ),
        makes="wording",
        replaces=True,
    ),
    "redact-plan-words": Form(
        "redact-plan-words",
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
            "record."
        ),
        danger=True,
    ),
}
