"""The markdown block. https://docs.slack.dev/reference/block-kit/blocks/markdown-block"""

import pytest

from highlightbot.playground.page.markdown import markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Title\ntext", '<p class="heading"><strong>Title</strong></p><p>text</p>'),
        ("**a** *b* ~~c~~ `d`",
         "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>"),
        ("one\n\ntwo\nthree", "<p>one</p><p>two\nthree</p>"),
        ("- a\n  - b\n- [x] c",
         '<ul><li>a</li><li class="in-1">b</li><li>☑ c</li></ul>'),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> a\n> b", "<blockquote>a\nb</blockquote>"),
        ("---", "<hr>"),
        ("```python\n**x**\n```", "<pre>**x**</pre>"),
        ("| a | b |\n|---|---|\n| 1 | **2** |",
         '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
         "<tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table>"),
        ("[x](https://example.com) [y](javascript:z)",
         '<p><a href="https://example.com" target="_blank" rel="noopener noreferrer">x</a> y</p>'),
        ("<img src=x onerror=y>", "<p>&lt;img src=x onerror=y&gt;</p>"),
    ],
)  # fmt: skip
def test_markdown(text: str, html: str) -> None:
    assert str(markdown(text)) == html
