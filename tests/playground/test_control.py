"""Faults ordered over HTTP."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.faults import Fault
from highlightbot.playground.server import Playground
from tests.playground.conftest import COORDINATION

NONE = {"seed": 0, "faults": []}


def control(
    playground: Playground, verb: str, body: bytes = b"", content_type: str = "application/json"
) -> tuple[int, dict[str, Any]]:
    address = urlsplit(playground.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    connection.request(verb, "/control/faults", body, {"Content-Type": content_type})
    answer = connection.getresponse()
    status, told = answer.status, json.loads(answer.read())
    connection.close()
    return status, told


def test_order_tell_and_end(playground: Playground, client: WebClient) -> None:
    assert control(playground, "GET") == (200, NONE)
    order = {
        "seed": 7,
        "faults": [{"kind": "server_error", "status": 503, "times": 1, "names": ["api.test"]}],
    }
    told = {
        "kind": "server_error",
        "accepted": False,
        "retry_after": 1,
        "seconds": 60.0,
        "status": 503,
        "share": 1.0,
        "times": 1,
        "names": ["api.test"],
        "struck": 0,
    }
    posted = control(playground, "POST", json.dumps(order).encode())
    assert posted == (200, {"seed": 7, "faults": [told]})
    client.chat_postMessage(channel=COORDINATION.id, text="not struck")
    with pytest.raises(SlackApiError) as refused:
        client.api_test()
    assert refused.value.response.status_code == 503
    assert control(playground, "GET")[1]["faults"] == [{**told, "struck": 1}]
    assert control(playground, "DELETE") == (200, NONE)
    client.api_test()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"{", "invalid_json"),
        (b'{"faults": [{"kind": "reset", "names": ["\\ud800"]}]}', "invalid_charset"),
        (b"[]", 'send an object with "faults", a list, and perhaps "seed"'),
        (b'{"fault": []}', 'send an object with "faults", a list, and perhaps "seed"'),
        (b'{"faults": {}}', '"faults" is a list of at most 100'),
        (b'{"faults": [], "seed": "x"}', '"seed" is a whole number'),
        (b'{"faults": [[]]}', "/faults/0 is an object"),
        (b'{"faults": [{}]}', "/faults/0 has no kind"),
        (b'{"faults": [{"kind": "reset"}, {"kind": "reset", "share": 2}]}',
         "/faults/1/share is a number from 0 to 1"),
        (b'{"faults": [{"kind": "reset", "share": NaN}]}', "invalid_json"),
        (b'{"faults": [{"kind": "reset", "seconds": -1}]}',
         "/faults/0/seconds is a number of seconds"),
        (b'{"faults": [{"kind": "reset", "times": 0}]}',
         "/faults/0/times is a number from 1 up, or null"),
        (b'{"faults": [{"kind": "reset", "times": true}]}',
         "/faults/0/times is a number from 1 up, or null"),
        (b'{"faults": [{"kind": "server_error", "status": 404}]}',
         "/faults/0/status is 500, 502, 503 or 504"),
        (b'{"faults": [{"kind": "reset", "accepted": 1}]}',
         "/faults/0/accepted is true or false"),
        (b'{"faults": [{"kind": "reset", "names": "chat.update"}]}',
         "/faults/0/names is a list of methods, event types, interaction types or commands"),
        (b'{"faults": [{"kind": "reset", "method": "x"}]}',
         "/faults/0/method is not one of kind, accepted, retry_after, seconds, status, share, "
         "times, names"),
        (b" " * 200_000, "that is too long"),
    ],
)  # fmt: skip
def test_an_order_that_cannot_be_read(playground: Playground, body: bytes, sentence: str) -> None:
    playground.slack.order_faults(Fault("reset"))
    assert control(playground, "POST", body) == (400, {"error": sentence})
    assert playground.slack.installation.ordered.faults == (Fault("reset"),)


def test_an_unknown_kind_names_those_there_are(playground: Playground) -> None:
    status, told = control(playground, "POST", b'{"faults": [{"kind": "flood"}]}')
    assert status == 400
    assert told["error"].startswith("/faults/0/kind is one of drop_socket, duplicate, hang")


def test_another_site_s_page_cannot_order_faults(playground: Playground) -> None:
    body = b'{"faults": [{"kind": "reset"}]}'
    status, _ = control(playground, "POST", body, "text/plain")
    assert (status, playground.slack.installation.ordered.faults) == (415, ())
