"""The clock of routine inspection: calendar days without the days it was paused.

Routine inspection was suspended on 17 March 2020 (Ofsted, statistics of children's social care
2021) and no full inspection began before 28 June 2021 (measured: the first after 9 March 2020).
A council waiting through a pause was not being passed over, so those days are taken out of the
intervals before they are compared, and put back when a window is turned into dates.
"""

from dataclasses import dataclass
from datetime import date

DAYS_PER_MONTH = 365.25 / 12


def a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which no full inspection could begin; ``last_date`` None while it goes on."""

    first_date: date
    last_date: date | None

    def __post_init__(self) -> None:
        if self.last_date is not None and self.last_date < self.first_date:
            raise ValueError(
                f"pause: found last day {self.last_date} before first day {self.first_date}"
            )


@dataclass(frozen=True, slots=True)
class Clock:
    """Counts days outside the pauses. Pauses do not overlap; their order does not matter."""

    pauses: tuple[Pause, ...] = ()

    def known_on(self, day: date) -> "Clock":
        """The clock as it could be read on ``day``: later pauses unknown, a present one open.

        A pause that goes on is taken to end on ``day``, since nobody knows how long it lasts.
        """
        known = [
            Pause(pause.first_date, min(pause.last_date or day, day))
            for pause in self.pauses
            if pause.first_date <= day
        ]
        return Clock(tuple(known))

    def reading_on(self, day: date) -> int:
        """What the clock shows on the morning of a day; only differences mean something."""
        shown = now = day.toordinal()
        for pause in self.pauses:
            first = pause.first_date.toordinal()
            if now > first:
                last = pause.last_date
                shown -= (now if last is None else min(now, last.toordinal() + 1)) - first
        return shown

    def days_between(self, first: date, last: date) -> int:
        """Days from ``first`` to ``last`` without paused days; 0 if none, negative if reversed."""
        return self.reading_on(last) - self.reading_on(first)
