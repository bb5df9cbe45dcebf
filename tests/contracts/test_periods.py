from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from highlightbot.core.periods import Period
from highlightbot.workflows.ports import Database
from tests.samples import (
    FORM,
    LIBRARIES,
    NEXT_FORM,
    NOW,
    PARKS,
    PROGRAMME,
    Stored,
    said,
    store_programme,
)

PAST = (date(2026, 10, 10), date(2026, 10, 24))
PAST_DUE = datetime(2026, 10, 27, 12, tzinfo=UTC)
NOON = timedelta(hours=12)


def archive(stored: Stored, starts_on: date = PAST[0], ends_on: date = PAST[1]) -> Period:
    with stored.database.writing() as unit:
        template_id = unit.programmes.save_template(stored.workspace_id, FORM)
        return unit.periods.archived(stored.programme, template_id, starts_on, ends_on, PAST_DUE)


def import_report(stored: Stored, period: Period, area: str) -> None:
    with stored.database.writing() as unit:
        template_id = unit.programmes.save_template(stored.workspace_id, FORM)
        report_id = unit.reports.ensure(period.id, stored.area_id(area), template_id)
        unit.reports.import_revision(
            report_id,
            author="Robin Sample",
            sections=said(FORM, "Opened again", None, None),
            now=PAST_DUE,
        )


def test_open_makes_an_awaited_report_for_each_area(stored: Stored) -> None:
    period = stored.open_period()
    assert period == Period(
        id=period.id,
        programme_id=stored.programme_id,
        number=1,
        starts_on=date(2026, 11, 7),
        ends_on=date(2026, 11, 20),
        due_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
        closes_at=datetime(2026, 12, 8, 12, tzinfo=UTC),
    )
    with stored.database.reading() as unit:
        assert unit.periods.get(period.id) == period
        reports = unit.reports.of_period(period.id)
    assert [(report.area_name, report.template, report.state) for report in reports] == [
        ("Libraries", FORM, "awaited"),
        ("Parks & Gardens", FORM, "awaited"),
        ("Housing", FORM, "awaited"),
    ]


def test_open_again_gives_the_same_period(stored: Stored) -> None:
    period = stored.open_period()
    assert stored.open_period(now=NOW + timedelta(days=1)) == period
    with stored.database.reading() as unit:
        assert len(unit.reports.of_period(period.id)) == 3


def test_open_period_keeps_its_template_and_roster(stored: Stored) -> None:
    period = stored.open_period()
    new_area = replace(LIBRARIES, key="museums", name="Museums")
    changed = replace(PROGRAMME, template=NEXT_FORM, areas=(LIBRARIES, new_area))
    store_programme(stored.database, changed)
    following = stored.open_period(2)
    with stored.database.reading() as unit:
        both = [
            [(report.area_name, report.template) for report in unit.reports.of_period(one.id)]
            for one in (period, following)
        ]
    assert both == [
        [("Libraries", FORM)],
        [("Libraries", NEXT_FORM), ("Museums", NEXT_FORM)],
    ]


def test_open_without_a_template_is_an_error(database: Database) -> None:
    with database.writing() as unit:
        workspace_id = unit.people.workspace("slack", "T-1")
        archive_id = unit.programmes.save_archive(workspace_id, "archive", "Imported reports")
        programme = unit.programmes.get(archive_id)
        with pytest.raises(ValueError, match="no template"):
            unit.periods.open(programme, 1, *PAST, PAST_DUE, PAST_DUE, NOW)


def test_archived_is_made_once_and_has_no_number(stored: Stored) -> None:
    period = archive(stored)
    assert period == Period(
        period.id, stored.programme_id, None, *PAST, due_at=PAST_DUE, closes_at=PAST_DUE
    )
    assert archive(stored) == period


def test_archived_gives_a_period_that_the_bot_ran(stored: Stored) -> None:
    period = stored.open_period()
    assert archive(stored, period.starts_on, period.ends_on) == period


def test_open_takes_an_archived_period_over(stored: Stored) -> None:
    bounds = (date(2026, 11, 7), date(2026, 11, 20))
    archived = archive(stored, *bounds)
    import_report(stored, archived, "Libraries")
    period = stored.open_period()
    assert (period.id, period.number) == (archived.id, 1)
    with stored.database.reading() as unit:
        reports = unit.reports.of_period(period.id)
    assert [(report.area_name, report.revision) for report in reports] == [
        ("Libraries", 1),
        ("Parks & Gardens", 0),
        ("Housing", 0),
    ]


def test_last_number_is_of_opened_periods(stored: Stored) -> None:
    archive(stored)
    with stored.database.reading() as unit:
        assert unit.periods.last_number(stored.programme_id) is None
    stored.open_period(2)
    stored.open_period(1)
    with stored.database.reading() as unit:
        assert unit.periods.last_number(stored.programme_id) == 2


def test_collecting_until_they_close(stored: Stored) -> None:
    archive(stored)
    second, first = stored.open_period(2), stored.open_period(1)
    with stored.database.reading() as unit:
        assert unit.periods.collecting(NOW) == [first, second]
        assert unit.periods.collecting(first.closes_at) == [second]
        assert unit.periods.collecting(second.closes_at) == []


def test_opened_are_newest_first(stored: Stored) -> None:
    archive(stored)
    first, second = stored.open_period(1), stored.open_period(2)
    with stored.database.reading() as unit:
        assert unit.periods.opened(stored.programme_id) == [second, first]
        assert unit.periods.opened(stored.programme_id + 1) == []


def test_newest_with_reports_counts_imported_ones(stored: Stored) -> None:
    archived, first = archive(stored), stored.open_period(1)
    with stored.database.reading() as unit:
        assert unit.periods.newest_with_reports(stored.programme_id) is None
    import_report(stored, archived, "Libraries")
    with stored.database.reading() as unit:
        assert unit.periods.newest_with_reports(stored.programme_id) == archived
    stored.submit(stored.report(first, "Libraries"), "k1")
    stored.open_period(2)
    with stored.database.reading() as unit:
        assert unit.periods.newest_with_reports(stored.programme_id) == first


def test_overlapping_are_those_that_share_a_day_and_are_known_of(stored: Stored) -> None:
    day = timedelta(days=1)
    before = archive(stored, PAST[0] - day, PAST[0])
    touching = archive(stored, PAST[1], PAST[1] + day)
    inside = archive(stored, PAST[0] + day, PAST[1] - day)
    for apart in (PAST[0] - day, PAST[1] + day):
        import_report(stored, archive(stored, apart, apart), "Libraries")
    period = archive(stored)
    for other in (touching, before, period):
        import_report(stored, other, "Libraries")
    first = stored.open_period(1)
    with stored.database.reading() as unit:
        assert inside not in unit.periods.overlapping(period)
        assert unit.periods.overlapping(period) == [before, touching]
        assert unit.periods.overlapping(replace(period, programme_id=stored.programme_id + 1)) == []
        assert unit.periods.overlapping(replace(period, ends_on=first.starts_on))[-1] == first


def awaiting(stored: Stored, now: datetime) -> list[Period]:
    with stored.database.reading() as unit:
        return unit.periods.awaiting_edition(now)


def publish(stored: Stored, period: Period) -> None:
    with stored.database.writing() as unit:
        number, _ = unit.summaries.newest_edition(period.id)
        held = [revision.id for revision in unit.reports.newest_revisions(period.id)]
        unit.summaries.add_edition(period.id, number + 1, held, NOW)


def test_first_edition_is_awaited_from_the_cut_off_on(stored: Stored) -> None:
    first, second = stored.open_period(1), stored.open_period(2)
    assert awaiting(stored, first.due_at - timedelta(seconds=1)) == []
    assert awaiting(stored, first.due_at) == [first]
    assert awaiting(stored, second.due_at) == [first, second]
    publish(stored, first)
    assert awaiting(stored, second.due_at) == [second]


def test_next_edition_is_awaited_once_there_is_news(stored: Stored) -> None:
    period = stored.open_period()
    libraries, parks = (stored.report(period, name) for name in ("Libraries", "Parks & Gardens"))
    stored.submit(libraries, "k1")
    publish(stored, period)
    late = period.due_at + NOON
    assert awaiting(stored, late) == []
    stored.submit(libraries, "k2")
    assert awaiting(stored, late) == [period]
    publish(stored, period)
    assert awaiting(stored, late) == []
    stored.submit(parks, "k3")
    assert awaiting(stored, late + timedelta(days=365)) == [period]
    publish(stored, period)
    assert awaiting(stored, late) == []


def test_imported_reports_await_an_edition_only_where_the_bot_ran_the_period(
    stored: Stored,
) -> None:
    import_report(stored, archive(stored), "Libraries")
    period = stored.open_period()
    publish(stored, period)
    assert awaiting(stored, period.due_at) == []
    import_report(stored, period, "Parks & Gardens")
    assert awaiting(stored, period.due_at) == [period]


def test_periods_of_an_area_that_retired_still_have_its_news(stored: Stored) -> None:
    period = stored.open_period()
    publish(stored, period)
    stored.submit(stored.report(period, "Parks & Gardens"), "k1")
    store_programme(stored.database, replace(PROGRAMME, areas=(LIBRARIES,)))
    assert awaiting(stored, period.due_at) == [period]
    store_programme(stored.database, replace(PROGRAMME, areas=(LIBRARIES, PARKS)))
    publish(stored, period)
    assert awaiting(stored, period.due_at) == []
