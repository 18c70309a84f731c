"""Figures about ratings. Levels are ordinal: counts, medians and spreads, never a mean."""

from collections.abc import Iterable

from msgspec import Struct

from daybook.events.review import Answer


class Distribution(Struct, frozen=True):
    """How the answers fall on the levels, lowest first, and how many gave no level.

    `median` is the lower and the upper middle level, which differ when an even number of ratings has
    its middle between two levels. `spread` is highest less lowest. Both are None without any level.
    """

    counts: tuple[int, ...]
    insufficient: int
    abstained: int
    median: tuple[int, int] | None
    spread: int | None


def distribution(answers: Iterable[Answer], levels: int) -> Distribution:
    """Describe the answers to one indicator on a rubric with this many levels."""
    given = list(answers)
    rated = sorted(answer for answer in given if isinstance(answer, int))
    middle = (rated[(len(rated) - 1) // 2], rated[len(rated) // 2]) if rated else None
    return Distribution(
        counts=tuple(rated.count(level) for level in range(1, levels + 1)),
        insufficient=given.count("insufficient-evidence"),
        abstained=given.count("abstain"),
        median=middle,
        spread=rated[-1] - rated[0] if rated else None,
    )
