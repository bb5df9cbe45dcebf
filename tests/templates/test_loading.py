"""Reading template files, and finding templates by name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from highlightbot.core.errors import Problems
from highlightbot.core.templates import Section, Template, TemplateVersion
from highlightbot.templates import find_template, read_template, shipped_templates
from highlightbot.templates.loading import age_of

GOOD = """
key = "museum-report"
version = "3"
title = "Museum report"

[[sections]]
key = "visitors"
heading = "VISITORS (all sites)"
label = "Visitors"
theme = "activity"
guidance = "How many came?"
nil_allowed = false

[[sections]]
key = "roof"
heading = "ROOF"
label = "Roof"
theme = "challenges"
"""


def _problems(text: str) -> tuple[str, ...]:
    with pytest.raises(Problems) as raised:
        read_template(text, "museum.toml")
    return raised.value.sentences


def test_read_template_whole() -> None:
    assert read_template(GOOD, "museum.toml") == Template(
        "museum-report",
        "3",
        "Museum report",
        (
            Section(
                "visitors", "VISITORS (all sites)", "Visitors", "activity", "How many came?", False
            ),
            Section("roof", "ROOF", "Roof", "challenges"),
        ),
    )


def test_read_template_tells_every_problem_with_its_place() -> None:
    text = """
keys = "museum-report"
version = 3
title = ""

[[sections]]
key = "Visitors!"
heading = "VISITORS"
label = "Visitors"
theme = "activity"
nil_alowed = true

[[sections]]
key = "roof"
heading = "visitors"
label = "Visitors"
guidance = ["drips"]
nil_allowed = "no"
"""
    assert _problems(text) == (
        'museum.toml: keys: there is no such key; write "key".',
        "museum.toml: key: this is missing.",
        'museum.toml: version: this must be text in quotation marks, like version = "…".',
        "museum.toml: title: this is empty.",
        'museum.toml, section 1: nil_alowed: there is no such key; write "nil_allowed".',
        'museum.toml, section 1: key: "Visitors!" may only hold small letters, digits and hyphens.',
        "museum.toml, section 2: theme: this is missing.",
        "museum.toml, section 2: guidance: this must be text in quotation marks,"
        ' like guidance = "…".',
        "museum.toml, section 2: nil_allowed: write true or false, without quotation marks.",
        'museum.toml, section 2: heading: "visitors" is also that of section 1.',
        'museum.toml, section 2: label: "Visitors" is also that of section 1.',
    )


def test_read_template_that_is_not_toml() -> None:
    (sentence,) = _problems('key = "a"\nversion = \n')

    assert sentence.startswith("museum.toml: this is not valid TOML: ")
    assert "line 2" in sentence


def test_read_template_without_sections() -> None:
    assert _problems('key = "a"\nversion = "1"\ntitle = "A"') == (
        "museum.toml: sections: there are none; begin each with a line [[sections]].",
    )


@pytest.mark.parametrize("sections", ["sections = 3", "[sections]\nkey = 'a'"])
def test_read_template_with_sections_that_are_no_list(sections: str) -> None:
    assert _problems(f'key = "a"\nversion = "1"\ntitle = "A"\n{sections}') == (
        "museum.toml: sections: begin each section with a line [[sections]].",
    )


def test_read_template_with_a_section_that_is_no_table() -> None:
    text = 'key = "a"\nversion = "1"\ntitle = "A"\nsections = [1]'

    assert _problems(text)[0] == (
        "museum.toml, section 1: this must be a table of keys and values."
    )


@pytest.mark.parametrize(("count", "fits"), [(20, True), (21, False)])
def test_read_template_takes_twenty_sections(count: int, fits: bool) -> None:
    text = 'key = "a"\nversion = "1"\ntitle = "A"\n' + "".join(
        f'[[sections]]\nkey = "k{n}"\nheading = "H{n}"\nlabel = "L{n}"\ntheme = "t"\n'
        for n in range(count)
    )
    if fits:
        assert len(read_template(text, "museum.toml").sections) == count
    else:
        assert _problems(text) == ("museum.toml: sections: there are 21; at most 20 are possible.",)


@pytest.mark.parametrize(("length", "fits"), [(75, True), (76, False)])
def test_read_template_takes_labels_of_75_characters(length: int, fits: bool) -> None:
    text = GOOD.replace('"Roof"', f'"{"r" * length}"')
    if fits:
        assert read_template(text, "museum.toml").section("roof").label == "r" * length
    else:
        assert _problems(text) == ("museum.toml, section 2: label: 76 characters; at most 75 fit.",)


def test_read_template_with_a_heading_of_two_lines() -> None:
    assert _problems(GOOD.replace('"ROOF"', '"ROOF\\nAND WALLS"')) == (
        "museum.toml, section 2: heading: this must be one line.",
    )


def test_read_template_nested_without_end() -> None:
    assert _problems(f"key = {'[' * 50_000}") == (
        "museum.toml: this is nested too deeply to be a template.",
    )


@given(st.text(max_size=80))
def test_read_template_takes_any_title_or_tells_a_problem(title: str) -> None:
    escaped = "".join(f"\\U{ord(c):08x}" for c in title if not 0xD800 <= ord(c) <= 0xDFFF)
    one_line = title.isprintable()
    text = GOOD.replace("Museum report", escaped)

    if one_line and title.strip():
        assert read_template(text, "museum.toml").title == title.strip()
    elif not title.strip():
        assert _problems(text) == ("museum.toml: title: this is empty.",)


@pytest.mark.parametrize(
    ("reference", "identity"),
    [
        ("highlight-report", ("highlight-report", "1")),
        ("covid-highlight-report", ("covid-highlight-report", "2020-06")),
        ("covid-highlight-report 2020-04", ("covid-highlight-report", "2020-04")),
        (" covid-highlight-report  2020-06 ", ("covid-highlight-report", "2020-06")),
    ],
)
def test_find_template_by_name(reference: str, identity: tuple[str, str], tmp_path: Path) -> None:
    assert find_template(reference, tmp_path).identity == TemplateVersion(*identity)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_find_template_by_path(mark: str, tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "museum.toml").write_text(mark + GOOD, encoding="utf-8")

    found = find_template("forms/museum.toml", tmp_path)

    assert found == read_template(GOOD, "museum.toml")


def test_find_template_by_absolute_path(tmp_path: Path) -> None:
    path = tmp_path / "museum.TOML"
    path.write_text(GOOD)

    assert find_template(str(path), Path("elsewhere")).key == "museum-report"


def test_find_template_of_an_unknown_name_tells_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Problems, match=r'no template "prince2".*"prince2-highlight-report 1"'):
        find_template("prince2", tmp_path)


def test_find_template_of_an_unknown_name_tells_every_one_that_ships(tmp_path: Path) -> None:
    with pytest.raises(Problems) as raised:
        find_template("highlight report", tmp_path)
    (sentence,) = raised.value.sentences
    shipped = [f"{template.key} {template.version}" for template in shipped_templates()]
    assert [name for name in shipped if f'"{name}"' not in sentence] == []


def test_find_template_of_an_unknown_version_tells_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Problems, match=r'"covid-highlight-report 2020-04"'):
        find_template("covid-highlight-report 2020-05", tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no such template file"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"#" * 300_000, "over 256 KB"),
    ],
)
def test_find_template_in_a_bad_file(content: bytes | None, reason: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "bad.toml").write_bytes(content)

    with pytest.raises(Problems, match=reason):
        find_template("bad.toml", tmp_path)


def test_find_template_at_a_folder_or_an_impossible_name(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()

    with pytest.raises(Problems, match="cannot be read"):
        find_template("folder.toml", tmp_path)
    with pytest.raises(Problems, match="no file can have this name"):
        find_template("a\0b.toml", tmp_path)


def test_versions_are_in_the_order_that_people_count_in() -> None:
    versions = ["10", "2021-01", "1.10", "2", "2020-12", "1", "2020-06", "1.1", "2020-04"]

    assert sorted(versions, key=age_of) == [
        "1", "1.1", "1.10", "2", "10", "2020-04", "2020-06", "2020-12", "2021-01"
    ]  # fmt: skip
