"""What is typed into the message box."""

import pytest

from highlightbot.playground.page.composing import as_command, as_message
from tests.playground.page.office import seen_by_asha


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a & <b>", "a &amp; &lt;b&gt;"),
        ("@highlightbot latest", "<@U0HIGHLIGHT> latest"),
        ("@Highlightbot, please", "<@U0HIGHLIGHT>, please"),
        ("@Asha Example and @ben", "<@U0ASHA> and <@U0BEN>"),
        ("@bench ben@ben.example", "@bench ben@ben.example"),
        ("@here see #tea or #nowhere", "<!here> see <#C0TEA|tea> or #nowhere"),
        ("<!channel> <@U0BEN>", "&lt;!channel&gt; &lt;@U0BEN&gt;"),
        ("  two\n\nlines ", "  two\n\nlines "),
    ],
)
def test_as_message(typed: str, sent: str) -> None:
    assert as_message(typed, seen_by_asha()) == sent


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/report", ("/report", "")),
        ("/report  latest from\nHousing ", ("/report", "latest from\nHousing")),
        ("not /report", None),
        ("/", None),
    ],
)
def test_as_command(typed: str, command: tuple[str, str] | None) -> None:
    assert as_command(typed) == command
