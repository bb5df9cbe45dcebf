from dataclasses import replace
from zoneinfo import ZoneInfo

from highlightbot.core.reports import Answer, DraftAnswer, Report
from highlightbot.core.rich_text import RichText
from tests.contracts.reading import get
from tests.contracts.test_periods import archive
from tests.samples import (
    BO,
    FORM,
    KIM,
    LIBRARIES,
    MAIL,
    NEXT_FORM,
    NOW,
    PARKS,
    PROGRAMME,
    Stored,
    store_programme,
)


def test_get_gives_the_report_whole(stored: Stored) -> None:
    period = stored.open_period()
    report = stored.report(period, "Libraries")
    stored.save(report, "news", "Opened again")
    stored.save(report, "risks", None)
    stored.submit(report, "k1", headline="Open")
    assert get(stored, report.id) == Report(
        id=report.id,
        period=period,
        programme_id=stored.programme_id,
        programme_name="Highlights",
        zone=ZoneInfo("Europe/London"),
        area_id=stored.area_id("Libraries"),
        area_name="Libraries",
        area_retired=False,
        template=FORM,
        revision=1,
        headline="Open",
        draft={
            "news": DraftAnswer(
                Answer("news", RichText.from_plain("Opened again")), 1, "Alex Sample", NOW
            ),
            "risks": DraftAnswer(Answer("risks", nil=True), 1, "Alex Sample", NOW),
        },
        submitted_at=NOW,
        first_submitted_at=NOW,
    )


def test_get_unknown_gives_none(stored: Stored) -> None:
    with stored.database.reading() as unit:
        assert unit.reports.get(404) is None


def test_of_period_leaves_retired_areas_out(stored: Stored) -> None:
    period = stored.open_period()
    report = stored.report(period, "Libraries")
    stored.save(report, "news", "Opened again")
    store_programme(stored.database, replace(PROGRAMME, areas=(PARKS, LIBRARIES)))
    with stored.database.reading() as unit:
        reports = unit.reports.of_period(period.id)
    assert [(one.area_name, set(one.draft)) for one in reports] == [
        ("Parks & Gardens", set()),
        ("Libraries", {"news"}),
    ]
    housing = next(area for area in stored.programme.areas if area.retired)
    assert get(stored, report.id + 2).area_name == housing.name
    assert get(stored, report.id + 2).area_retired


def test_open_for_lead_and_deputy_oldest_period_first(stored: Stored) -> None:
    second, first = stored.open_period(2), stored.open_period(1)
    archive(stored)
    with stored.database.reading() as unit:
        for_bo = unit.reports.open_for(stored.people[BO], NOW)
        assert [(one.period, one.area_name) for one in for_bo] == [
            (first, "Libraries"),
            (first, "Parks & Gardens"),
            (second, "Libraries"),
            (second, "Parks & Gardens"),
        ]
        assert unit.reports.open_for(stored.people[BO], first.closes_at) == for_bo[2:]
        assert unit.reports.open_for(stored.people[KIM], NOW) == []


def test_open_for_leaves_retired_areas_out(stored: Stored) -> None:
    stored.open_period()
    store_programme(stored.database, replace(PROGRAMME, areas=(LIBRARIES,)))
    with stored.database.reading() as unit:
        assert unit.reports.open_for(stored.people[MAIL], NOW) == []


def test_ensure_makes_a_report_once(stored: Stored) -> None:
    period = archive(stored)
    with stored.database.writing() as unit:
        template_id = unit.programmes.save_template(stored.workspace_id, NEXT_FORM)
        made = unit.reports.ensure(period.id, stored.area_id("Parks & Gardens"), template_id)
        again = unit.reports.ensure(period.id, stored.area_id("Parks & Gardens"), template_id)
    assert made == again
    assert (get(stored, made).state, get(stored, made).template) == ("awaited", NEXT_FORM)
