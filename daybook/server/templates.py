"""Pages from templates, in the reader's language.

English stands in the code and is its own key; Spanish is read from the `.po` file when the process
starts, so there is nothing to compile. An unknown variable in a template is an error, not a blank.
Times are shown by the reader's clock (`zones.py`).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from itertools import groupby
from types import MappingProxyType
from typing import Any, Literal, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

import msgspec
from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from jinja2 import Environment, StrictUndefined

from daybook.events.core import Sentence
from daybook.server import release
from daybook.server.if_then import says_itself
from daybook.server.prose_text import plain, prose
from daybook.server.zones import local, today

Language = Literal["en", "es"]
LANGUAGES: Mapping[Language, str] = {"en": "English", "es": "Español"}

WEB = release.WEB

_JS_STRING = r'("(?:[^"\\\n]|\\.)*")'
_JS_CALL = re.compile(rf"(?<![\w.$])(?:t|(tn))\(\s*{_JS_STRING}(?(1)\s*,\s*{_JS_STRING})")
_LOCALES: Mapping[str, Locale] = {"en": Locale("en", "US"), "es": Locale("es", "US")}
_LONG_DAY: Mapping[str, str] = {"en": "EEEE d MMMM y", "es": "EEEE d 'de' MMMM 'de' y"}


def N_(message: str) -> str:
    """Mark a message for translation; it is looked up when the reader's language is known."""
    return message


_NAMES: Mapping[str, str] = {
    "network-administrator": N_("network administrator"),
    "network-leader": N_("network leader"),
    "school-leader": N_("school leader"),
    "team-member": N_("team member"),
    "observer": N_("observer"),
    "auditor": N_("auditor"),
    "facilitator": N_("facilitator"),
    "reviewer": N_("reviewer"),
    "ilt": N_("Instructional Leadership Team"),
    "grade-level": N_("grade-level team"),
    "department": N_("department"),
    "family-action": N_("Family Action Team"),
    "document": N_("document"),
    "data": N_("data"),
    "observation": N_("observation"),
    "interview": N_("interview"),
    "focus-group": N_("focus group"),
    "survey": N_("survey"),
    "self-review": N_("self-review"),
    "supports": N_("supports"),
    "challenges": N_("challenges"),
    "insufficient-evidence": N_("Insufficient evidence"),
    "abstain": N_("Abstain"),
    "elementary": N_("Elementary school"),
    "middle": N_("Middle school"),
    "high": N_("High school"),
    "span": N_("Span school"),
    "scheduled": N_("Scheduled"),
    "open": N_("Open"),
    "closed": N_("Closed"),
    "year-closed": N_("Year closed"),
    "draft": N_("Draft"),
    "adopted": N_("Adopted"),
    "priority": N_("priority"),
    "strategy": N_("strategy"),
    "action": N_("action step"),
    "measure": N_("measure"),
    "support": N_("support"),
    "met": N_("met"),
    "partly-met": N_("partly met"),
    "not-met": N_("not met"),
    "carried-forward": N_("carried forward"),
    "outcome-statement": N_("the statement"),
    "outcome-measure": N_("the measure"),
    "outcome-school": N_("the school's commitment"),
    "outcome-home-office": N_("the home office's commitment"),
    "outcome-conclusion": N_("the conclusion"),
    "not-started": N_("not started"),
    "under-way": N_("under way"),
    "done": N_("done"),
    "stuck": N_("stuck"),
    "on-track": N_("on track"),
    "needs-attention": N_("needs attention"),
    "off-track": N_("off track"),
    "coaching": N_("coaching"),
    "professional-development": N_("professional development"),
    "operations": N_("operations"),
    "staffing": N_("staffing"),
    "budget": N_("budget"),
    "other": N_("something else"),
    "agreed": N_("agreed"),
    "declined": N_("declined"),
    "waiting": N_("waiting"),
    "accepted": N_("accepted"),
    "withdrawn": N_("withdrawn"),
    "delivered": N_("delivered"),
    "carries-forward": N_("it carries forward"),
    "finished": N_("it is finished"),
    "let-go": N_("it is let go"),
}


@cache
def translations(lang: Language) -> NullTranslations:
    """Return the catalogue of a language, whose `gettext` and `ngettext` give the English where it has nothing."""
    path = WEB / "translations" / lang / "LC_MESSAGES" / "daybook.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang))
    compiled.seek(0)
    return GNUTranslations(compiled)


def js_sentences() -> set[str | tuple[str, str]]:
    """Find what the static modules say through `t("…")`, and through `tn("one", "many", n)` as a pair.

    Babel's own reader of JavaScript loses calls inside nested templates, of which pages are made.
    """
    said: set[str | tuple[str, str]] = set()
    for module in (WEB / "static").glob("*.js"):
        for counts, *quoted in _JS_CALL.findall(module.read_text(encoding="utf-8")):
            one, many = (json.loads(text or '""') for text in quoted)
            said.add((one, many) if counts else one)
    return said


@cache
def js_messages(lang: Language) -> Mapping[str, str | tuple[str, str]]:
    """Return what the static modules say, by its English; what counts has two forms, for one and for more.

    Empty for English, which is in the modules.
    """
    known = translations(lang)
    if not isinstance(known, GNUTranslations):
        return {}
    said: dict[str, str | tuple[str, str]] = {}
    for sentence in sorted(js_sentences(), key=str):  # every process says the same, byte for byte
        match sentence:
            case (one, many):
                said[one] = (known.ngettext(one, many, 1), known.ngettext(one, many, 2))
            case str():
                said[sentence] = known.gettext(sentence)
    return said


def name_of(word: str, lang: Language) -> str:
    """Say a stored word, such as `network-leader` or `focus-group`, as people say it; others come back as they are."""
    return translations(lang).gettext(_NAMES[word]) if word in _NAMES else word


def tell(sentence: Sentence, actor: str, names: Mapping[str, str], lang: Language) -> str:
    """Say a line of the timeline in the reader's language, with names for ids; an unknown id stays an id."""
    return in_words(Sentence(sentence.message, {"actor": actor, **sentence.values}), lang, names)


def in_words(sentence: Sentence, lang: Language, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Say a sentence in the reader's language, with names for the ids that are known."""

    def shown(place: str, value: str | int) -> str:
        if isinstance(value, int):
            return format_decimal(value, locale=_LOCALES[lang])
        match place:
            case "person" | "actor":
                return names.get(value, value)
            case "people":
                return ", ".join(names.get(person, person) for person in value.split())
            case "role" | "source" | "passage" | "result" | "word":
                return name_of(value, lang)
            case "date" | "first" | "last":
                return day(date.fromisoformat(value), lang)
            case _:
                return value

    return sentence.put(translations(lang).gettext, shown)


def day(moment: date | datetime, lang: Language) -> str:
    """Say a day as in `Tue 24 Nov 2026`."""
    return format_date(_local(moment), "EEE d MMM y", locale=_LOCALES[lang])


def plain_day(moment: date | datetime, lang: Language) -> str:
    """Say a day without its weekday, as in `24 Nov 2026`."""
    return format_date(_local(moment), "d MMM y", locale=_LOCALES[lang])


def long_day(moment: date | datetime, lang: Language) -> str:
    """Say a day as in `Tuesday 24 November 2026`."""
    return format_date(_local(moment), _LONG_DAY[lang], locale=_LOCALES[lang])


def clock(moment: datetime, lang: Language) -> str:
    """Say a time of day as in `3:05 PM`."""
    return format_time(local(moment), "short", locale=_LOCALES[lang])


def when(iso: str, lang: Language) -> str:
    """Say an instant as scripts do: its time, after its day unless that is today."""
    moment = local(datetime.fromisoformat(iso))
    said = clock(moment, lang)
    return said if moment.date() == today() else f"{plain_day(moment, lang)}, {said}"


def sentence_case(words: str) -> str:
    """Begin with a capital letter, as where words stand by themselves."""
    return words[:1].upper() + words[1:]


def number(value: float, lang: Language) -> str:
    """Say a number with the reader's marks for thousands and fractions."""
    return format_decimal(value, locale=_LOCALES[lang])


def school_year(year: int) -> str:
    """Say a school year by the calendar year it begins in, as in `2026–27`."""
    return f"{year}–{(year + 1) % 100:02}"


def _local(moment: date | datetime) -> date | datetime:
    return local(moment) if isinstance(moment, datetime) else moment


class _Dated(Protocol):
    at: datetime


def by_day(lines: Iterable[Mapping[str, Any] | _Dated]) -> Iterator[tuple[date, list[Any]]]:
    """Group neighbouring lines of the same day, in the order in which they come."""

    def day_of(line: Any) -> date:
        at: datetime = line["at"] if isinstance(line, Mapping) else line.at
        return local(at).date()

    for when, those in groupby(lines, key=day_of):
        yield when, list(those)


def with_query(path: str, **changes: str | None) -> str:
    """Return a path of this site with some of its query's fields set, or taken out where None is given."""
    parts = urlsplit(path)
    fields = dict(parse_qsl(parts.query)) | changes
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{parts.path}?{query}" if query else parts.path


def initials(name: str) -> str:
    """Up to two letters of a name, for a small badge."""
    words = re.findall(r"[^\W_]\S*", name)
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else "?"


@cache
def _environment(lang: Language) -> Environment:
    environment = Environment(
        loader=release.AddressedLoader(WEB / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known = translations(lang)
    environment.install_gettext_callables(known.gettext, known.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "day": lambda moment: day(moment, lang),
        "long_day": lambda moment: long_day(moment, lang),
        "plain_day": lambda moment: plain_day(moment, lang),
        "clock": lambda moment: clock(moment, lang),
        "when": lambda iso: when(iso, lang),
        "day_in": lambda iso: plain_day(datetime.fromisoformat(iso), lang),
        "number": lambda value: number(value, lang),
        "school_year": school_year,
        "sentence_case": sentence_case,
        "word": lambda word: name_of(word, lang),
        "prose": prose,
        "plain": plain,
        "calendar_day": lambda iso: plain_day(date.fromisoformat(iso), lang),
        "anchor": lambda part: part.replace(":", "-"),
        "by_day": by_day,
        "initials": initials,
        "with_query": with_query,
    }
    # Ten times as fast as the standard library's, and entries keep the order that the log gave them.
    environment.policies["json.dumps_function"] = lambda value, **_: msgspec.json.encode(value, enc_hook=str).decode()
    environment.globals |= {
        "command_id": lambda: str(uuid4()),
        "js_messages": lambda: js_messages(lang),
        "today": today,
        "lang": lang,
        "languages": LANGUAGES,
        "says_itself": says_itself,
    }
    return environment


def render(name: str, lang: Language, /, **context: object) -> str:
    """Render a page of `web/templates`; `lang` itself is known to every template and macro."""
    return _environment(lang).get_template(name).render(**context)
