"""Requests as Bolt gets them in HTTP mode."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt import BoltRequest

from highlightbot.slack.http import bolt_request

FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}
TEXTS = st.text() | st.text(alphabet='%25+&=2C"\\ {}é')


def assert_same_as_bolts(headers: dict[str, str], body: str) -> None:
    read = bolt_request(headers, body.encode())
    by_bolt = BoltRequest(body=body, headers=dict(headers))
    assert (read.body, read.raw_body, read.context) == (
        by_bolt.body,
        by_bolt.raw_body,
        by_bolt.context,
    )


@given(TEXTS)
def test_interaction_of_any_text(text: str) -> None:
    payload = {"type": "view_submission", "user": {"id": "U1"}, text: [text, {"text": text}]}
    for ascii_only in (True, False):
        written = json.dumps(payload, ensure_ascii=ascii_only)
        body = urlencode({"payload": written}, errors="surrogatepass")
        assert_same_as_bolts(FORM, body)
        assert_same_as_bolts(FORM, f"payload={quote(written, errors='surrogatepass').lower()}")


@given(TEXTS)
def test_command_of_any_text(text: str) -> None:
    assert_same_as_bolts(FORM, urlencode({"command": "/highlight", "text": text, "user_id": "U1"}))
    assert_same_as_bolts(FORM, urlencode({"payload": '{"a": 1}', "text": text}))


@given(TEXTS)
def test_event_of_any_text(text: str) -> None:
    event = {"type": "event_callback", "event": {"type": "message", "text": text}}
    assert_same_as_bolts(JSON, json.dumps(event))


@pytest.mark.parametrize("body", [b"\xff\xfe", b"payload={", b"{"])
def test_body_that_cannot_be_read(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"decode|Expecting"):
        bolt_request(FORM, body)
