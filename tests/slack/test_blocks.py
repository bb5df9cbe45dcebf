from highlightbot.core.rich_text import Listing, Passage, Preformatted, Quotation, RichText, Span
from highlightbot.slack.blocks import (
    buttons,
    context,
    header,
    nothing_button,
    section,
    weigh,
    write_button,
)
from highlightbot.slack.rich_text import to_slack
from tests.slack.shown import characters

SPANS = (Span("Opened "), Span("today 📚", bold=True, link="https://example.org/opened"))


def test_weigh_counts_all_text_and_addresses_once() -> None:
    texts = (Passage(SPANS), Quotation(SPANS), Preformatted(SPANS), Listing((SPANS, SPANS)))
    blocks = [
        header("Libraries"),
        context("edition 1"),
        section("A section", write_button(1, "Libraries")),
        buttons(nothing_button(1, "Libraries")),
        to_slack(RichText(texts)),
        to_slack(RichText(texts), quoted=True),
    ]
    assert weigh(blocks) == characters([block.to_dict() for block in blocks]) > 500
