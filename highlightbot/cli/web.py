"""What the bot serves on its port: Slack's events in HTTP mode, health, and metrics."""

from collections.abc import Callable

from starlette.applications import Starlette

from highlightbot.cli.serving import WebServer
from highlightbot.core.errors import Problems
from highlightbot.monitoring.readiness import Readiness
from highlightbot.monitoring.web import health_routes, metrics_route
from highlightbot.settings import Settings
from highlightbot.slack.http import events_route
from highlightbot.wiring import Bot, gauges, readiness_checks


class BotWeb:
    """Says from the start that the bot is starting; the rest is served once there is a bot."""

    def __init__(self, settings: Settings, port: int) -> None:
        """Problems where the port cannot be had."""
        self._settings = settings
        self._port = port
        self._readiness = Readiness({"bot": lambda: "it is starting"})
        self._app = Starlette(routes=health_routes(self._readiness))
        self._server = WebServer(self._app, settings.host, port)

    def start(self) -> None:
        """Begin to serve."""
        self._server.start()

    def open(self, bot: Bot, connections: Callable[[], int] | None) -> None:
        """Serve for the bot, which has so many Socket Mode connections, None in HTTP mode."""
        routes = self._app.router.routes
        if self._settings.shows_metrics:
            bot.metrics.read(gauges(bot, connections))
            routes.append(metrics_route(bot.metrics, self._settings.metrics_token))
        if not self._settings.uses_socket_mode and self._settings.signing_secret is not None:
            secret = self._settings.signing_secret
            routes.insert(0, events_route(bot.app, secret, bot.metrics.answered))
        self._readiness.checks = readiness_checks(bot, connections)

    def check(self) -> None:
        """Problems if the server has ended."""
        if not self._server.serves:
            raise Problems([f"The web server on port {self._port} ended: is the port taken?"])

    def stop(self) -> None:
        """Finish what is being answered and serve nothing more."""
        self._server.stop()
