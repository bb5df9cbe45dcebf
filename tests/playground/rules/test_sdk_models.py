"""What slack_sdk's models build within Slack's limits must pass."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models import blocks as sdk
from slack_sdk.models.views import View

from highlightbot.playground.rules import check_message, check_payload, check_view
from tests.playground.rules.samples import BLOCKS, ELEMENTS, SURFACES, hosted

NEVER_SENT = {"file"}


def types_below(model: type[Any]) -> Iterator[str]:
    for subclass in model.__subclasses__():
        if isinstance(getattr(subclass, "type", None), str):
            yield subclass.type
        yield from types_below(subclass)


@pytest.mark.parametrize("kind", sorted(set(types_below(sdk.Block)) - NEVER_SENT))
def test_every_block_of_the_sdk_is_taken_by_some_surface(kind: str) -> None:
    block = sdk.Block.parse(BLOCKS[kind])
    assert block is not None

    assert any(check_payload(surface(block.to_dict())) == [] for surface in SURFACES.values())


@pytest.mark.parametrize(
    "kind",
    sorted(
        {*types_below(sdk.InteractiveElement), sdk.ImageElement.type, sdk.UrlSourceElement.type}
    ),
)
def test_every_element_of_the_sdk_is_taken_by_some_surface(kind: str) -> None:
    element = sdk.BlockElement.parse(ELEMENTS[kind])
    assert element is not None

    block = hosted(element.to_dict())

    assert any(check_payload(surface(block)) == [] for surface in SURFACES.values())


@pytest.mark.parametrize(
    "part",
    [
        sdk.RichTextElementParts.Text(
            text="a", style=sdk.RichTextElementParts.TextStyle(bold=True)
        ),
        sdk.RichTextElementParts.Channel(channel_id="C1"),
        sdk.RichTextElementParts.User(user_id="U1"),
        sdk.RichTextElementParts.Emoji(name="wave", skin_tone=2),
        sdk.RichTextElementParts.Link(url="https://example.org", text="a"),
        sdk.RichTextElementParts.Team(team_id="T1"),
        sdk.RichTextElementParts.UserGroup(usergroup_id="S1"),
        sdk.RichTextElementParts.Date(timestamp=1592568000, format="{date}"),
        sdk.RichTextElementParts.Broadcast(range="everyone"),
        sdk.RichTextElementParts.Color(value="#ff0000"),
    ],
    ids=lambda part: part.type,
)
def test_every_rich_text_part_of_the_sdk_is_taken(part: sdk.RichTextElement) -> None:
    section = sdk.RichTextSectionElement(elements=[part])
    listed = sdk.RichTextListElement(style="ordered", elements=[section])
    quote = sdk.RichTextQuoteElement(elements=[part])
    block = sdk.RichTextBlock(elements=[section, listed, quote])

    assert check_message({"blocks": [block.to_dict()]}) == []


def text(limit: int) -> st.SearchStrategy[str]:
    """Text of any script whose length stays within `limit` however it is counted."""
    return st.text(
        st.characters(exclude_categories=["Cs"]), min_size=1, max_size=min(limit, 40) // 2
    )


identifiers = text(255)
options = st.lists(
    st.builds(sdk.Option, text=text(75), value=text(150), description=st.none() | text(75)),
    min_size=1,
    max_size=5,
    unique_by=lambda option: option.value,
)
confirmations = st.builds(
    sdk.ConfirmObject,
    title=text(100),
    text=text(300),
    confirm=text(30),
    deny=text(30),
    style=st.sampled_from([None, "primary", "danger"]),
)
buttons = st.builds(
    sdk.ButtonElement,
    text=text(75),
    value=st.none() | text(2000),
    url=st.sampled_from([None, "https://example.org/report"]),
    style=st.sampled_from([None, "primary", "danger"]),
    confirm=st.none() | confirmations,
    accessibility_label=st.none() | text(75),
)
placeholders = st.none() | text(150)
menus = st.one_of(
    st.builds(sdk.StaticSelectElement, placeholder=placeholders, options=options),
    st.builds(
        sdk.StaticSelectElement,
        placeholder=placeholders,
        option_groups=st.lists(
            st.builds(sdk.OptionGroup, label=text(75), options=options), min_size=1, max_size=3
        ),
    ),
    st.builds(sdk.StaticMultiSelectElement, placeholder=placeholders, options=options),
    st.builds(
        sdk.UserSelectElement, placeholder=placeholders, initial_user=st.none() | st.just("U1")
    ),
    st.builds(sdk.ChannelSelectElement, placeholder=placeholders),
    st.builds(sdk.ConversationSelectElement, default_to_current_conversation=st.booleans()),
    st.builds(sdk.CheckboxesElement, options=options),
    st.builds(sdk.RadioButtonsElement, options=options, confirm=st.none() | confirmations),
    st.builds(sdk.DatePickerElement, initial_date=st.none() | st.dates().map(str)),
    st.builds(
        sdk.TimePickerElement, initial_time=st.none() | st.times().map(lambda t: f"{t:%H:%M}")
    ),
)
more_menus = st.one_of(
    menus,
    st.builds(
        sdk.ExternalDataSelectElement, placeholder=text(150), min_query_length=st.integers(0, 9)
    ),
    st.builds(sdk.ExternalDataMultiSelectElement, placeholder=text(150)),
    st.builds(sdk.UserMultiSelectElement, max_selected_items=st.none() | st.integers(1, 9)),
    st.builds(sdk.ChannelMultiSelectElement, placeholder=placeholders),
    st.builds(
        sdk.ConversationMultiSelectElement,
        filter=st.none() | st.builds(sdk.ConversationFilter, exclude_bot_users=st.booleans()),
    ),
)
only_in_modals = st.one_of(
    st.builds(sdk.EmailInputElement, placeholder=placeholders),
    st.builds(sdk.UrlInputElement, placeholder=placeholders),
    st.builds(
        sdk.NumberInputElement,
        is_decimal_allowed=st.booleans(),
        min_value=st.none() | st.integers(-99, 0).map(str),
        max_value=st.none() | st.integers(0, 99).map(str),
    ),
    st.builds(sdk.DateTimePickerElement, initial_date_time=st.none() | st.just(1_592_568_000)),
)
styles = st.builds(
    sdk.RichTextElementParts.TextStyle, bold=st.booleans(), italic=st.none() | st.booleans()
)
inline = st.lists(
    st.one_of(
        st.builds(sdk.RichTextElementParts.Text, text=text(3000), style=st.none() | styles),
        st.builds(sdk.RichTextElementParts.Link, url=st.just("https://example.org"), text=text(75)),
        st.builds(sdk.RichTextElementParts.User, user_id=st.just("U1")),
    ),
    min_size=1,
    max_size=4,
)
spans = st.builds(sdk.RichTextSectionElement, elements=inline)
rich_texts = st.builds(
    sdk.RichTextBlock,
    elements=st.lists(
        st.one_of(
            spans,
            st.builds(sdk.RichTextQuoteElement, elements=inline),
            st.builds(
                sdk.RichTextListElement,
                style=st.sampled_from(["bullet", "ordered"]),
                indent=st.none() | st.integers(0, 8),
                elements=st.lists(spans, min_size=1, max_size=3),
            ),
        ),
        min_size=1,
        max_size=4,
    ),
)
typed = st.one_of(
    st.builds(
        sdk.PlainTextInputElement,
        placeholder=placeholders,
        initial_value=st.none() | text(3000),
        multiline=st.booleans(),
        max_length=st.none() | st.integers(40, 3000),
    ),
    st.builds(
        sdk.RichTextInputElement,
        placeholder=placeholders,
        initial_value=st.none() | rich_texts,
        dispatch_action_config=st.none()
        | st.just(
            sdk.basic_components.DispatchActionConfig(trigger_actions_on=["on_character_entered"])
        ),
    ),
)
layouts = st.one_of(
    st.builds(sdk.SectionBlock, text=text(3000), accessory=st.none() | buttons | more_menus),
    st.builds(sdk.SectionBlock, fields=st.lists(text(2000), min_size=1, max_size=4)),
    st.builds(sdk.HeaderBlock, text=text(150)),
    st.builds(sdk.DividerBlock),
    st.builds(
        sdk.ContextBlock,
        elements=st.lists(
            st.builds(sdk.MarkdownTextObject, text=text(3000)), min_size=1, max_size=4
        ),
    ),
    st.builds(sdk.ActionsBlock, elements=st.lists(buttons | more_menus, min_size=1, max_size=3)),
    st.builds(
        sdk.ImageBlock,
        alt_text=text(2000),
        image_url=st.just("https://example.org/a.png"),
        title=st.none() | text(2000),
    ),
    rich_texts,
)
inputs = st.builds(
    sdk.InputBlock,
    label=text(2000),
    hint=st.none() | text(2000),
    element=typed | more_menus,
    optional=st.none() | st.booleans(),
    dispatch_action=st.none() | st.booleans(),
)
inputs_of_modals = st.builds(sdk.InputBlock, label=text(2000), element=only_in_modals)
pictures = st.builds(
    sdk.ImageElement, alt_text=text(2000), image_url=st.just("https://example.org/a.png")
)
cards = st.builds(
    sdk.CardBlock,
    title=text(150),
    subtitle=st.none() | text(150),
    body=st.none() | text(200),
    icon=st.none() | pictures,
)
tasks = st.builds(
    sdk.TaskCardBlock,
    task_id=text(255),
    title=text(150),
    status=st.sampled_from(["pending", "in_progress", "complete", "error"]),
    details=st.none() | rich_texts,
)
only_in_messages = st.one_of(
    st.builds(sdk.MarkdownBlock, text=text(3000)),
    cards,
    st.builds(sdk.CarouselBlock, elements=st.lists(cards, min_size=1, max_size=3)),
    tasks,
    st.builds(sdk.PlanBlock, title=text(150), tasks=st.lists(tasks, max_size=3)),
    st.builds(
        sdk.ContainerBlock,
        title=text(150),
        child_blocks=st.lists(st.builds(sdk.HeaderBlock, text=text(150)), min_size=1, max_size=3),
        width=st.sampled_from([None, "narrow", "standard", "wide", "full"]),
        is_collapsible=st.none() | st.booleans(),
    ),
)


def with_identifiers(blocks: list[sdk.Block]) -> list[dict[str, Any]]:
    """The blocks as dictionaries, each with a block_id and its elements with an action_id."""
    built = [{**block.to_dict(), "block_id": f"block {i}"} for i, block in enumerate(blocks)]
    for block in built:
        if block["type"] == "actions":
            block["elements"] = [
                {**element, "action_id": f"action {i}"}
                for i, element in enumerate(block["elements"])
            ]
    return built


@settings(max_examples=50, deadline=None)
@given(st.lists(layouts | only_in_messages, max_size=4))
def test_message_built_within_the_limits_is_accepted(blocks: list[sdk.Block]) -> None:
    assert check_message({"text": "Fallback", "blocks": with_identifiers(blocks)}) == []


@settings(max_examples=50, deadline=None)
@given(
    st.lists(layouts | inputs | inputs_of_modals, min_size=1, max_size=4),
    st.builds(
        dict,
        title=text(24),
        submit=text(24),
        close=st.none() | text(24),
        callback_id=st.none() | identifiers,
        private_metadata=st.none() | text(3000),
        notify_on_close=st.none() | st.booleans(),
    ),
)
def test_modal_built_within_the_limits_is_accepted(
    blocks: list[sdk.Block], fields: dict[str, Any]
) -> None:
    view = View(type="modal", blocks=with_identifiers(blocks), **fields)

    assert check_view(view.to_dict()) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(layouts | inputs, min_size=1, max_size=4))
def test_home_tab_built_within_the_limits_is_accepted(blocks: list[sdk.Block]) -> None:
    view = View(type="home", blocks=with_identifiers(blocks))

    assert check_view(view.to_dict()) == []
