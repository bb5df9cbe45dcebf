import json

from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.core.rich_text import (
    Listing,
    Passage,
    Preformatted,
    Quotation,
    RichText,
    Span,
)

any_text = st.text(st.characters(codec=None), max_size=20)  # lone surrogates too
spans = st.lists(
    st.builds(
        Span,
        any_text,
        bold=st.booleans(),
        italic=st.booleans(),
        strike=st.booleans(),
        code=st.booleans(),
        link=st.none() | any_text,
    ),
    max_size=3,
).map(tuple)
blocks = st.one_of(
    st.builds(Passage, spans),
    st.builds(Quotation, spans),
    st.builds(Preformatted, spans),
    st.builds(
        Listing,
        st.lists(spans, max_size=3).map(tuple),
        ordered=st.booleans(),
        level=st.integers(0, 8),
    ),
)
answers = st.builds(RichText, st.lists(blocks, max_size=4).map(tuple))


@settings(deadline=None)
@given(answers)
def test_from_data_is_the_inverse_of_to_data(answer: RichText) -> None:
    stored = json.dumps(answer.to_data(), ensure_ascii=True)
    assert RichText.from_data(json.loads(stored)) == answer


def test_to_data_writes_only_the_styles_that_a_span_has() -> None:
    answer = RichText(
        (
            Passage((Span("See "), Span("this", bold=True, link="https://example.org/"))),
            Listing(((Span("one"),),), ordered=True, level=1),
        )
    )
    assert answer.to_data() == [
        {
            "kind": "passage",
            "spans": [
                {"text": "See "},
                {"text": "this", "bold": True, "link": "https://example.org/"},
            ],
        },
        {"kind": "listing", "ordered": True, "level": 1, "items": [[{"text": "one"}]]},
    ]


def test_a_list_keeps_the_number_that_it_starts_with() -> None:
    answer = RichText((Listing(((Span("three"),), (Span("four"),)), ordered=True, start=3),))
    assert RichText.from_data(answer.to_data()) == answer
    assert answer.plain == "3. three\n4. four"


@settings(deadline=None)
@given(any_text)
def test_plain_text_is_kept_exactly(text: str) -> None:
    assert RichText.from_plain(text).plain == text


def test_plain_of_every_kind_of_block() -> None:
    answer = RichText(
        (
            Passage((Span("Two "), Span("words", italic=True), Span("\n\nand a paragraph"))),
            Listing(((Span("first"),), (Span("second"),)), ordered=True),
            Listing(((Span("inner"),),), level=1),
            Quotation((Span("they said\nso"),)),
            Preformatted((Span("a  b"),)),
        )
    )
    assert answer.plain == (
        "Two words\n\nand a paragraph\n1. first\n2. second\n  • inner\n> they said\n> so\na  b"
    )


def test_is_blank_only_without_a_visible_character() -> None:
    blank = [
        RichText(),
        RichText.from_plain(" \n\t\u00a0"),
        RichText((Passage(()), Listing(((Span(" "),), ())), Quotation((Span(""),)))),
    ]
    said = [RichText.from_plain("0"), RichText((Listing(((Span(" "),), (Span("x"),))),))]
    assert [answer.is_blank for answer in (*blank, *said)] == [True, True, True, False, False]
