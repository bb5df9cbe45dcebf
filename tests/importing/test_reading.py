"""Documents become reports, and what is not certain becomes a doubt."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from highlightbot.core.errors import Refusal
from highlightbot.core.reports import AnsweredSection
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Section, Template
from highlightbot.importing import Doubt, read_document
from highlightbot.templates import shipped_templates
from tests.importing.documents import BODY, HEAD, write_text
from tests.importing.forms import MUSEUM, ROOF, STAFF, VISITORS
from tests.importing.reports import WHOLE, plain, read


def test_read_document_whole(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, *BODY)

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

    report = read(tmp_path, text.replace(old, new))

    assert report == WHOLE


def test_read_document_keeps_text_exactly(tmp_path: Path) -> None:
    text = "  *Bold* claims\t \n\n\n- a list\n   - inside\n\x07<!channel> =cmd() \u202e!\n\u2028x  "

    report = read(tmp_path, *HEAD, "ROOF / WALLS", "", text, "", "STAFF CHANGES", "x")

    assert report.sections[0] == AnsweredSection(ROOF, RichText.from_plain(text), nil=False)


def test_read_document_of_no_known_form(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, "GIFT SHOP", "", "Service: very good")

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
    assert plain(second) == {"visitors": "Forty came.\nREPORT CARDS"}
    assert second.doubts[0].line == 25


def test_read_document_chooses_the_template_by_its_headings(tmp_path: Path) -> None:
    older = Template("museum-report", "0", "Museum report", (VISITORS, ROOF))
    other = Template(
        "zoo-report", "1", "Zoo report", (STAFF, Section("apes", "APES", "Apes", "activity"))
    )
    path = write_text(tmp_path, *HEAD, *BODY)

    for templates in ([older, MUSEUM, other], [other, MUSEUM, older]):
        assert read_document(path, templates) == [WHOLE]


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
    assert plain(report) == {
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
            *plain(report).values(),
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
