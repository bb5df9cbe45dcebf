"""Public holidays by region."""

from datetime import date
from functools import lru_cache

import holidays

from highlightbot.core.periods import WorkingCalendar


@lru_cache(maxsize=64)
def calendar_of(region: str | None) -> WorkingCalendar:
    """The working days of a region, as "GB" or "GB-ENG" (ISO 3166); of none, Monday to Friday.

    ValueError with a sentence for a region that nobody keeps a list of.
    """
    if region is None:
        return WorkingCalendar()
    country, _, subdivision = region.upper().partition("-")
    try:
        # Fails for an unknown region now, not when the first day is looked up.
        holidays.country_holidays(country, subdiv=subdivision or None)
    except (NotImplementedError, TypeError) as error:  # TypeError: of “public”, a category
        raise ValueError(
            f"“{region}” is no region whose public holidays are known: write a country, or a"
            " country and its part, for example “IE” or “GB-ENG”"
        ) from error
    return WorkingCalendar(PublicHolidays(country, subdivision or None))


class PublicHolidays:
    """The public holidays of a region in any year.

    The library fills its table as years are asked for, which is not safe between threads: here
    every year is a value of its own.
    """

    def __init__(self, country: str, subdivision: str | None) -> None:
        self._region = country, subdivision

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _days_off(*self._region, day.year)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicHolidays) and other._region == self._region

    def __hash__(self) -> int:
        return hash(self._region)


@lru_cache(maxsize=1024)
def _days_off(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    return frozenset(
        holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False)
    )
