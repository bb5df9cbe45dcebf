"""The app installed in the workspace, and everything that stands between the two."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from highlightbot.playground.call_log import CallLog
from highlightbot.playground.delivery import ACK_WITHIN, RETRY_AFTER, Delivery, Transport
from highlightbot.playground.faults import Fault, Faults, OrderedFaults
from highlightbot.playground.files import Files
from highlightbot.playground.open_views import OpenViews
from highlightbot.playground.response_urls import ResponseUrls
from highlightbot.playground.scheduled import ScheduledMessages
from highlightbot.playground.signed_http import SignedHttp
from highlightbot.playground.socket_mode import SocketMode
from highlightbot.playground.triggers import TriggerIds
from highlightbot.playground.workspace import Workspace


class Installation:
    """One app in one workspace: its views, trigger ids, response URLs, deliveries and log.

    `base_url` is where the running playground can be reached, without a slash at its end;
    `faults` is asked before each Web API call is answered, `delivery_faults` before each delivery.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        stopwatch: Callable[[], float] = time.monotonic,
        retry_after: Sequence[float] = RETRY_AFTER,
        ack_within: float = ACK_WITHIN,
    ) -> None:
        self.workspace = workspace
        self.base_url = "http://127.0.0.1"
        self.log = CallLog(workspace.clock.now, on_add=workspace.changed)
        self.views = OpenViews(workspace)
        self.files = Files()
        self.scheduled = ScheduledMessages(workspace.clock)
        self.triggers = TriggerIds(stopwatch)
        self.response_urls = ResponseUrls(stopwatch)
        self.socket_mode = SocketMode(workspace.app.app_id, self.log, ack_within)
        self._ack_within = ack_within
        self._stopwatch = stopwatch
        self._signed_http: SignedHttp | None = None
        self.order_faults(())
        self.delivery = Delivery(
            self._transport,
            self.log,
            retry_after,
            faults=lambda name, payload: self.delivery_faults(name, payload),
            drop=self.socket_mode.drop,
        )

    def order_faults(self, faults: Sequence[Fault], seed: int = 0) -> None:
        """Let these faults happen from now on, and no others; without any, all goes well."""
        self.ordered = OrderedFaults(faults, seed, self._stopwatch)
        self.faults: Faults = self.ordered.of_call
        self.delivery_faults: Faults = self.ordered.of_delivery
        self.workspace.changed()

    @property
    def connected(self) -> bool:
        """Whether anything can be delivered: a socket is open, or a request URL set."""
        return self._signed_http is not None or self.socket_mode.connected > 0

    def stop(self) -> None:
        """Deliver, post and share nothing any more."""
        self.delivery.stop()
        self.scheduled.stop()
        self.files.stop()

    def use_request_url(self, request_url: str | None) -> None:
        """Deliver by signed HTTP to this URL; None goes back to Socket Mode.

        Raises ValueError if the URL does not pass Slack's url_verification.
        """
        if request_url is None:
            self._signed_http = None
            return
        app = self.workspace.app
        signed_http = SignedHttp(request_url, app.signing_secret, self._ack_within)
        signed_http.verify(app.verification_token)
        self._signed_http = signed_http

    def answerable(
        self,
        user_id: str,
        conversation_id: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> Mapping[str, Any]:
        """The `response_url` part of a payload, newly issued."""
        key = self.response_urls.issue(user_id, conversation_id, message_ts, thread_ts)
        return {"response_url": f"{self.base_url}/respond/{key}"}

    def _transport(self) -> Transport:
        return self._signed_http or self.socket_mode
