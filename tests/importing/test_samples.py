"""The two real reports, where they are at hand, read exactly.

What they say is compared with the files' own lines and not written here.
"""

from datetime import date
from pathlib import Path

import pytest

from highlightbot.core.templates import TemplateVersion
from highlightbot.importing import ReadReport, read_document
from highlightbot.templates import shipped_templates

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not at hand")

APRIL, JUNE = "highlight-report-2020-04-24.txt", "highlight-report-2020-06-19.txt"


def _read(name: str) -> ReadReport:
    (report,) = read_document(SAMPLES / name, shipped_templates())
    return report


def _lines(name: str) -> list[str]:
    return (SAMPLES / name).read_bytes().decode("utf-8").split("\n")


def _texts(name: str, headings: list[str]) -> list[str]:
    """What stands under each of the headings, cut out of the file's bytes."""
    content = (SAMPLES / name).read_bytes().decode("utf-8")
    texts = []
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        start = content.index(f"\n{heading}\n") + len(heading) + 2
        end = content.index(f"\n{following}\n") if following else len(content)
        texts.append(content[start:end].strip("\n"))
    return texts


@pytest.mark.parametrize(
    ("name", "first_field", "version", "starts_on", "ends_on", "sections"),
    [
        (APRIL, 4, "2020-04", date(2020, 4, 10), date(2020, 4, 24), 6),
        (JUNE, 2, "2020-06", date(2020, 6, 6), date(2020, 6, 19), 7),
    ],
)
def test_sample_is_read_without_a_doubt(
    name: str, first_field: int, version: str, starts_on: date, ends_on: date, sections: int
) -> None:
    report, lines = _read(name), _lines(name)

    assert report.doubts == ()
    assert report.is_complete
    assert report.title == lines[first_field - 2]
    assert report.area == lines[first_field].removeprefix("SERVICE AREAS:").split("\t")[-1]
    assert report.author == lines[first_field + 1].split("\t")[1]
    assert (report.starts_on, report.ends_on) == (starts_on, ends_on)
    assert report.template
    assert report.template.identity == TemplateVersion("covid-highlight-report", version)
    assert len(report.sections) == sections


@pytest.mark.parametrize("name", [APRIL, JUNE])
def test_sample_texts_are_kept_exactly(name: str) -> None:
    report = _read(name)
    headings = [answered.section.heading for answered in report.sections]

    assert [answered.text.plain for answered in report.sections] == _texts(name, headings)


def test_sample_paragraphs_and_stars_are_kept() -> None:
    activity = _read(APRIL).sections[0].text.plain

    assert len(activity.split("\n\n")) == 8
    assert activity.count("*") == 2


@pytest.mark.parametrize(
    ("name", "nil"),
    [
        (APRIL, ["risks-challenges", "financial-impact"]),
        (JUNE, ["new-guidance-and-impact", "new-financial-implications", "workforce-changes"]),
    ],
)
def test_sample_nil_answers_are_known(name: str, nil: list[str]) -> None:
    assert [each.section.key for each in _read(name).sections if each.nil] == nil


def test_samples_are_of_one_area_and_author() -> None:
    april, june = _read(APRIL), _read(JUNE)

    assert (april.area, april.author) == (june.area, june.author)
