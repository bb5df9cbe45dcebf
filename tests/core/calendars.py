from datetime import UTC, date, datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

from highlightbot.core.cadences import Cadence
from highlightbot.core.calendars import Calendar
from highlightbot.core.periods import CutOff, Period
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN

LONDON = ZoneInfo("Europe/London")
FORTNIGHTLY = Timetable(
    Cadence(2, "weeks", date(2026, 11, 9)), CutOff(2, time(12)), LONDON, STANDARD_PLAN
)
FIRST = Period(
    id=1,
    programme_id=1,
    number=1,
    starts_on=date(2026, 11, 9),
    ends_on=date(2026, 11, 22),
    due_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    closes_at=datetime(2026, 12, 8, 12, tzinfo=UTC),
)
SECOND = Period(
    id=2,
    programme_id=1,
    number=2,
    starts_on=date(2026, 11, 23),
    ends_on=date(2026, 12, 6),
    due_at=datetime(2026, 12, 8, 12, tzinfo=UTC),
    closes_at=datetime(2026, 12, 22, 12, tzinfo=UTC),
)
ONE = Calendar(FORTNIGHTLY, (FIRST,))
TWO = Calendar(FORTNIGHTLY, (FIRST, SECOND))
WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=UTC)
"""In the first period."""
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
"""The second period runs; the first is due the next day."""


def bounds(calendar: Calendar, count: int = 3) -> list[tuple[date, date]]:
    """Of the periods that come."""
    coming = islice(calendar.coming(date(2026, 11, 18)), count)
    return [(period.starts_on, period.ends_on) for period in coming]
