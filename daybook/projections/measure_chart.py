"""How a measure's readings are drawn: places within a unit square, whatever then draws them.

Left is the plan's first day and right its last; up is more, whether more is better or not, and the numbers
stand beside it. The scale takes in the baseline and the target, so that a line near the target looks near it.
"""

from datetime import date

from msgspec import Struct

from daybook.projections.plan_tree import Measure

Place = tuple[float, float]


class MeasureChart(Struct, frozen=True):
    """Readings from the oldest to the newest as (across, up) between 0 and 1; heights of baseline and target."""

    points: tuple[Place, ...]
    baseline: float
    target: float


def measure_chart(measure: Measure, first: date, last: date) -> MeasureChart:
    """Place a measure's readings; a reading from before or after the plan stands at its edge."""
    values = [measure.shown.baseline, measure.shown.target, *(reading.value for reading in measure.readings)]
    low, high = min(values), max(values)
    days = max((last - first).days, 1)

    def up(value: float) -> float:
        return (value - low) / (high - low) if high > low else 0.5

    def across(day: date) -> float:
        return min(max((day - first).days / days, 0.0), 1.0)

    points = tuple((across(reading.on), up(reading.value)) for reading in measure.readings)
    return MeasureChart(points, up(measure.shown.baseline), up(measure.shown.target))
