"""What Slack's requests say, as it writes them and as others might."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from highlightbot.slack.payloads import payload_of


@given(st.dictionaries(st.text(), st.text()))
@example({"text": "100 % = all & more; a_b \\ \r\n\t \x00 é 🙂 =3D %3D +"})
def test_an_interaction_is_read_as_it_was_meant(payload: dict[str, str]) -> None:
    body = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}, errors="surrogatepass")
    assert payload_of(body.encode()) == payload


def test_an_event_is_json() -> None:
    assert payload_of(b'{"type": "event_callback"}') == {"type": "event_callback"}


def test_a_command_is_a_form_whatever_its_words_are() -> None:
    body = urlencode({"command": "/highlight", "text": "history of payload=x", "empty": ""})
    assert payload_of(body.encode()) == {
        "command": "/highlight",
        "text": "history of payload=x",
        "empty": "",
    }


def test_fields_after_the_payload_are_passed_over() -> None:
    assert payload_of(b"payload=%7B%22a%22%3A+1%7D&more=1") == {"a": 1}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{}{}",
        b"[1]",
        b"payload=",
        b"payload={",
        b"payload=[1]",
        b'payload={"a": "b=c"}',
        b"payload=%ff",
        b"\xff\xfe\x00",
        b"no form",
    ],
)
def test_a_body_that_is_neither_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - UnicodeDecodeError and JSONDecodeError are one
        payload_of(body)
