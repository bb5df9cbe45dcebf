from dataclasses import replace
from datetime import date
from pathlib import Path

from highlightbot.importing import Doubt
from tests.importing.documents import BODY, HEAD
from tests.importing.reports import WHOLE, plain, read


def test_head_with_all_fields_in_one_line(tmp_path: Path) -> None:
    fields = "SERVICE AREA: Museum of Examples  REPORT AUTHOR: Mx Sample\tREPORTING PERIOD: "

    assert read(tmp_path, HEAD[0], f"{fields}6-19 June 2020", *BODY) == WHOLE


def test_head_without_some_fields(tmp_path: Path) -> None:
    report = read(tmp_path, HEAD[0], "REPORT AUTHOR:", "", *BODY)

    assert report == replace(
        WHOLE,
        area="",
        author="",
        starts_on=None,
        ends_on=None,
        doubts=(
            Doubt(2, "The report author is empty."),
            Doubt(None, "There is no service area."),
            Doubt(None, "There is no reporting period."),
        ),
    )
    assert not report.is_complete


def test_head_with_a_period_in_doubt(tmp_path: Path) -> None:
    head = [line.replace("6-19 th June 2020", "w/c 8th June 2020") for line in HEAD]

    report = read(tmp_path, *head, *BODY)

    assert (report.starts_on, report.ends_on) == (date(2020, 6, 8), date(2020, 6, 14))
    assert [doubt.line for doubt in report.doubts] == [5]
    assert report.is_complete


def test_head_with_an_unreadable_period(tmp_path: Path) -> None:
    head = [line.replace("6-19 th June 2020", "6-19 June") for line in HEAD]

    report = read(tmp_path, *head, *BODY)

    assert report.doubts == (Doubt(5, "“6-19 June”: no year is given."),)
    assert not report.is_complete


def test_head_with_a_field_given_twice(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD[:-1], "REPORT AUTHOR: Dr Other", "", *BODY)

    assert report == replace(
        WHOLE, doubts=(Doubt(6, "A second report author is left out: “Dr Other”."),)
    )


def test_head_with_an_unknown_field(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD[:-1], "VERSION:\t2", "", *BODY)

    assert report == replace(
        WHOLE, doubts=(Doubt(6, "This is no known field and is left out: “VERSION:\t2”."),)
    )


def test_head_with_a_field_name_in_the_text(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, *BODY, "Service area: we share one with the zoo.")

    assert plain(report)["staff"] == "One left.\nService area: we share one with the zoo."


def test_head_with_a_department_above_the_service_area(tmp_path: Path) -> None:
    report = read(tmp_path, HEAD[0], "", "DIRECTORATE:\tCulture", *HEAD[2:], *BODY)

    assert report == replace(
        WHOLE, doubts=(Doubt(3, "A second service area is left out: “Culture”."),)
    )
