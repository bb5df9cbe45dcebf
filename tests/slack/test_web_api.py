import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from highlightbot.core.errors import (
    ChannelLost,
    DeliveryFailure,
    MessageGone,
    NotDelivered,
    OutcomeUnknown,
    RateLimited,
    SenderRefused,
    Undeliverable,
)
from highlightbot.slack.web_api import call, retry_after, sending_client

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        (" 30 ", 30),
        ("2.5", 2.5),
        ("0", 1),
        ("-5", 1),
        ("", 1),
        ("soon", 1),
        ("nan", 1),
        ("inf", 3600),
        ("99999999999", 3600),
        ("Fri, 20 Nov 2026 09:02:00 GMT", 120),
        ("Fri, 20 Nov 2026 11:02:00 +0200", 120),
        ("Fri, 20 Nov 2026 09:02:00 -0000", 120),
        ("Fri, 20 Nov 2026 08:00:00 GMT", 1),
        ("Sat, 20 Nov 2027 09:00:00 GMT", 3600),
    ],
)
def test_retry_after_is_read_as_seconds_or_date_within_bounds(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


def answered(status: int, headers: Mapping[str, str], **data: object) -> SlackApiError:
    response = SlackResponse(
        client=WebClient(),
        http_verb="POST",
        api_url="http://127.0.0.1/api/chat.postMessage",
        req_args={},
        data=dict(data),
        headers=dict(headers),
        status_code=status,
    )
    return SlackApiError("refused", response)


def failure_of(error: Exception) -> DeliveryFailure:
    def request() -> None:
        raise error

    with pytest.raises(DeliveryFailure) as raised:
        call(request)
    return raised.value


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("user_not_found", Undeliverable),
        ("message_not_found", MessageGone),
        ("token_revoked", SenderRefused),
        ("invalid_auth", SenderRefused),
        ("account_inactive", SenderRefused),
        ("is_archived", ChannelLost),
        ("not_in_channel", ChannelLost),
        ("channel_not_found", ChannelLost),
        ("restricted_action", NotDelivered),
        ("internal_error", OutcomeUnknown),
    ],
)
def test_an_error_code_tells_what_may_have_arrived(code: str, kind: type[DeliveryFailure]) -> None:
    failure = failure_of(answered(200, {}, ok=False, error=code))
    assert (type(failure), failure.code) == (kind, "" if kind is OutcomeUnknown else code)


def test_a_rate_limit_tells_how_long_it_lasts() -> None:
    failure = failure_of(answered(429, {"Retry-After": "12"}, ok=False, error="ratelimited"))
    assert isinstance(failure, RateLimited)
    assert failure.retry_after == 12


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (URLError(ConnectionRefusedError()), NotDelivered),
        (URLError(socket.gaierror()), NotDelivered),
        (URLError(TimeoutError()), OutcomeUnknown),
        (TimeoutError(), OutcomeUnknown),
        (http.client.RemoteDisconnected(), OutcomeUnknown),
        (answered(503, {}, ok=False, error="service_unavailable"), OutcomeUnknown),
    ],
)
def test_no_answer_leaves_the_outcome_unknown_once_the_request_may_have_left(
    error: Exception, kind: type[DeliveryFailure]
) -> None:
    assert type(failure_of(error)) is kind


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    """The address of something that answers so whatever it is asked, with HTTP 200."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    "body", [b"[]", b"[1]", b"null", b'"ok"', b"0", b"{}", b"<html>", b'{"ok": "\xff"}']
)
def test_what_is_no_answer_of_slacks_leaves_the_outcome_unknown(body: bytes) -> None:
    with answering(body) as url, pytest.raises(OutcomeUnknown):
        call(sending_client("xoxb-1", url).auth_test)
