import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.declaring.places import KeyPath, key_lines, line_of, written

DOCUMENT = '''\
# a remark with [brackets] and "quotes"
name = "a [text] # that is no remark"
list = [
  "one",  # ] neither the end
  "two",
]
long = """
fake = 1
[fake]
"""
literal = \'\'\'
[fake]\'\'\'
"quoted key" = 1
dotted . key = 2

[table] # the end
  indented = { inline = "}", other = [1, 2] }
nested = [
  ["a"],
  [1],
] # the end of it
last = 2026-11-09
[[areas]]
name = \'C:\\\'
[areas.more]
deep = 1
[[areas]]
name = "two"
[table.sub]
x = "\\"["
y = 1'''


def test_key_lines_of_everything_that_can_stand_in_a_document() -> None:
    tomllib.loads(DOCUMENT)
    assert key_lines(DOCUMENT) == {
        ("name",): 2,
        ("list",): 3,
        ("long",): 7,
        ("literal",): 11,
        ("quoted key",): 13,
        ("dotted", "key"): 14,
        ("table",): 16,
        ("table", "indented"): 17,
        ("table", "nested"): 18,
        ("table", "last"): 22,
        ("areas",): 23,
        ("areas", 0): 23,
        ("areas", 0, "name"): 24,
        ("areas", 0, "more"): 25,
        ("areas", 0, "more", "deep"): 26,
        ("areas", 1): 27,
        ("areas", 1, "name"): 28,
        ("table", "sub"): 29,
        ("table", "sub", "x"): 30,
        ("table", "sub", "y"): 31,
    }


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("areas", 1, "name"), 28),
        (("areas", 1, "lead"), 27),
        (("list", 1), 3),
        (("table", "indented", "inline"), 17),
        (("areas",), 23),
        (("channel",), None),
        ((), None),
    ],
)
def test_line_of_a_value_or_else_of_what_is_around_it(path: KeyPath, line: int | None) -> None:
    assert line_of(path, key_lines(DOCUMENT)) == line


def test_written_counts_places_in_lists_from_one() -> None:
    paths: list[KeyPath] = [("areas", 2, "deputies", 0), ("calendar", "every"), ()]
    assert [written(path) for path in paths] == ["areas[3].deputies[1]", "calendar.every", ""]


values = st.sampled_from(
    [
        '"a"',
        "'b'",
        "3",
        "[]",
        "[1,\n 2]",
        '"""\nx = [\n"""',
        "'''\n\"\n'''",
        '{ a = "]" }',
        '"\\\\"',
    ]
)
gaps = st.sampled_from(["", "\n", '# x = [ "\n', "  \n\n", "\t# '''\n"])


@settings(deadline=None)
@given(st.lists(st.tuples(gaps, values, st.booleans()), max_size=12))
def test_key_lines_finds_every_key_whatever_stands_between(
    statements: list[tuple[str, str, bool]],
) -> None:
    text, table = "", ""
    wanted: dict[KeyPath, int] = {}
    for number, (gap, value, begins_table) in enumerate(statements):
        text += gap
        if begins_table:
            table = f"table{number}"
            wanted[(table,)] = text.count("\n") + 1
            text += f"[{table}]\n"
        wanted[(*([table] if table else []), f"key{number}")] = text.count("\n") + 1
        text += f"key{number} = {value}\n"
    tomllib.loads(text)
    assert key_lines(text) == wanted
