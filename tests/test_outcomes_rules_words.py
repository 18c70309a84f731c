"""The words of June Outcomes: wordings, translations, amendments, comments, endorsements, and erasing."""

import pytest

from daybook.events.core import Event, Prose
from daybook.events.outcomes import (
    EndorsementWithdrawn,
    OutcomeCommented,
    OutcomeEndorsed,
    OutcomeTranslated,
    OutcomeWordsRedacted,
)
from daybook.events.outcomes_commands import (
    AdoptOutcomes,
    AmendOutcome,
    CommentOnOutcome,
    EndorseOutcome,
    RedactOutcomeWords,
    WithdrawEndorsement,
    WordOutcome,
)
from tests.outcomes_world import (
    ADOPTED,
    ADOPTION,
    BEGUN,
    DRAFT,
    PLACE,
    SIGNED,
    amended,
    begin,
    begun,
    carry_over,
    concluded,
    proposed,
    translate,
    translated,
    withdrawn,
    word,
    worded,
)
from tests.stories import given

WRITERS = "Only the school's leaders and teams and the network's leaders for it write this."
OVERTAKEN = "Someone else put this into words while you were writing. Compare their text with yours."


@pytest.mark.parametrize("actor", ["patricia", "tomas", "gil", "daniel"])
def test_a_draft_is_reworded(actor: str) -> None:
    given(*DRAFT).when(word("Records"), actor).then(worded("Records")).when(word("Records"), actor).then_nothing()


@pytest.mark.parametrize("actor", ["flor", "ruth", "olivia", "amara"])
def test_others_do_not_write(actor: str) -> None:
    given(*DRAFT).when(word("Records"), actor).then_not_allowed(WRITERS)
    given(*DRAFT).when(translate(), actor).then_not_allowed(WRITERS)


def test_the_same_words_change_nothing() -> None:
    given(*DRAFT).when(word("Running records"), "gil").then_nothing()


def test_whoever_has_read_an_older_wording_is_told() -> None:
    story = given(*DRAFT, worded("Records"))
    story.when(word("Books", wording="w2"), "gil").then_refused(OVERTAKEN)
    story.when(word("Books", wording="w2", replaces="w1"), "gil").then(worded("Books", wording="w2", replaces="w1"))
    given(*DRAFT).when(word("Books", replaces=None), "gil").then_refused(OVERTAKEN)


def test_an_id_of_a_wording_is_used_once() -> None:
    given(*DRAFT, worded("Records"), worded("Books", wording="w2", replaces="w1")).when(
        word("Others", wording="w1", replaces="w2"), "gil"
    ).then_refused("There is already a wording with the id w1. Choose another.")


def test_words_are_of_an_outcome_that_stands() -> None:
    given(*PLACE, BEGUN).when(word("Records"), "gil").then_refused("There is no outcome with the id readers here.")
    given(*DRAFT, withdrawn()).when(word("Records"), "gil").then_refused(
        "This outcome was withdrawn. Keep your text, and ask for the outcome to be restored."
    )


def test_english_is_no_translation() -> None:
    command = WordOutcome(
        outcomes="o1", passage="readers:measure:en", wording="w1", text="Records", replaces="readers", of="readers"
    )
    given(*DRAFT).when(command, "gil").then_refused(
        "Only a translation names the wording that it translates. Leave it out."
    )


# Translations


def test_spanish_is_put_beside_the_english_of_a_draft_and_of_adopted_outcomes() -> None:
    for before in (DRAFT, ADOPTED):
        given(*before).when(translate(), "gil").then(translated()).when(translate(), "gil").then_nothing()


def test_a_translation_says_which_wording_it_is_of_and_may_be_behind() -> None:
    story = given(*DRAFT, worded("Records"))
    story.when(translate(), "gil").then(translated())
    story.when(translate(of="w1"), "gil").then(translated(of="w1"))
    for of in (None, "w9"):
        story.when(translate(of=of), "gil").then_refused("Say which English wording this translates.")


def test_a_translation_that_was_replaced_is_told_like_any_wording() -> None:
    story = given(*DRAFT, translated())
    story.when(translate("Otros", wording="s2"), "gil").then_refused(OVERTAKEN)
    story.when(translate("Otros", wording="s2", replaces="s1"), "gil").then(
        translated("Otros", wording="s2", replaces="s1")
    )


def test_a_translation_takes_no_signature_back() -> None:
    given(*DRAFT, *SIGNED, translated()).when(AdoptOutcomes(outcomes="o1"), "patricia").then(ADOPTION)


# Amendments


def amend(text: str = "Records", *, passage: str = "readers:measure:en", replaces: str = "readers") -> AmendOutcome:
    return AmendOutcome(
        outcomes="o1", passage=passage, wording="w1", text=text, replaces=replaces, reason="The test is gone"
    )


AMENDED = amended()


@pytest.mark.parametrize("actor", ["patricia", "tomas", "daniel"])
def test_adopted_words_are_amended_with_a_reason(actor: str) -> None:
    given(*ADOPTED).when(amend(), actor).then(AMENDED).when(amend(), actor).then_nothing()


def test_adopted_words_are_changed_in_no_other_way() -> None:
    given(*ADOPTED).when(word("Records"), "patricia").then_refused(
        "These outcomes are adopted. Amend the text instead, and say why."
    )


def test_an_amendment_is_of_adopted_english_as_it_stands() -> None:
    given(*DRAFT).when(amend(), "patricia").then_refused(
        "These outcomes are still a draft. Change the text itself; it needs no amendment."
    )
    given(*ADOPTED).when(amend(passage="readers:measure:es"), "patricia").then_refused(
        "This Spanish is missing or behind the English. Translate it; that needs no amendment."
    )
    given(*ADOPTED).when(amend(replaces="w0"), "patricia").then_refused(OVERTAKEN)
    given(*ADOPTED).when(amend("Running records"), "patricia").then_refused(
        "The text says this already, so there is nothing to give a reason for."
    )


def test_spanish_of_what_was_adopted_is_amended_unless_it_is_behind() -> None:
    story = given(*DRAFT, translated(), *SIGNED, ADOPTION)
    story.when(translate("Otros", wording="s2", replaces="s1"), "patricia").then_refused(
        "This Spanish says what was adopted. Amend it, and say why."
    )
    in_spanish = amend("Otros", passage="readers:measure:es", replaces="s1")
    story.when(in_spanish, "gil").then_not_allowed(
        "Only the school's leaders and the network's leaders for it do this. You can comment."
    )
    said = amended("Otros", passage="readers:measure:es", replaces="s1")
    story.when(in_spanish, "patricia").then(said).when(in_spanish, "patricia").then_nothing()
    behind = given(*DRAFT, translated(), *SIGNED, ADOPTION, AMENDED)
    behind.when(in_spanish, "patricia").then_refused(
        "This Spanish is missing or behind the English. Translate it; that needs no amendment."
    )
    behind.when(translate("Otros", wording="s2", of="w1", replaces="s1"), "gil").then(
        translated("Otros", wording="s2", of="w1", replaces="s1")
    )


@pytest.mark.parametrize("actor", ["gil", "flor", "amara", "olivia"])
def test_others_amend_nothing(actor: str) -> None:
    given(*ADOPTED).when(amend(), actor).then_not_allowed(
        "Only the school's leaders and the network's leaders for it do this. You can comment."
    )


# Comments and endorsements

COMMENT = CommentOnOutcome(outcomes="o1", outcome="readers", comment="c1", text="Which test?")


def commented(person: str) -> OutcomeCommented:
    return OutcomeCommented(outcomes="o1", outcome="readers", comment="c1", person=person, text=Prose("Which test?"))


ENDORSE = EndorseOutcome(outcomes="o1", outcome="readers")
UNENDORSE = WithdrawEndorsement(outcomes="o1", outcome="readers")


@pytest.mark.parametrize("actor", ["patricia", "gil", "flor", "daniel"])
def test_whoever_is_asked_comments_and_endorses(actor: str) -> None:
    (
        given(*DRAFT)
        .when(COMMENT, actor)
        .then(commented(actor))
        .when(UNENDORSE, actor)
        .then_nothing()
        .when(ENDORSE, actor)
        .then(OutcomeEndorsed(outcomes="o1", outcome="readers", person=actor))
        .when(ENDORSE, actor)
        .then_nothing()
        .when(UNENDORSE, actor)
        .then(EndorsementWithdrawn(outcomes="o1", outcome="readers", person=actor))
    )


@pytest.mark.parametrize("actor", ["ruth", "ana", "olivia", "amara"])
def test_others_do_not(actor: str) -> None:
    for command in (COMMENT, ENDORSE, UNENDORSE):
        given(*DRAFT).when(command, actor).then_not_allowed(
            "Only people of this school and its home office comment and endorse here."
        )


def test_a_comment_has_an_id_of_its_own() -> None:
    given(*DRAFT, commented("gil")).when(COMMENT, "gil").then_refused(
        "There is already a comment with the id c1. Choose another."
    )


def test_a_withdrawn_outcome_may_be_talked_about_and_is_not_endorsed() -> None:
    given(*DRAFT, withdrawn()).when(COMMENT, "gil").then(commented("gil"))
    given(*DRAFT, withdrawn()).when(ENDORSE, "gil").then_refused("This outcome is withdrawn. Restore it first.")


# Erasing


def redact(about: str = "outcome:readers") -> RedactOutcomeWords:
    return RedactOutcomeWords(outcomes="o1", about=about, reason="It names a child.")


def redacted(about: str = "outcome:readers") -> OutcomeWordsRedacted:
    return OutcomeWordsRedacted(outcomes="o1", about=about, reason=Prose("It names a child."))


@pytest.mark.parametrize("actor", ["patricia", "tomas", "amara"])
def test_words_are_erased_once_for_each_time_they_are_said(actor: str) -> None:
    given(*ADOPTED).when(redact(), actor).then(redacted()).when(redact(), actor).then_nothing()
    given(*DRAFT, redacted(), worded("New")).when(redact(), actor).then(redacted())
    given(*DRAFT, commented("gil")).when(redact("comment:c1"), actor).then(redacted("comment:c1"))


def test_erased_words_come_back_by_nobody_who_had_only_read_those() -> None:
    (
        given(*DRAFT, redacted())
        .when(word("As before"), "patricia")
        .then_refused(
            "These words were erased after you read them, as they held what must not be kept. Look whether yours hold "
            "it, too, then save again."
        )
        .when(word("As before", replaces="readers-erased"), "patricia")
        .then(worded("As before", replaces="readers-erased"))
    )


@pytest.mark.parametrize("actor", ["gil", "flor", "daniel", "olivia"])
def test_others_erase_nothing(actor: str) -> None:
    given(*DRAFT).when(redact(), actor).then_not_allowed(
        "Only the school's leaders and the network's administrators erase words from the record."
    )


def test_there_must_be_something_to_erase() -> None:
    given(*DRAFT).when(redact("outcome:nobody"), "patricia").then_refused(
        "There is no outcome with the id nobody here."
    )
    given(*DRAFT).when(redact("comment:c9"), "patricia").then_refused("There is no comment with the id c9 here.")


def test_words_that_were_erased_are_written_again_before_adopting() -> None:
    adopt = AdoptOutcomes(outcomes="o1")
    again: tuple[Event, ...] = ()
    for passage, sentence in (
        ("statement", "What outcome 1 says will be true was erased. Write it again."),
        ("measure", "How we will know about outcome 1 was erased. Write it again."),
        ("school", "What the school commits to in outcome 1 was erased. Write it again."),
        ("home-office", "What the home office commits to in outcome 1 was erased. Write it again."),
    ):
        given(*DRAFT, redacted(), *again, *SIGNED).when(adopt, "patricia").then_refused(sentence)
        again = (*again, worded("Again", passage=f"readers:{passage}:en"))
    given(*DRAFT, redacted(), *again, *SIGNED).when(adopt, "patricia").then(ADOPTION)


def test_what_was_erased_is_not_carried_over() -> None:
    before = (*PLACE, BEGUN, proposed(), *SIGNED, ADOPTION, concluded("carried-forward"), redacted())
    given(*before).when(begin(outcomes="o2", year=2025, seed="o1"), "daniel").then(
        begun(outcomes="o2", year=2025, least=3, seed="o1")
    )
    given(*before, begun(outcomes="o2", year=2025)).when(carry_over(), "daniel").then_refused(
        "Words of that outcome were erased, so it cannot be carried over. Propose it anew."
    )


# What came of an outcome


def test_what_came_of_an_outcome_is_put_into_spanish_for_the_conclusion_it_names() -> None:
    def spanish(of: str) -> WordOutcome:
        return WordOutcome(outcomes="o1", passage="readers:conclusion:es", wording="s1", text="Registros", of=of)

    put = OutcomeTranslated(
        outcomes="o1", passage="readers:conclusion:es", wording="s1", text=Prose("Registros"), of="conclusion-1"
    )
    nothing_yet = "Say which English wording this translates."
    given(*ADOPTED).when(spanish("conclusion-1"), "gil").then_refused(nothing_yet)
    ended = (*ADOPTED, concluded("met"))
    given(*ended).when(spanish("conclusion-1"), "gil").then(put).when(spanish("conclusion-1"), "gil").then_nothing()
    given(*ended).when(spanish("conclusion-2"), "gil").then_refused(nothing_yet)
    given(*ended, concluded("partly-met")).when(spanish("conclusion-1"), "gil").then(put)


def test_the_english_of_what_came_of_an_outcome_is_worded_by_concluding_alone() -> None:
    again = "What came of an outcome is put into other words by concluding it again."
    about = {"outcomes": "o1", "passage": "readers:conclusion:en", "wording": "w9", "text": "Other"}
    amended = AmendOutcome(**about, replaces="conclusion-1", reason="So")
    worded_anew = WordOutcome(**about, replaces="conclusion-1")
    for command in (amended, worded_anew):
        given(*ADOPTED, concluded("met")).when(command, "patricia").then_refused(again)
