"""Dates as people are told them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from highlightbot.slack.dates import moment, short_moment, time_left, zone_note

LONDON = ZoneInfo("Europe/London")
DUE = datetime(2020, 6, 23, 11, tzinfo=UTC)


def test_moment_is_local_and_leaves_out_the_year_that_stands_near():
    assert moment(DUE, LONDON, date(2020, 6, 19)) == "Tuesday 23 June, 12:00"
    assert moment(DUE, LONDON, date(2019, 12, 31)) == "Tuesday 23 June 2020, 12:00"
    assert short_moment(DUE, LONDON, date(2020, 6, 19)) == "Tue 23 June, 12:00"


@pytest.mark.parametrize(
    ("zone", "note"),
    [
        ("Europe/London", ""),
        ("Europe/Lisbon", ""),
        ("Europe/Paris", " (Paris time)"),
        ("America/New_York", " (New York time)"),
        ("UTC", " (UTC)"),
    ],
)
def test_zone_is_named_where_its_clocks_differ(zone, note):
    assert zone_note(DUE, ZoneInfo(zone), LONDON) == note


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (timedelta(days=5, hours=3), "5 days left"),
        (timedelta(days=2, hours=3), "2 days 3 hours left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=1, minutes=59), "1 hour left"),
        (timedelta(minutes=59), "59 minutes left"),
        (timedelta(0), "less than a minute left"),
        (timedelta(seconds=-1), "passed less than a minute ago"),
        (timedelta(hours=-5), "passed 5 hours ago"),
    ],
)
def test_time_left_until_the_cut_off(before, told):
    assert time_left(DUE, DUE - before) == told
