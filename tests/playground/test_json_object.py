"""JSON that came from outside is what can be shown and sent on, or refused in Slack's words."""

import pytest

from highlightbot.playground.errors import ApiError
from highlightbot.playground.json_object import read_json, read_json_object


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"a": 1e999}', "invalid_json"),
        ('{"a": NaN}', "invalid_json"),
        ("[" * 100_000, "invalid_json"),
        ('["\\ud800"]', "invalid_charset"),
        (b'["\xed\xa0\x80"]', "invalid_charset"),
        (b'"\xff"', "invalid_charset"),
    ],
)
def test_json_that_could_not_be_sent_on_is_refused(text: bytes | str, error: str) -> None:
    with pytest.raises(ApiError, match=error):
        read_json(text)


def test_pairs_of_surrogates_and_large_numbers_are_read() -> None:
    read = read_json_object(b'{"a": "\\ud83c\\udf89", "b": 1e300}')
    assert read == {"a": "\N{PARTY POPPER}", "b": 1e300}
