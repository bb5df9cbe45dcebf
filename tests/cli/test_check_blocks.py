import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from highlightbot.cli import main
from highlightbot.cli.check_blocks import BYTES_READ

Check = Callable[[bytes | str | list[Any] | dict[str, Any]], tuple[int, str, str]]
HEADER_PAGE = "https://docs.slack.dev/reference/block-kit/blocks/header-block"
LONG = [{"type": "header", "text": {"type": "plain_text", "text": "a" * 151}}]


@pytest.fixture
def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Check:
    """The command on a file with this content; gives status, output, errors."""
    monkeypatch.chdir(tmp_path)

    def command(content: bytes | str | list[Any] | dict[str, Any]) -> tuple[int, str, str]:
        if not isinstance(content, bytes | str):
            content = json.dumps(content)
        Path("sent.json").write_bytes(content.encode() if isinstance(content, str) else content)
        status = main(["check-blocks", "sent.json"], {})
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command


@pytest.mark.parametrize(
    "payload",
    [
        {"text": "Hello", "blocks": [{"type": "divider"}]},
        {
            "type": "modal",
            "title": {"type": "plain_text", "text": "Report"},
            "blocks": [{"type": "divider"}],
        },
        [{"type": "divider"}],
    ],
    ids=["message", "view", "blocks"],
)
def test_check_blocks_of_what_slack_takes_exits_with_0(check: Check, payload: Any) -> None:
    assert check(payload) == (0, "sent.json: Slack would take it.\n", "")


@pytest.mark.parametrize(
    ("payload", "pointer"),
    [
        (LONG, "/0/text/text"),
        ({"blocks": LONG}, "/blocks/0/text/text"),
        ({"type": "home", "blocks": LONG}, "/blocks/0/text/text"),
    ],
    ids=["blocks", "message", "view"],
)
def test_check_blocks_shows_each_fault_with_pointer_and_page(
    check: Check, payload: Any, pointer: str
) -> None:
    assert check(payload) == (
        1,
        "sent.json: Slack would refuse it, for 1 fault.\n"
        f"[ERROR] must be less than 151 characters [json-pointer:{pointer}]\n"
        f"        {HEADER_PAGE}\n",
        "",
    )


def test_check_blocks_counts_the_faults(check: Check) -> None:
    status, output, _ = check([{"type": "divider", "a": 1}, {"type": "divider", "b": 1}])

    assert status == 1
    assert output.startswith("sent.json: Slack would refuse it, for 2 faults.\n")
    assert output.count("[ERROR]") == 2


def test_check_blocks_reads_standard_input_for_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "Hello"}')))

    assert main(["check-blocks", "-"], {}) == 0
    assert capsys.readouterr().out == "standard input: Slack would take it.\n"


def test_check_blocks_is_not_stopped_by_wrong_settings(tmp_path: Path) -> None:
    (tmp_path / "blocks.json").write_text("[]")

    assert main(["check-blocks", str(tmp_path / "blocks.json")], {"PORT": "x"}) == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "sent.json is not JSON: Expecting value: line 1 column 1 (char 0)."),
        ('{"text": NaN}', "sent.json is not JSON: NaN is no number there."),
        ('["a"', "sent.json is not JSON: Expecting ',' delimiter: line 1 column 5 (char 4)."),
        (b"\x89PNG\r\n", "sent.json is not text in UTF-8."),
        ("[" * 200_000, "sent.json is nested too deeply to be a message or a view."),
        (" " * (BYTES_READ + 1), "sent.json is over 5 MB, and no message is so long."),
    ],
    ids=["empty", "not a number", "cut off", "binary", "deep", "huge"],
)
def test_check_blocks_of_what_is_no_json_says_so_in_one_sentence(
    check: Check, content: Any, sentence: str
) -> None:
    assert check(content) == (1, "", f"{sentence}\n")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("absent.json", "No such file or directory"), (".", "Is a directory")],
)
def test_check_blocks_of_what_is_no_file_says_so(
    name: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / name)

    assert main(["check-blocks", path], {}) == 1
    assert capsys.readouterr().err == f"{path} cannot be read: {reason}.\n"


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        ('"text"', "must provide an array"),
        ("3", "must provide an array"),
        ("null", "must provide an array"),
        ('{"type": "\\ud800"}', "unsupported type: \\ud800"),
        ('[{"type": "\\u001b[31m"}]', "unsupported type: \\x1b[31m"),
    ],
)
def test_check_blocks_judges_any_json(check: Check, payload: str, shown: str) -> None:
    status, output, _ = check(payload)

    assert status == 1
    assert f"[ERROR] {shown} [json-pointer:" in output
