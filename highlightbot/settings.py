"""What the environment and ``.env`` say, read in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from highlightbot.core.errors import Problems

SLACK_API = "https://slack.com/api/"
DEFAULT_PORT = 3000
"""Of HTTP mode and of the playground."""

_TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
_DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_LOG_FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting. See ``.env.example`` for what each means.

    ``port`` is None where none is set. An ``app_token`` means Socket Mode, a
    ``signing_secret`` without one means HTTP.
    """

    bot_token: str | None
    app_token: str | None
    signing_secret: str | None
    slack_api_url: str
    database_url: str
    host: str
    port: int | None
    log_level: str
    log_format: str = "text"
    ping_url: str | None = None
    metrics_token: str | None = None

    @property
    def has_slack(self) -> bool:
        """Whether there is a workspace to work in; without one the playground is started."""
        return self.bot_token is not None

    @property
    def uses_socket_mode(self) -> bool:
        """Whether the bot calls Slack, rather than Slack the bot."""
        return self.app_token is not None

    @property
    def shows_metrics(self) -> bool:
        """Whether `/metrics` is served.

        In HTTP mode the port is one that Slack reaches, and with it everybody else: only for who
        has a token.
        """
        return self.uses_socket_mode or self.metrics_token is not None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings; raises Problems with a sentence for every one that is wrong."""
    values = {name: value.strip() for name, value in environment.items() if value.strip()}
    problems = [
        *_token_problems(values),
        *_address_problems(values),
        *_other_problems(values),
        *_monitoring_problems(values),
    ]
    if problems:
        raise Problems(problems)
    port = values.get("PORT")
    api_url = values.get("SLACK_API_URL", SLACK_API)
    return Settings(
        bot_token=values.get("SLACK_BOT_TOKEN"),
        app_token=values.get("SLACK_APP_TOKEN"),
        signing_secret=values.get("SLACK_SIGNING_SECRET"),
        slack_api_url=api_url if api_url.endswith("/") else f"{api_url}/",
        database_url=values.get("DATABASE_URL", "sqlite:///highlightbot.db"),
        host=values.get("HOST", "127.0.0.1"),
        port=int(port) if port else None,
        log_level=values.get("LOG_LEVEL", "INFO").upper(),
        log_format=values.get("LOG_FORMAT", "text").lower(),
        ping_url=values.get("PING_URL"),
        metrics_token=values.get("METRICS_TOKEN"),
    )


def _token_problems(values: Mapping[str, str]) -> list[str]:
    problems = [
        f"{name} holds a space or a sign that Slack puts into none: copy it anew, whole and without"
        " quotation marks or “…”."
        for name in _TOKENS
        if not _is_plain(values.get(name, ""))
    ]
    bot, app = values.get("SLACK_BOT_TOKEN"), values.get("SLACK_APP_TOKEN")
    secret = values.get("SLACK_SIGNING_SECRET")
    if bot and "xoxb-" not in bot[:10]:  # rotated tokens start with xoxe.xoxb-
        problems.append(
            "SLACK_BOT_TOKEN does not start with xoxb-: copy the “Bot User OAuth Token” from"
            " “OAuth & Permissions” of your Slack app."
        )
    if app and not app.startswith("xapp-"):
        problems.append(
            "SLACK_APP_TOKEN does not start with xapp-: make an app-level token with the scope"
            " connections:write under “Basic Information” of your Slack app."
        )
    if bot and not (app or secret):
        problems.append(
            "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (for Socket Mode) nor"
            " SLACK_SIGNING_SECRET (for HTTP) is: set one of them."
        )
    if (app or secret) and not bot:
        given = "SLACK_APP_TOKEN" if app else "SLACK_SIGNING_SECRET"
        problems.append(f"{given} is set, but SLACK_BOT_TOKEN is not: set both, or neither.")
    return problems


def _address_problems(values: Mapping[str, str]) -> list[str]:
    problems = []
    if not _is_web_address(values.get("SLACK_API_URL", SLACK_API)):
        problems.append(
            f"SLACK_API_URL is no web address: leave it out, or write for example {SLACK_API}"
        )
    if not values.get("DATABASE_URL", "sqlite:///").startswith(_DATABASES):
        problems.append(
            "DATABASE_URL names a database that is not supported: write for example"
            " sqlite:///highlightbot.db, or an absolute path as sqlite:////var/lib/highlightbot.db,"
            " or postgresql://user:password@host/database"
        )
    return problems


def _other_problems(values: Mapping[str, str]) -> list[str]:
    problems = []
    port = values.get("PORT", "1")
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        problems.append(f"PORT is “{port}”: it must be a number from 1 to 65535.")
    level = values.get("LOG_LEVEL", "INFO")
    if level.upper() not in _LEVELS:
        problems.append(f"LOG_LEVEL is “{level}”: it must be one of {', '.join(_LEVELS)}.")
    return problems


def _monitoring_problems(values: Mapping[str, str]) -> list[str]:
    problems = []
    log_format = values.get("LOG_FORMAT", "text")
    if log_format.lower() not in _LOG_FORMATS:
        problems.append(f"LOG_FORMAT is “{log_format}”: it must be text or json.")
    if not _is_web_address(values.get("PING_URL", SLACK_API)):
        problems.append(
            "PING_URL is no web address: copy the one that the service shows, which starts with"
            " https://."
        )
    token = values.get("METRICS_TOKEN", _LONG_ENOUGH)
    if len(token) < len(_LONG_ENOUGH) or not (token.isascii() and token.isprintable()):
        problems.append(
            f"METRICS_TOKEN is a password: it takes {len(_LONG_ENOUGH)} ASCII characters or more."
            " Make one with: openssl rand -hex 16"
        )
    return problems


_LONG_ENOUGH = "x" * 16


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        has_port = parts.port is None or parts.port > 0
    except ValueError:  # brackets that hold no IPv6 address, a port that is no number
        return False
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return _is_plain(text) and has_port and is_web


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text
