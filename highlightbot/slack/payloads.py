"""What the body of one of Slack's requests says.

https://docs.slack.dev/interactivity/handling-user-interaction/#payloads
"""

import json
from binascii import a2b_qp
from typing import Any
from urllib.parse import parse_qsl

_INTERACTION = b"payload="


def payload_of(body: bytes) -> dict[str, Any]:
    """An event (JSON), an interaction (a form with JSON in it) or a command (a form).

    ValueError for what is none of them.
    """
    if body.startswith(b"{"):
        payload = json.loads(body.decode())
    elif body.startswith(_INTERACTION):
        payload = json.loads(_field(body.removeprefix(_INTERACTION)))
    else:
        payload = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
    if not isinstance(payload, dict):
        raise ValueError("the payload is no object")
    return payload


def _field(encoded: bytes) -> str:
    """The value of a form's first field.

    Percent escapes are decoded as those of quoted-printable, which differ in their sign and are
    read in C: `urllib.parse` takes longer for a view of 9 KB than the whole submission.
    """
    value, _, _ = encoded.partition(b"&")
    if b"=" in value:
        raise ValueError("the form is not encoded")
    return a2b_qp(value.replace(b"+", b" ").replace(b"%", b"=")).decode()
