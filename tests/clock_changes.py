"""When the clocks of the world are changed, from 2020 to 2035."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

_SECOND = timedelta(seconds=1)
# Not further apart: clocks go back and forth again within a month around Ramadan.
_WEEKS = [datetime(2020, 1, 1, tzinfo=UTC) + n * timedelta(weeks=1) for n in range(836)]


@dataclass(frozen=True, slots=True)
class ClockChange:
    """From ``at``, a whole second, local time is ``after`` ahead of UTC instead of ``before``."""

    at: datetime
    before: timedelta
    after: timedelta


@cache
def zones_with_changes() -> dict[str, tuple[ClockChange, ...]]:
    """Each zone's changes in order, by its name; one zone of those that have the same ones."""
    zones = map(ZoneInfo, sorted(available_timezones(), reverse=True))
    alike = {_changes(zone): zone.key for zone in zones if _is_changed(zone)}
    return {name: changes for changes, name in alike.items()}


def _is_changed(zone: ZoneInfo) -> bool:
    return len(set(map(zone.utcoffset, _WEEKS))) > 1


def _changes(zone: ZoneInfo) -> tuple[ClockChange, ...]:
    offsets = [_offset(week, zone) for week in _WEEKS]
    return tuple(
        ClockChange(_first_after(early, late, zone), before, after)
        for (early, late), (before, after) in zip(pairwise(_WEEKS), pairwise(offsets), strict=True)
        if before != after
    )


def _first_after(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    before = _offset(early, zone)
    while late - early > _SECOND:
        middle = early + (late - early) // 2 // _SECOND * _SECOND
        early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
    return late


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    found = moment.astimezone(zone).utcoffset()
    assert found is not None
    return found
