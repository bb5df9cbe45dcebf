from dataclasses import replace
from datetime import date, timedelta

from highlightbot.core.reports import Revision
from tests.contracts.reading import get, revisions
from tests.contracts.test_periods import archive
from tests.samples import (
    ALEX,
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


def test_submitted_revision_is_a_copy_of_the_draft(stored: Stored) -> None:
    period = stored.open_period()
    report = stored.report(period, "Libraries")
    # Saved in another order than the form's.
    stored.save(report, "risks", None)
    stored.save(report, "news", "First")
    assert stored.submit(report, "k1", headline="Line \x00 \ud800 \\ 1") == 1
    stored.save(report, "news", "Changed after it")
    (revision,) = revisions(stored, "Libraries")
    assert revision == Revision(
        id=revision.id,
        report_id=report.id,
        number=1,
        area_id=report.area_id,
        area_name="Libraries",
        author="Alex Sample",
        submitted_at=NOW,
        first_submitted_at=NOW,
        period=period,
        headline="Line \x00 \ud800 \\ 1",
        sections=(said(FORM, "First", None, None)[0], said(FORM, None, None, None)[2]),
    )


def test_submitted_again_is_the_next_revision(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    stored.save(report, "news", "First")
    assert stored.submit(report, "k1", headline="One") == 1
    stored.save(report, "news", "Second")
    later = NOW + timedelta(hours=1)
    assert stored.submit(report, "k2", headline="Two", now=later) == 2
    (newest,) = revisions(stored, "Libraries")
    assert (newest.submitted_at, newest.first_submitted_at) == (later, NOW)
    assert get(stored, report.id).submitted_at == later
    assert get(stored, report.id).first_submitted_at == NOW
    assert (newest.number, newest.headline, newest.sections[0].text.plain) == (2, "Two", "Second")
    assert (get(stored, report.id).revision, get(stored, report.id).headline) == (2, "Two")


def test_replayed_submission_gives_its_number_and_changes_nothing(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    stored.submit(report, "k1", headline="One")
    stored.submit(report, "k2", headline="Two")
    before = revisions(stored, "Libraries")
    assert stored.submit(report, "k1", headline="Three", now=NOW + timedelta(hours=1)) == 1
    assert revisions(stored, "Libraries") == before
    assert get(stored, report.id).headline == "Two"


def test_submission_keys_of_two_reports_are_apart(stored: Stored) -> None:
    period = stored.open_period()
    assert stored.submit(stored.report(period, "Libraries"), "k1") == 1
    assert stored.submit(stored.report(period, "Housing"), "k1") == 1


def test_imported_revision_is_kept_exactly_each_time(stored: Stored) -> None:
    period = archive(stored)
    sections = said(NEXT_FORM, None, "Opened again")
    with stored.database.writing() as unit:
        template_id = unit.programmes.save_template(stored.workspace_id, NEXT_FORM)
        report_id = unit.reports.ensure(period.id, stored.area_id("Libraries"), template_id)
        for _ in range(2):
            unit.reports.import_revision(
                report_id, author="Robin \x00 Sample", sections=sections, now=NOW
            )
    (revision,) = revisions(stored, "Libraries")
    assert revision == Revision(
        id=revision.id,
        report_id=report_id,
        number=2,
        area_id=stored.area_id("Libraries"),
        area_name="Libraries",
        author="Robin \x00 Sample",
        submitted_at=NOW,
        first_submitted_at=NOW,
        period=period,
        headline="",
        sections=tuple(sections),
    )


def test_newest_revisions_are_in_area_order_with_retired_areas(stored: Stored) -> None:
    period = stored.open_period()
    for name in ("Housing", "Libraries", "Parks & Gardens"):
        report = stored.report(period, name)
        stored.submit(report, "k1")
        stored.submit(report, "k2")
    stored.submit(stored.report(stored.open_period(2), "Libraries"), "k1")
    store_programme(stored.database, replace(PROGRAMME, areas=(PARKS, LIBRARIES)))
    with stored.database.reading() as unit:
        newest = unit.reports.newest_revisions(period.id)
    assert [(one.area_name, one.number) for one in newest] == [
        ("Parks & Gardens", 2),
        ("Libraries", 2),
        ("Housing", 2),
    ]


def test_newest_revision_is_of_the_newest_period_that_has_one(stored: Stored) -> None:
    with stored.database.reading() as unit:
        assert unit.reports.newest_revision(stored.area_id("Libraries")) is None
    first, second = stored.open_period(1), stored.open_period(2)
    stored.open_period(3)
    stored.submit(stored.report(second, "Libraries"), "k1")
    stored.submit(stored.report(first, "Libraries"), "k1")
    with stored.database.reading() as unit:
        newest = unit.reports.newest_revision(stored.area_id("Libraries"))
    assert newest is not None
    assert newest.period == second


def test_previous_answers_are_of_the_newest_earlier_period(stored: Stored) -> None:
    first, second, third = (stored.open_period(number) for number in (1, 2, 3))
    report = stored.report(first, "Libraries")
    stored.save(report, "news", "Long ago")
    stored.submit(report, "k1")
    stored.submit(stored.report(third, "Libraries"), "k1")
    stored.submit(stored.report(second, "Housing"), "k1")
    with stored.database.reading() as unit:
        for_second = unit.reports.previous_answers(stored.report(second, "Libraries"))
        for_first = unit.reports.previous_answers(stored.report(first, "Libraries"))
    assert for_second == said(FORM, "Long ago", None, None)[:1]
    assert for_first == []


def test_history_is_newest_first_over_template_versions(stored: Stored) -> None:
    first = stored.open_period(1)
    store_programme(stored.database, replace(PROGRAMME, template=NEXT_FORM))
    second = stored.open_period(2)
    for period, section in ((first, "staff"), (second, "changes")):
        for name in ("Parks & Gardens", "Libraries"):
            report = stored.report(period, name)
            stored.save(report, section, f"{name} {period.number}")
            stored.submit(report, "k1")
    stored.submit(stored.report(first, "Housing"), "k1")
    told = [
        (
            one.area_name,
            one.period.number,
            one.sections[0].section.heading,
            one.sections[0].text.plain,
        )
        for one in revisions(stored, "Libraries", "Parks & Gardens")
        for each in one.sections
    ]
    assert told == [
        ("Libraries", 2, "Workforce changes", "Libraries 2"),
        ("Parks & Gardens", 2, "Workforce changes", "Parks & Gardens 2"),
        ("Libraries", 1, "Workforce update", "Libraries 1"),
        ("Parks & Gardens", 1, "Workforce update", "Parks & Gardens 1"),
    ]
    assert revisions(stored) == []


def test_history_of_periods_that_begin_together_has_the_longer_first(stored: Stored) -> None:
    longer = archive(stored, date(2026, 10, 1), date(2026, 10, 31))
    shorter = archive(stored, date(2026, 10, 1), date(2026, 10, 14))
    with stored.database.writing() as unit:
        template_id = unit.programmes.save_template(stored.workspace_id, FORM)
        for period in (shorter, longer):
            report_id = unit.reports.ensure(period.id, stored.area_id("Libraries"), template_id)
            unit.reports.submit(
                report_id,
                submission_key="k1",
                person_id=stored.people[ALEX],
                headline="",
                now=NOW,
            )
    assert [one.period for one in revisions(stored, "Libraries")] == [longer, shorter]


def test_newest_key_is_that_of_the_last_submission(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    for key in ("view:V1:a", "view:V2:b", "view:V1:a"):
        stored.submit(report, key)
    with stored.database.reading() as unit:
        assert unit.reports.newest_key(report.id) == "view:V2:b"
