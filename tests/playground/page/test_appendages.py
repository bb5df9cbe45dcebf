"""Files and reactions of messages as HTML."""

import re

from highlightbot.playground.page.appendages import files, reactions
from tests.playground.page.office import seen_by_asha

HOSTILE = "\"><script>alert(1)</script>'&"


def test_file_is_a_link_that_the_viewer_may_follow() -> None:
    html = files([{"id": "F1", "name": "a.pdf", "mimetype": "application/pdf", "size": 12_345}],
                 seen_by_asha())  # fmt: skip
    assert 'href="/files/F1/content?as=U0ASHA"' in html
    assert re.sub("<[^>]*>", "", html) == "📄 a.pdf 12 KB"
    assert "<img" not in html


def test_image_is_drawn_with_its_description() -> None:
    html = files([{"id": "F1", "name": "a.png", "mimetype": "image/png", "size": 1,
                   "alt_txt": "A chart"}], seen_by_asha())  # fmt: skip
    assert '<img src="/files/F1/content?as=U0ASHA" alt="A chart"' in html


def test_reactions_are_counted_and_say_who_gave_them() -> None:
    seen = seen_by_asha()
    html = reactions({"tada": ("U0BEN", "U0ASHA"), "no_such": ("U0BEN",)}, seen)
    assert html is not None
    assert re.findall(r'title="([^"]*)"', html) == [
        "tada, Ben Sample, Asha Example", "no such, Ben Sample",
    ]  # fmt: skip
    assert html.count('class="reaction mine"') == 1
    assert reactions({}, seen) is None


def test_hostile_names_stay_text() -> None:
    html = files([{"id": "F1", "name": HOSTILE, "title": HOSTILE, "size": 1,
                   "mimetype": "image/png", "alt_txt": HOSTILE}], seen_by_asha())  # fmt: skip
    assert "<script" not in html
    assert html.count("<") == html.count(">")
