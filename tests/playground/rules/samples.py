"""A valid block or element of each type, the views and messages around them, and small changes."""

import json
from typing import Any

Json = Any

MISSING = object()
"""As a new value in `changed`: take the field away."""


def plain(text: str = "Plain") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Bold*") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a", **fields: Json) -> Json:
    return {"text": plain(value), "value": value, **fields}


def options(count: int) -> list[Json]:
    return [option(f"option {number}") for number in range(count)]


def section(text: str = "Text", **fields: Json) -> Json:
    return {"type": "section", "text": mrkdwn(text), **fields}


def rich_text(*elements: Json) -> Json:
    return {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": list(elements or [{"type": "text", "text": "a"}]),
            }
        ],
    }


def message(*blocks: Json, **fields: Json) -> Json:
    return {"text": "Fallback", "blocks": list(blocks), **fields}


def modal(*blocks: Json, **fields: Json) -> Json:
    return {
        "type": "modal",
        "title": plain("Report"),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **fields,
    }


def home(*blocks: Json, **fields: Json) -> Json:
    return {"type": "home", "blocks": list(blocks), **fields}


SURFACES = {"message": message, "modal": modal, "home": home}


def hosted(element: Json) -> Json:
    """A block that takes the element."""
    if element["type"] == "image":
        return {"type": "context", "elements": [element]}
    if element["type"] in {"feedback_buttons", "icon_button"}:
        return {"type": "context_actions", "elements": [element]}
    if element["type"] == "url":
        return BLOCKS["task_card"] | {"sources": [element]}
    if element["type"] in {"button", "overflow", "workflow_button"}:
        return {"type": "actions", "elements": [element]}
    return {"type": "input", "label": plain("Label"), "element": element}


def changed(payload: Json, pointer: str, value: Json) -> Json:
    """A copy of `payload` with `value` at `pointer`, or without that field if MISSING."""
    copy = json.loads(json.dumps(payload))
    parent = copy
    *steps, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
    for step in steps:
        parent = parent[step]
    if value is MISSING:
        del parent[last]
    else:
        parent[last] = value
    return copy


_MENU = {"options": [option("a", description=plain()), option("b")], "placeholder": plain()}
_CHOICES = {"options": [option("a", text=mrkdwn(), description=mrkdwn()), option("b")]}
_DIALOG = {
    "title": plain(),
    "text": mrkdwn(),
    "confirm": plain("Yes"),
    "deny": plain("No"),
    "style": "danger",
}
_FOCUS = {"focus_on_load": True, "action_id": "answer"}
_PICKED = {**_FOCUS, "placeholder": plain(), "confirm": _DIALOG}
_TYPED = {
    **_FOCUS,
    "placeholder": plain(),
    "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
}
_PICTURE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A"}
_FILTER = {
    "include": ["im"],
    "exclude_bot_users": True,
    "exclude_external_shared_channels": False,
}

ELEMENTS: dict[str, Json] = {
    "button": {
        "type": "button",
        "action_id": "go",
        "text": plain("Go"),
        "value": "1",
        "url": "https://example.org",
        "style": "primary",
        "confirm": _DIALOG,
        "accessibility_label": "Go on",
        "visible_to_user_ids": ["U1"],
        "agent_prompt": "Go",
        "agent_prompt_display": "Go",
    },
    "channels_select": {
        "type": "channels_select",
        **_FOCUS,
        "initial_channel": "C1",
        "response_url_enabled": True,
        "confirm": _DIALOG,
        "placeholder": plain(),
    },
    "checkboxes": {"type": "checkboxes", **_FOCUS, **_CHOICES, "confirm": _DIALOG},
    "conversations_select": {
        "type": "conversations_select",
        **_PICKED,
        "initial_conversation": "C1",
        "default_to_current_conversation": False,
        "response_url_enabled": False,
        "filter": _FILTER,
    },
    "datepicker": {"type": "datepicker", **_PICKED, "initial_date": "2020-06-19"},
    "datetimepicker": {
        "type": "datetimepicker",
        **_FOCUS,
        "confirm": _DIALOG,
        "initial_date_time": 1592568000,
    },
    "email_text_input": {"type": "email_text_input", **_TYPED, "initial_value": "a@example.org"},
    "external_select": {
        "type": "external_select",
        **_PICKED,
        "initial_option": option(),
        "min_query_length": 0,
    },
    "feedback_buttons": {
        "type": "feedback_buttons",
        "action_id": "rate",
        "positive_button": {"text": plain(), "value": "good", "accessibility_label": "Good"},
        "negative_button": {"text": plain(), "value": "bad"},
    },
    "file_input": {
        "type": "file_input",
        "action_id": "files",
        "filetypes": ["docx"],
        "max_files": 10,
    },
    "icon_button": {
        "type": "icon_button",
        "action_id": "delete",
        "icon": "trash",
        "text": plain("Delete"),
        "value": "1",
        "accessibility_label": "Delete",
        "visible_to_user_ids": ["U1"],
        "confirm": _DIALOG,
    },
    "image": _PICTURE,
    "multi_channels_select": {
        "type": "multi_channels_select",
        **_PICKED,
        "initial_channels": ["C1"],
        "max_selected_items": 1,
    },
    "multi_conversations_select": {
        "type": "multi_conversations_select",
        **_PICKED,
        "initial_conversations": ["C1"],
        "max_selected_items": 1,
        "default_to_current_conversation": True,
        "filter": _FILTER,
    },
    "multi_external_select": {
        "type": "multi_external_select",
        **_PICKED,
        "initial_options": [option()],
        "max_selected_items": 101,
        "min_query_length": 3,
    },
    "multi_static_select": {
        "type": "multi_static_select",
        **_PICKED,
        **_MENU,
        "max_selected_items": 101,
    },
    "multi_users_select": {
        "type": "multi_users_select",
        **_PICKED,
        "initial_users": ["U1"],
        "max_selected_items": 1,
    },
    "number_input": {
        "type": "number_input",
        **_TYPED,
        "is_decimal_allowed": False,
        "min_value": "-1",
        "initial_value": "0",
        "max_value": "1.5",
    },
    "overflow": {
        "type": "overflow",
        "action_id": "more",
        "options": [option("a", url="https://example.org", description=plain())],
        "confirm": _DIALOG,
    },
    "plain_text_input": {
        "type": "plain_text_input",
        **_TYPED,
        "initial_value": "A",
        "multiline": True,
        "min_length": 0,
        "max_length": 3000,
    },
    "radio_buttons": {
        "type": "radio_buttons",
        **_FOCUS,
        **_CHOICES,
        "confirm": _DIALOG,
    },
    "rich_text_input": {
        "type": "rich_text_input",
        **_TYPED,
        "initial_value": rich_text(),
        "min_lines": 1,
        "max_lines": 100,
    },
    "static_select": {"type": "static_select", **_PICKED, **_MENU},
    "timepicker": {
        "type": "timepicker",
        **_PICKED,
        "initial_time": "09:00",
        "timezone": "Europe/London",
    },
    "url": {"type": "url", "url": "https://example.org", "text": "Example"},
    "url_text_input": {"type": "url_text_input", **_TYPED, "initial_value": "https://example.org"},
    "users_select": {"type": "users_select", **_PICKED, "initial_user": "U1"},
    "workflow_button": {
        "type": "workflow_button",
        "action_id": "run",
        "text": plain("Run"),
        "style": "primary",
        "accessibility_label": "Run",
        "workflow": {
            "trigger": {
                "url": "https://example.org/trigger",
                "customizable_input_parameters": [{"name": "a", "value": "b"}],
            }
        },
    },
}

_STYLE = {"bold": True, "italic": False, "strike": True, "code": False, "underline": True}
_MENTION_STYLE = {**_STYLE, "highlight": True, "client_highlight": False, "unlink": True}

RICH_TEXT_PARTS: dict[str, Json] = {
    "broadcast": {"type": "broadcast", "range": "here", "style": _MENTION_STYLE},
    "channel": {"type": "channel", "channel_id": "C1", "style": {"highlight": True}},
    "color": {"type": "color", "value": "#ff0000", "style": _MENTION_STYLE},
    "date": {
        "type": "date",
        "timestamp": 1592568000,
        "format": "{date}",
        "url": "https://example.org",
        "fallback": "19 June",
        "style": _MENTION_STYLE,
    },
    "emoji": {
        "type": "emoji",
        "name": "wave",
        "unicode": "1f44b",
        "url": "https://example.org/wave.png",
        "skin_tone": 3,
        "style": _MENTION_STYLE,
    },
    "link": {
        "type": "link",
        "url": "https://example.org",
        "text": "a",
        "unsafe": False,
        "style": _STYLE,
    },
    "team": {"type": "team", "team_id": "T1", "style": _MENTION_STYLE},
    "text": {"type": "text", "text": "a", "style": _STYLE},
    "user": {"type": "user", "user_id": "U1", "style": {"unlink": True}},
    "usergroup": {"type": "usergroup", "usergroup_id": "S1", "style": _MENTION_STYLE},
}

_INLINE = [RICH_TEXT_PARTS["text"]]
RICH_TEXT_ELEMENTS: dict[str, Json] = {
    "rich_text_list": {
        "type": "rich_text_list",
        "style": "bullet",
        "indent": 8,
        "offset": 2,
        "border": 1,
        "elements": [{"type": "rich_text_section", "elements": _INLINE}],
    },
    "rich_text_preformatted": {
        "type": "rich_text_preformatted",
        "border": 0,
        "elements": [*_INLINE, RICH_TEXT_PARTS["link"]],
    },
    "rich_text_quote": {"type": "rich_text_quote", "border": 1, "elements": _INLINE},
    "rich_text_section": {
        "type": "rich_text_section",
        "elements": list(RICH_TEXT_PARTS.values()),
    },
}

_CARD = {
    "type": "card",
    "hero_image": _PICTURE,
    "icon": _PICTURE,
    "slack_icon": {"type": "icon", "name": "star"},
    "title": mrkdwn("Title"),
    "subtitle": plain(),
    "body": mrkdwn(),
    "subtext": mrkdwn(),
    "actions": [ELEMENTS["button"]],
}
_CELLS = [{"type": "raw_text", "text": "a"}, {"type": "raw_number", "value": 1.5, "text": "1.5"}]
_TASK = {
    "type": "task_card",
    "task_id": "1",
    "title": "Task",
    "status": "complete",
    "details": rich_text(),
    "output": rich_text(),
    "sources": [ELEMENTS["url"]],
}

BLOCKS: dict[str, Json] = {
    "actions": {"type": "actions", "elements": [ELEMENTS["button"]]},
    "alert": {"type": "alert", "text": plain("Careful"), "level": "warning"},
    "auth_provider": {
        "type": "auth_provider",
        "value": "example",
        "name": plain("Example"),
        "description": plain(),
        "is_connected": False,
        "icon_url": "https://example.org/icon",
        "auth_url": "https://example.org/connect",
        "disconnect_url": "https://example.org/disconnect",
        "connected_identity": plain(),
        "connected_context": plain(),
        "accessory": ELEMENTS["overflow"],
        "fallback": [section()],
    },
    "call": {"type": "call", "call_id": "R1", "api_decoration_available": False, "call": {}},
    "card": _CARD,
    "carousel": {"type": "carousel", "elements": [_CARD]},
    "container": {
        "type": "container",
        "title": plain("Title"),
        "subtitle": plain(),
        "child_blocks": [section()],
        "width": "full",
        "icon": _PICTURE,
        "is_collapsible": True,
        "default_collapsed": True,
        "has_header_divider": False,
    },
    "context": {"type": "context", "elements": [mrkdwn(), plain(), _PICTURE]},
    "context_actions": {"type": "context_actions", "elements": [ELEMENTS["feedback_buttons"]]},
    "data_table": {
        "type": "data_table",
        "caption": "Reports",
        "page_size": 5,
        "row_header_column_index": 0,
        "rows": [
            _CELLS,
            [
                *_CELLS[:1],
                {"type": "action", "element": ELEMENTS["button"], "fallback": _CELLS[0]},
            ],
        ],
    },
    "data_visualization": {
        "type": "data_visualization",
        "title": "Reports",
        "chart": {"type": "pie", "segments": [{"label": "In", "value": 4}]},
    },
    "divider": {"type": "divider"},
    "file": {"type": "file", "external_id": "1", "source": "remote"},
    "header": {"type": "header", "text": plain("Title")},
    "image": {**_PICTURE, "title": plain("Title")},
    "input": {
        "type": "input",
        "label": plain("Label"),
        "element": ELEMENTS["plain_text_input"],
        "hint": plain(),
        "optional": True,
        "dispatch_action": False,
    },
    "markdown": {"type": "markdown", "text": "**Bold**"},
    "plan": {"type": "plan", "title": "Plan", "tasks": [_TASK]},
    "rich_text": rich_text(),
    "section": {**section(), "fields": [plain()], "accessory": ELEMENTS["button"], "expand": True},
    "table": {
        "type": "table",
        "rows": [_CELLS],
        "column_settings": [None, {"align": "right", "is_wrapped": True}],
    },
    "task_card": _TASK,
    "video": {
        "type": "video",
        "alt_text": "A video",
        "title": plain("Video"),
        "title_url": "https://example.org/title",
        "description": plain(),
        "video_url": "https://example.org/v",
        "thumbnail_url": "https://example.org/t.png",
        "author_name": "A. N. Other",
        "provider_name": "Example",
        "provider_icon_url": "https://example.org/p.png",
    },
}


def chart(kind: str) -> Json:
    points = [{"label": "May", "value": -3}, {"label": "June", "value": 2.5}]
    return BLOCKS["data_visualization"] | {
        "chart": {
            "type": kind,
            "series": [{"name": "Late", "data": points}],
            "axis_config": {"categories": ["May", "June"], "x_label": "Month", "y_label": "Number"},
        }
    }
