"""Delivery by signed HTTP to the app's request URL.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import http.client
import json
import secrets
import threading
import time
from collections.abc import Container, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

from highlightbot.playground.delivery import ACK_WITHIN, Ack, EnvelopeType, Retry
from highlightbot.playground.errors import ApiError
from highlightbot.playground.json_object import read_json_object

_MOST_BODY = 1_000_000
_OK = (200,)
_ANY_SUCCESS = range(200, 300)
"""For events alone. https://docs.slack.dev/apis/events-api#responding"""
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


class SignedHttp:
    """Posts payloads to one request URL, signed with the app's secret."""

    def __init__(
        self, request_url: str, signing_secret: str, ack_within: float = ACK_WITHIN
    ) -> None:
        self.request_url = request_url
        self._signing_secret = signing_secret
        self._ack_within = ack_within

    def verify(self, token: str) -> None:
        """Ask the URL for a challenge's value, as Slack does when one is entered.

        Raises ValueError if it does not answer with it.
        https://docs.slack.dev/reference/events/url_verification
        """
        challenge = secrets.token_urlsafe(32)
        body = {"token": token, "challenge": challenge, "type": "url_verification"}
        ack = self._post(json.dumps(body).encode(), _JSON)
        if (ack.body or {}).get("challenge") != challenge and (ack.body or {}).get(
            "text"
        ) != challenge:
            raise ValueError("Your URL didn't respond with the value of the challenge parameter.")

    def deliver(
        self, kind: EnvelopeType, payload: Mapping[str, Any], retry: Retry | None = None
    ) -> Ack:
        """Make one attempt; it ends within `ack_within` seconds."""
        if kind == "events_api":
            return self._post(json.dumps(payload).encode(), _JSON, retry, _ANY_SUCCESS)
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return self._post(urlencode(form).encode(), _FORM, retry)

    def _post(
        self,
        body: bytes,
        content_type: str,
        retry: Retry | None = None,
        accepted: Container[int] = _OK,
    ) -> Ack:
        # A socket's timeout bounds each read, not the whole answer: a thread of its own does.
        outcome: Future[Ack] = Future()

        def run() -> None:
            outcome.set_result(self._exchange(body, content_type, retry, accepted))

        threading.Thread(target=run, daemon=True, name="playground-request").start()
        try:
            return outcome.result(timeout=self._ack_within)
        except TimeoutError:
            return Ack("timeout")

    def _exchange(
        self, body: bytes, content_type: str, retry: Retry | None, accepted: Container[int]
    ) -> Ack:
        url = urlsplit(self.request_url)
        secure = url.scheme == "https"
        connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = connect(url.hostname or "", url.port, timeout=self._ack_within)
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        try:
            connection.request("POST", path, body, self._headers(body, content_type, retry))
            answer = connection.getresponse()
            received = answer.read(_MOST_BODY + 1)
        except TimeoutError:
            return Ack("timeout")
        except (OSError, http.client.HTTPException):
            return Ack("connection_failed")
        finally:
            connection.close()
        refused = answer.getheader("x-slack-no-retry") == "1"
        if answer.status not in accepted or len(received) > _MOST_BODY:
            return Ack("http_error", retry_refused=refused)
        return Ack(body=_body(received, answer.getheader("content-type", "")))

    def _headers(self, body: bytes, content_type: str, retry: Retry | None) -> dict[str, str]:
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._signing_secret, timestamp, body),
        }
        if retry is not None:
            headers["X-Slack-Retry-Num"] = str(retry.number)
            timed_out = retry.reason == "timeout"
            headers["X-Slack-Retry-Reason"] = "http_timeout" if timed_out else retry.reason
        return headers


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The `X-Slack-Signature` of a request body sent at `timestamp` (Unix seconds)."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _body(received: bytes, content_type: str) -> Mapping[str, Any] | None:
    """What was answered; what is no JSON object is a text, as the answer to a command may be."""
    if not received.strip():
        return None
    if content_type.startswith(_JSON):
        with suppress(ApiError):
            return read_json_object(received)
    return {"text": received.decode("utf-8", "replace")}
