"""Message text as HTML. https://docs.slack.dev/messaging/formatting-message-text"""

import pytest

from highlightbot.playground.page.mrkdwn import mrkdwn, plain
from tests.playground.page.office import seen_by_asha


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("plain & simple", "plain &amp; simple"),
        ("a\n\n\n b", "a\n\n\n b"),
        ("*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <s>gone</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("* not bold *", "* not bold *"),
        ("`*code*`", "<code>*code*</code>"),
        ("```\na\n *b*\n```", "<pre>a\n *b*</pre>"),
        ("&gt; quoted\n&gt; twice\nafter", "<blockquote>quoted\ntwice</blockquote>after"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (":tada: :unknown:",
         '<span class="emoji" role="img" aria-label="tada">🎉</span> :unknown:'),
        ("<@U0ASHA>", '<span class="mention mine">@Asha Example</span>'),
        ("<@U0BEN|x>", '<span class="mention">@Ben Sample</span>'),
        ("<@U0HIGHLIGHT>", '<span class="mention">@highlightbot</span>'),
        ("<@U0NOBODY>", '<span class="mention">@U0NOBODY</span>'),
        ("<!channel>", '<span class="mention mine">@channel</span>'),
        ("<!subteam^S1|@team>", '<span class="mention">@team</span>'),
        ("<#C0TEA>", '<a href="/?as=U0ASHA&amp;in=C0TEA" class="mention">#tea</a>'),
        ("<#C0ELSE|else>", '<span class="mention">#else</span>'),
        ("<https://example.com?a=1&amp;b=2|the *site*>",
         '<a href="https://example.com?a=1&amp;b=2" target="_blank"'
         ' rel="noopener noreferrer">the *site*</a>'),
        ("see https://example.com.",
         'see <a href="https://example.com" target="_blank"'
         ' rel="noopener noreferrer">https://example.com</a>.'),
        ("<javascript:alert(1)|click>", "click"),
        ("<!date^1592910000^{date_short} {time}|then>",
         '<span title="then">Jun 23, 2020 12:00</span>'),
        ("<!date^soon^{date}|then>", "then"),
        ('<https://example.com/"onclick=x|y>',
         '<a href="https://example.com/&#34;onclick=x" target="_blank"'
         ' rel="noopener noreferrer">y</a>'),
        ("مرحبا *عالم*", "مرحبا <strong>عالم</strong>"),
    ],
)  # fmt: skip
def test_mrkdwn(text: str, html: str) -> None:
    assert str(mrkdwn(text, seen_by_asha())) == html


def test_plain_text_parses_nothing_but_emoji_names() -> None:
    assert str(plain("*a* <@U0ASHA> :fire:")) == (
        '*a* &lt;@U0ASHA&gt; <span class="emoji" role="img" aria-label="fire">🔥</span>'
    )


def test_mrkdwn_marks_that_nothing_closes_stay_as_typed() -> None:
    text = "*a _b ~c :e " * 2_000
    assert str(mrkdwn(text, seen_by_asha())) == text
