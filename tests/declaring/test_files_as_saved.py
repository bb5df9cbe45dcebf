"""Programme files as they come: no TOML, in other encodings, huge, missing, or anything at all."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.core.declarations import DeclaredProgramme
from highlightbot.core.errors import Problems
from highlightbot.declaring.programme_file import read_programme_file
from tests.declaring.programme_files import MINIMAL, calendar_of, find_form, problems, read, told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('name = "x"\nzone = Europe/London\n', "line 2: This cannot be read as TOML"),
        ('name = "x"\nname = "y"\n', "line 2: This cannot be read as TOML"),
        ("name = “x”\n", "line 1: This cannot be read as TOML"),
        ('name = "x"\ncoordinators = [\n', "line 3: This cannot be read as TOML"),
        ("anchor = 2026-02-30\n", "line 1: This cannot be read as TOML"),
        ("name\n", "line 1: This cannot be read as TOML"),
        (f"n = {'9' * 5000}\n", "line 2: This cannot be read as TOML"),
        (f"n = {'[' * 20_000}", "This has too many brackets inside of each other."),
    ],
)
def test_a_slip_in_toml_is_told_with_its_line(text: str, place: str, tmp_path: Path) -> None:
    (sentence,) = [each.removeprefix("programme.toml: ") for each in told(text, tmp_path)]
    assert sentence.removeprefix("programme.toml, ").startswith(place)


def test_a_slip_in_toml_shows_the_line_and_what_to_do(tmp_path: Path) -> None:
    (sentence,) = problems('name = "x"\nzone = Europe/London\n', tmp_path)
    assert sentence == (
        "line 2: This cannot be read as TOML (invalid value): zone = Europe/London\n"
        'Write texts between straight quotation marks ("…"), lists between brackets (["…", "…"]),'
        " and each key once. The rest of the file was not checked."
    )


def test_files_from_other_systems_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + MINIMAL.replace("\n", "\r\n")
    assert read(text, tmp_path) == read(MINIMAL, tmp_path)
    assert problems(text.replace("2 weeks", "soon"), tmp_path)[0].startswith("line 7, calendar")


def test_a_file_in_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    text = MINIMAL.replace("Libraries", "Bücherei").encode("latin-1")
    assert problems(text, tmp_path) == [
        "line 11: This is not in UTF-8: save the file as UTF-8 text."
    ]
    (sentence,) = told(MINIMAL.encode("utf-16"), tmp_path)
    assert "is not in UTF-8" in sentence


def test_a_file_that_cannot_be_opened_is_refused_with_a_sentence(tmp_path: Path) -> None:
    missing, folder = tmp_path / "none.toml", tmp_path / "folder.toml"
    folder.mkdir()
    found: list[str] = []
    for path in (missing, folder, missing.with_name("x" * 300)):
        with pytest.raises(Problems) as raised:
            read_programme_file(path, find_template=find_form, calendar_of=calendar_of)
        found += raised.value.sentences
    assert found == [
        f"{missing} is not there: check the name and the folder.",
        f"{folder} is a folder: name the programme's file in it.",
        f"{tmp_path / ('x' * 300)} cannot be read (File name too long): check who may.",
    ]


def test_a_huge_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (sentence,) = told("#" * 1_000_001, tmp_path)
    assert sentence == f"{tmp_path / 'programme.toml'} is over 1 MB: it is no programme's file."


odd_values = st.one_of(
    st.sampled_from(["0", "nan", "true", "[]", "{}", "[[]]", "[{}]", "{ a = 1 }", '["", 3]']),
    st.sampled_from(["2026-11-09", "12:00:00", "0001-01-01", "2026-11-09T09:00:00Z"]),
    st.sampled_from(
        ['""', '"x"', '"\\u0000"', '"999 months"', '"99 days after the end, at 12:00"']
    ),
)


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_a_file_with_odd_values_is_a_programme_or_has_problems(data: st.DataObject) -> None:
    text = ""
    for line in MINIMAL.splitlines():
        key, equals, value = line.partition(" = ")
        text += f"{key}{equals}{data.draw(st.just(value) | odd_values) if equals else ''}\n"
    with TemporaryDirectory() as folder:
        assert is_a_programme_or_has_problems(text, Path(folder))


@settings(deadline=None)
@given(st.text(max_size=100))
def test_any_text_at_all_has_problems(text: str) -> None:
    with TemporaryDirectory() as folder:
        assert told(text, Path(folder))


def is_a_programme_or_has_problems(text: str, folder: Path) -> bool:
    try:
        return isinstance(read(text, folder), DeclaredProgramme)
    except Problems as found:
        return bool(found.sentences)
