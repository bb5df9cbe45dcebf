from pathlib import Path

import pytest

from highlightbot.core.errors import Problems
from highlightbot.settings import Settings, read_settings
from tests.bot.running import run


def problems(**environment: str) -> tuple[str, ...]:
    with pytest.raises(Problems) as raised:
        read_settings(environment)
    return raised.value.sentences


def test_settings_without_any_mean_the_playground() -> None:
    settings = read_settings({})
    assert settings == Settings(
        bot_token=None,
        app_token=None,
        signing_secret=None,
        slack_api_url="https://slack.com/api/",
        database_url="sqlite:///highlightbot.db",
        host="127.0.0.1",
        port=None,
        log_level="INFO",
    )
    assert not settings.has_slack


def test_settings_with_an_app_token_mean_socket_mode() -> None:
    settings = read_settings({"SLACK_BOT_TOKEN": " xoxb-1 ", "SLACK_APP_TOKEN": "xapp-1"})
    assert (settings.bot_token, settings.uses_socket_mode) == ("xoxb-1", True)


def test_settings_with_a_signing_secret_mean_http() -> None:
    settings = read_settings(
        {
            "SLACK_BOT_TOKEN": "xoxe.xoxb-1",
            "SLACK_SIGNING_SECRET": "s",
            "SLACK_API_URL": "https://slack-gov.com/api",
            "PORT": "8080",
        }
    )
    assert not settings.uses_socket_mode
    assert (settings.slack_api_url, settings.port) == ("https://slack-gov.com/api/", 8080)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xapp-1"}, "xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xoxb-1"}, "connections:write"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN is not"),
        ({"SLACK_BOT_TOKEN": "xoxb-1…", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN holds"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1 2"}, "SLACK_APP_TOKEN holds"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1\x00"}, "SLACK_APP_TOKEN holds"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "“s”"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "²"}, "PORT"),
        ({"LOG_LEVEL": "chatty"}, "LOG_LEVEL"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
        ({"PING_URL": "hc-ping.example.org/1"}, "PING_URL"),
        ({"PING_URL": "https://[ping"}, "PING_URL"),
        ({"PING_URL": "https://ping.example.org:x/1"}, "PING_URL"),
        ({"PING_URL": "https://ping.example.org/a b"}, "PING_URL"),
        ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN"),
        ({"METRICS_TOKEN": "sixteen é letters"}, "METRICS_TOKEN"),
    ],
)
def test_settings_that_are_wrong_are_told_in_one_sentence(
    environment: dict[str, str], words: str
) -> None:
    (sentence,) = problems(**environment)
    assert words in sentence


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_a_database_by_every_usual_name(scheme: str) -> None:
    url = f"{scheme}://bot:secret@db.example.org/reports"
    assert read_settings({"DATABASE_URL": url}).database_url == url


def test_settings_of_monitoring() -> None:
    settings = read_settings(
        {
            "LOG_FORMAT": "JSON",
            "PING_URL": "https://ping.example.org/1",
            "METRICS_TOKEN": "0123456789abcdef",
        }
    )
    assert (settings.log_format, settings.ping_url, settings.metrics_token) == (
        "json",
        "https://ping.example.org/1",
        "0123456789abcdef",
    )


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({"SLACK_APP_TOKEN": "xapp-1"}, True),
        ({"SLACK_SIGNING_SECRET": "s"}, False),
        ({"SLACK_SIGNING_SECRET": "s", "METRICS_TOKEN": "0123456789abcdef"}, True),
    ],
)
def test_metrics_of_a_port_that_everybody_reaches_need_a_token(
    environment: dict[str, str], shown: bool
) -> None:
    settings = read_settings({"SLACK_BOT_TOKEN": "xoxb-1", **environment})
    assert settings.shows_metrics is shown


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_env_file_that_is_not_utf8_is_told_in_one_sentence(encoding: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# Schlüssel\nPORT=many\n", encoding)
    ended = run("doctor", folder=tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        1,
        "",
        f"{tmp_path}/.env is not UTF-8 text: save it as UTF-8.\n",
    )
