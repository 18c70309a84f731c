"""A measure's readings over the plan's year as a small picture: where its points and lines lie.

`static/measure-chart.js` says the same, and a test compares both.
"""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

WIDTH, HEIGHT, EDGE = 240, 72, 6


def chart_of(
    baseline: float, target: float, readings: Sequence[tuple[str, float]], quarters: Sequence[str], ends: str
) -> dict[str, Any]:
    """Place readings, oldest first, each a day and a value, in a picture of the year that the quarters begin."""
    values = [baseline, target, *(value for _, value in readings)]
    low, high = min(values), max(values)
    span = (high - low) or 1
    first = _days(quarters[0])
    length = max(1, _days(ends) - first)

    def x(on: str) -> float:
        return _tenth(EDGE + (WIDTH - 2 * EDGE) * min(max(_days(on) - first, 0), length) / length)

    def y(value: float) -> float:
        return _tenth(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / span)

    points = [{"x": x(on), "y": y(value)} for on, value in readings]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "baseline": y(baseline),
        "target": y(target),
        "path": "".join(f"{'L' if at else 'M'}{p['x']:g} {p['y']:g}" for at, p in enumerate(points)),
        "points": points,
        "quarters": [x(quarter) for quarter in quarters[1:]],
    }


def _days(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _tenth(value: float) -> float:
    return math.floor(value * 10 + 0.5) / 10
