"""Documents become reports, and what is not certain becomes a doubt."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from highlightbot.core.errors import Refusal
from highlightbot.core.reports import AnsweredSection
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Section, Template
from highlightbot.importing import Doubt, ReadReport, read_document
from highlightbot.templates import shipped_templates
from tests.importing.documents import BODY, HEAD, write_text
from tests.importing.forms import MUSEUM, ROOF, STAFF, VISITORS

VISITORS_TEXT = RichText.from_plain("Forty came.\n\nTwo came twice.")
WHOLE = ReadReport(
    file_name="report.txt",
    title="MUSEUM REPORT",
    area="Museum of Examples",
    author="Mx Sample",
    starts_on=date(2020, 6, 6),
    ends_on=date(2020, 6, 19),
    template=MUSEUM,
    sections=(
        AnsweredSection(VISITORS, VISITORS_TEXT, nil=False),
        AnsweredSection(ROOF, RichText.from_plain("None"), nil=True),
        AnsweredSection(STAFF, RichText.from_plain("One left."), nil=False),
    ),
    doubts=(),
)


MISPLACED = Doubt(
    None, "Text of a missing section may stand under another. Mend its heading, or add it."
)


def _read(folder: Path, *lines: str) -> ReadReport:
    (report,) = read_document(write_text(folder, *lines), [MUSEUM])
    return report


def _plain(report: ReadReport) -> dict[str, str]:
    return {answered.section.key: answered.text.plain for answered in report.sections}


def test_read_document_whole(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, *BODY)

    assert report == WHOLE
    assert report.is_complete


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ROOF / WALLS", "Roof / walls"),
        ("ROOF / WALLS", "roof/walls"),
        ("ROOF / WALLS", "ROOF / WALLS:"),
        ("ROOF / WALLS", "2. Roof / Walls"),
        ("ROOF / WALLS", "(b) Roof / walls:"),
        ("ROOF / WALLS", "  ROOF  /  WALLS  "),
        ("ROOF / WALLS", "ROOF / WALLS (inside and out)"),
        ("VISITORS (all sites)", "VISITORS"),
        ("VISITORS (all sites)", "Visitors (both sites)"),
        ("VISITORS (all sites)", "1) Visitors – all sites"),
        ("SERVICE AREA:", "SERVICE AREAS:"),
        ("SERVICE AREA:", "Service area(s) :"),
        ("SERVICE AREA:", "Team:"),
        ("REPORT AUTHOR:\t", "Report Author: "),
        ("REPORT AUTHOR:\t", "Author:"),
        ("REPORT AUTHOR:\t", "Report completed by: "),
        ("REPORT AUTHOR:", "REPORT AUTHOR"),
        ("REPORT AUTHOR:\t", "REPORT AUTHOR:\n"),
        ("REPORTING PERIOD:", "Reporting Period:"),
        ("REPORTING PERIOD:", "Period covered:"),
        ("6-19 th June 2020", "06/06/20 – 19/06/20"),
        ("\n", "\r\n"),
    ],
)
def test_read_document_in_another_spelling(old: str, new: str, tmp_path: Path) -> None:
    text = "\n".join((*HEAD, *BODY))
    assert old in text

    report = _read(tmp_path, text.replace(old, new))

    assert report == WHOLE


def test_read_document_with_all_fields_in_one_line(tmp_path: Path) -> None:
    fields = "SERVICE AREA: Museum of Examples  REPORT AUTHOR: Mx Sample\tREPORTING PERIOD: "

    assert _read(tmp_path, HEAD[0], f"{fields}6-19 June 2020", *BODY) == WHOLE


def test_read_document_keeps_text_exactly(tmp_path: Path) -> None:
    text = "  *Bold* claims\t \n\n\n- a list\n   - inside\n\x07<!channel> =cmd() \u202e!\n\u2028x  "

    report = _read(tmp_path, *HEAD, "ROOF / WALLS", "", text, "", "STAFF CHANGES", "x")

    assert report.sections[0] == AnsweredSection(ROOF, RichText.from_plain(text), nil=False)


def test_read_document_without_some_fields(tmp_path: Path) -> None:
    report = _read(tmp_path, HEAD[0], "REPORT AUTHOR:", "", *BODY)

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


def test_read_document_with_a_period_in_doubt(tmp_path: Path) -> None:
    head = [line.replace("6-19 th June 2020", "w/c 8th June 2020") for line in HEAD]

    report = _read(tmp_path, *head, *BODY)

    assert (report.starts_on, report.ends_on) == (date(2020, 6, 8), date(2020, 6, 14))
    assert [doubt.line for doubt in report.doubts] == [5]
    assert report.is_complete


def test_read_document_with_an_unreadable_period(tmp_path: Path) -> None:
    head = [line.replace("6-19 th June 2020", "6-19 June") for line in HEAD]

    report = _read(tmp_path, *head, *BODY)

    assert report.doubts == (Doubt(5, "“6-19 June”: no year is given."),)
    assert not report.is_complete


def test_read_document_with_a_field_given_twice(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD[:-1], "REPORT AUTHOR: Dr Other", "", *BODY)

    assert report == replace(
        WHOLE, doubts=(Doubt(6, "A second report author is left out: “Dr Other”."),)
    )


def test_read_document_with_an_unknown_field(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD[:-1], "VERSION:\t2", "", *BODY)

    assert report == replace(
        WHOLE, doubts=(Doubt(6, "This is no known field and is left out: “VERSION:\t2”."),)
    )


def test_read_document_with_a_missing_and_a_blank_section(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, *BODY[:6], "ROOF / WALLS", "", "  ", "")

    assert report == replace(
        WHOLE,
        sections=WHOLE.sections[:1],
        doubts=(
            Doubt(13, "The section “Roof / walls” is blank: no answer."),
            Doubt(None, "The section “Staff changes” is missing."),
        ),
    )


def test_read_document_with_an_unknown_heading(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, *BODY, "", "GIFT SHOP", "", "Sold out.")

    assert _plain(report)["staff"] == "One left.\n\nGIFT SHOP\n\nSold out."
    assert report.doubts == (
        Doubt(21, "Unknown heading “GIFT SHOP”; kept as text of “Staff changes”."),
    )


def test_read_document_with_an_unknown_heading_first(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, "GIFT SHOP", "", "Sold out.", "", *BODY)

    assert (
        _plain(report)["visitors"] == "GIFT SHOP\n\nSold out.\n\n\nForty came.\n\nTwo came twice."
    )
    kept = "This stands above all sections; kept as text of “Visitors”."
    assert report.doubts == (Doubt(7, kept), Doubt(9, kept))


def test_read_document_with_a_heading_in_other_words(tmp_path: Path) -> None:
    body = ["Who came and went" if line == "STAFF CHANGES" else line for line in BODY]

    report = _read(tmp_path, *HEAD, *body)

    assert _plain(report)["roof"] == "None\n\nWho came and went\n\nOne left."
    assert report.doubts == (
        Doubt(17, "“Who came and went” may be a heading; kept as text of “Roof / walls”."),
        Doubt(None, "The section “Staff changes” is missing."),
        MISPLACED,
    )
    assert not report.is_complete


@pytest.mark.parametrize("place", [6, 9, 15])
def test_read_document_with_an_unknown_heading_in_place_of_a_section(
    place: int, tmp_path: Path
) -> None:
    lines = [*HEAD, *BODY[:9]]
    lines[place:place] = ["GIFT SHOP", "", "Sold out.", ""]

    report = _read(tmp_path, *lines)

    assert report.doubts[-2:] == (
        Doubt(None, "The section “Staff changes” is missing."),
        MISPLACED,
    )
    assert not report.is_complete


def test_read_document_without_a_section(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, *BODY[:9])

    assert report.doubts == (Doubt(None, "The section “Staff changes” is missing."),)
    assert report.is_complete


def test_read_document_with_a_misspelt_heading(tmp_path: Path) -> None:
    body = ["STAF CHANGES" if line == "STAFF CHANGES" else line for line in BODY]

    report = _read(tmp_path, *HEAD, *body)

    assert report == replace(
        WHOLE, doubts=(Doubt(17, "“STAF CHANGES” is taken as the heading “Staff changes”."),)
    )


def test_read_document_with_misspelt_headings_right_above_their_text(tmp_path: Path) -> None:
    text = "\n".join(BODY).replace("\n\nROOF / WALLS\n", "\nROOF / WALS")
    text = text.replace("STAFF CHANGES\n", "Staf changes")

    report = _read(tmp_path, *HEAD, text)

    assert report == replace(
        WHOLE,
        doubts=(
            Doubt(12, "“ROOF / WALS” is taken as the heading “Roof / walls”."),
            Doubt(15, "“Staf changes” is taken as the heading “Staff changes”."),
        ),
    )


def test_read_document_with_text_on_the_headings_line(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, *BODY[:-3], "Staff changes: One left.")

    assert report == replace(
        WHOLE,
        doubts=(Doubt(17, "The beginning of this line is taken as the heading “Staff changes”."),),
    )


def test_read_document_with_a_heading_twice(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, *BODY, "", "VISITORS (all sites)", "", "A dog came.")

    assert _plain(report)["visitors"] == "Forty came.\n\nTwo came twice.\n\n\nA dog came."
    assert report.doubts == (Doubt(21, "“Visitors” is also in line 7: put together."),)


def test_read_document_with_headings_in_the_text(tmp_path: Path) -> None:
    extra = ("Staff changes", "Roof / walls: see the plan")
    report = _read(tmp_path, *HEAD, *BODY[:5], *extra, *BODY[5:])

    assert _plain(report)["visitors"] == "\n".join(("Forty came.\n\nTwo came twice.", *extra))
    assert report.doubts == (
        Doubt(12, "“Staff changes” has a clearer heading elsewhere; kept as text of “Visitors”."),
    )


def test_read_document_with_nil_where_it_is_not_allowed(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, "VISITORS (all sites)", "", "Nil", "", *BODY[6:])

    assert report.sections[0] == AnsweredSection(VISITORS, RichText.from_plain("Nil"), nil=False)
    assert [doubt.line for doubt in report.doubts] == [7]


def test_read_document_with_capitals_that_are_no_headings(tmp_path: Path) -> None:
    text = ("N/A", "NIL", "PPE", "WE WON!", "THE ROOF IS DRY.", "2020")

    assert _read(tmp_path, *HEAD, *BODY, *text).doubts == ()


def test_read_document_of_no_known_form(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, "GIFT SHOP", "", "Service: very good")

    assert report == replace(
        WHOLE,
        template=None,
        sections=(),
        doubts=(
            Doubt(7, "This stands under no known heading and is left out: “GIFT SHOP”."),
            Doubt(9, "This stands under no known heading and is left out: “Service: very good”."),
            Doubt(None, "No heading of any known template was found."),
        ),
    )
    assert not report.is_complete


def test_read_document_without_templates(tmp_path: Path) -> None:
    (report,) = read_document(write_text(tmp_path, *HEAD, *BODY), [])

    assert report.template is None


def test_read_document_with_two_reports(tmp_path: Path) -> None:
    other = [line.replace("Museum of Examples", "Gallery of Samples") for line in HEAD]

    reports = read_document(write_text(tmp_path, *HEAD, *BODY, "", *other, *BODY), [MUSEUM])

    assert reports == [WHOLE, replace(WHOLE, area="Gallery of Samples")]


def test_read_document_with_two_reports_without_titles(tmp_path: Path) -> None:
    lines = (*HEAD[2:], *BODY, *HEAD[2:], *BODY[:3], "REPORT CARDS")

    first, second = read_document(write_text(tmp_path, *lines), [MUSEUM])

    assert first == replace(WHOLE, title="")
    assert (second.title, second.area) == ("", "Museum of Examples")
    assert _plain(second) == {"visitors": "Forty came.\nREPORT CARDS"}
    assert second.doubts[0].line == 25


def test_read_document_with_a_field_name_in_the_text(tmp_path: Path) -> None:
    report = _read(tmp_path, *HEAD, *BODY, "Service area: we share one with the zoo.")

    assert _plain(report)["staff"] == "One left.\nService area: we share one with the zoo."


def test_read_document_chooses_the_template_by_its_headings(tmp_path: Path) -> None:
    older = Template("museum-report", "0", "Museum report", (VISITORS, ROOF))
    other = Template(
        "zoo-report", "1", "Zoo report", (STAFF, Section("apes", "APES", "Apes", "activity"))
    )
    path = write_text(tmp_path, *HEAD, *BODY)

    for templates in ([older, MUSEUM, other], [other, MUSEUM, older]):
        assert read_document(path, templates) == [WHOLE]


def test_read_document_takes_no_field_for_a_heading(tmp_path: Path) -> None:
    head = [line.replace("PERIOD:\t", "PERIOD:\n") for line in HEAD]
    path = write_text(tmp_path, *head, "STATUS SUMMARY", "On course.", "REQUESTS FOR CHANGE", "nil")

    (report,) = read_document(path, shipped_templates())

    assert _plain(report) == {"status-summary": "On course.", "requests-for-change": "nil"}
    assert report.starts_on == date(2020, 6, 6)


def test_read_document_prefers_the_template_that_misses_nothing(tmp_path: Path) -> None:
    older = Template("museum-report", "0", "Museum report", (VISITORS, ROOF))

    (report,) = read_document(write_text(tmp_path, *HEAD, *BODY[:9]), [older, MUSEUM])

    assert report == replace(WHOLE, template=older, sections=WHOLE.sections[:2])


def test_read_document_that_two_templates_fit(tmp_path: Path) -> None:
    newer = replace(MUSEUM, version="2")

    (report,) = read_document(write_text(tmp_path, *HEAD, *BODY), [MUSEUM, newer])

    assert report == replace(
        WHOLE,
        template=newer,
        doubts=(
            Doubt(None, "It could be “Museum report 2” or “Museum report 1”: taken as the first."),
        ),
    )


@pytest.mark.parametrize("template", shipped_templates(), ids=lambda t: " ".join(t.identity))
@pytest.mark.parametrize("spelling", ["heading", "label"])
def test_read_document_knows_every_shipped_template(
    template: Template, spelling: str, tmp_path: Path
) -> None:
    body = [
        text
        for section in template.sections
        for text in (getattr(section, spelling), "", f"News of {section.key}.", "")
    ]

    (report,) = read_document(write_text(tmp_path, *HEAD, *body), shipped_templates())

    assert report.template == template
    assert report.doubts == ()
    assert _plain(report) == {
        section.key: f"News of {section.key}." for section in template.sections
    }


PIECES = st.sampled_from(
    [*HEAD, *BODY, "", "staff changes", "STAF CHANGES", "GIFT SHOP", "Visitors: many", "Date: x",
     "Author: y", "SERVICE AREA:", "REPORTING PERIOD: soon", "REPORT", "nil", "\tx\t"]
)  # fmt: skip
NEWS = st.integers(0, 99).map(lambda number: f"The {number} geese are back")


@given(st.lists(PIECES | NEWS | NEWS.map(str.upper) | st.text(max_size=40), max_size=40))
@example(lines=["SERVICE AREA:", *["MUSEUM REPORT"] * 5, "The 0 geese are back", *HEAD[1:3]])
@example(lines=[*HEAD, *[""] * 5, "The 1 geese are back", *HEAD])
def test_read_document_loses_no_text_in_silence(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    text = "\n".join((*lines, *BODY)).replace("\0", "").encode("utf-8", "replace").decode()
    path = write_text(tmp_path_factory.getbasetemp(), text, name="random.txt")

    reports = read_document(path, [MUSEUM])

    told = " ".join(
        text
        for report in reports
        for text in (
            report.title,
            report.area,
            report.author,
            *(doubt.text for doubt in report.doubts),
            *_plain(report).values(),
        )
    )
    for line in lines:
        if "geese" in line.casefold():
            assert line in told


@given(st.binary(max_size=400), st.sampled_from([".txt", ".docx", ".doc", ".TXT", ""]))
def test_read_document_takes_or_refuses_any_file(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, kind: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"random{kind}"
    path.write_bytes(content)
    try:
        reports = read_document(path, [MUSEUM])
    except Refusal as refusal:
        sentence = str(refusal)
    else:
        sentence = reports[0].file_name
    assert sentence.startswith((path.name, "There is no file"))
    assert "\n" not in sentence
