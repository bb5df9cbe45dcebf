"""Rich text as HTML. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"""

from typing import Any

import pytest

from highlightbot.playground.page.rich_text import rich_text
from tests.playground.page.office import seen_by_asha


def text(words: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def bullets(*items: str, indent: int = 0, style: str = "bullet", **more: Any) -> dict[str, Any]:
    sections = [section(text(item)) for item in items]
    return {
        "type": "rich_text_list", "style": style, "indent": indent, "elements": sections, **more
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "html"),
    [
        ([section(text("a\n\n\nb"))], "<p>a\n\n\nb</p>"),
        ([section(text("a\n")), bullets("b")],
         '<p>a</p><ul class="level-0"><li>b</li></ul>'),
        ([section(text("x", bold=True, italic=True, strike=True), text("y", code=True))],
         "<p><strong><em><s>x</s></em></strong><code>y</code></p>"),
        ([bullets("a", "b"), bullets("c", indent=1), bullets("d")],
         '<ul class="level-0"><li>a</li><li>b<ul class="level-1"><li>c</li></ul></li></ul>'
         '<ul class="level-0"><li>d</li></ul>'),
        ([bullets("b", style="ordered", offset=2)],
         '<ol class="level-0" start="3"><li>b</li></ol>'),
        ([{"type": "rich_text_quote", "elements": [text("q\nr")]}],
         "<blockquote>q\nr</blockquote>"),
        ([{"type": "rich_text_preformatted", "elements": [text("<b>")]}],
         "<pre>&lt;b&gt;</pre>"),
        ([section({"type": "user", "user_id": "U0ASHA"}, {"type": "broadcast", "range": "here"})],
         '<p><span class="mention mine">@Asha Example</span>'
         '<span class="mention mine">@here</span></p>'),
        ([section({"type": "emoji", "name": "custom", "unicode": "1f44b-1f3fb"},
                  {"type": "emoji", "name": "custom"})],
         '<p><span class="emoji" role="img" aria-label="custom">👋🏻</span>:custom:</p>'),
        ([section({"type": "link", "url": "javascript:x", "text": "no"})], "<p>no</p>"),
        ([section({"type": "link", "url": "https://example.com"})],
         '<p><a href="https://example.com" target="_blank" rel="noopener noreferrer">'
         "https://example.com</a></p>"),
    ],
)  # fmt: skip
def test_rich_text(parts: list[dict[str, Any]], html: str) -> None:
    assert str(rich_text({"type": "rich_text", "elements": parts}, seen_by_asha())) == html
