"""Slack's names of emoji: the commonest here, flags, and those that Unicode calls the same.

https://slack.com/help/articles/202931348-Use-emoji-and-reactions
"""

import re
import unicodedata

CHARACTERS = {
    "+1": "👍", "-1": "👎", "100": "💯", "airplane": "✈️", "alarm_clock": "⏰",
    "ambulance": "🚑", "angry": "😠", "apple": "🍎", "arrow_backward": "◀️",
    "arrow_down": "⬇️", "arrow_forward": "▶️", "arrow_left": "⬅️", "arrow_right": "➡️",
    "arrow_up": "⬆️", "arrows_counterclockwise": "🔄", "baby": "👶", "balloon": "🎈",
    "bangbang": "‼️", "bar_chart": "📊", "beers": "🍻", "bell": "🔔", "bicyclist": "🚴",
    "birthday": "🎂", "black_circle": "⚫", "blue_heart": "💙", "blush": "😊", "book": "📖",
    "bookmark": "🔖", "books": "📚", "boom": "💥", "briefcase": "💼", "broken_heart": "💔",
    "bug": "🐛", "bulb": "💡", "bus": "🚌", "cake": "🍰", "calendar": "📅", "camera": "📷",
    "car": "🚗", "card_index": "📇", "cat": "🐱", "chart_with_downwards_trend": "📉",
    "chart_with_upwards_trend": "📈", "checkered_flag": "🏁", "clap": "👏", "clipboard": "📋",
    "clock1": "🕐", "clock9": "🕘", "cloud": "☁️", "coffee": "☕", "computer": "💻",
    "confetti_ball": "🎊", "confused": "😕", "construction": "🚧", "cry": "😢",
    "crystal_ball": "🔮", "date": "📅", "dog": "🐶", "earth_africa": "🌍", "email": "✉️",
    "envelope": "✉️", "envelope_with_arrow": "📩", "exclamation": "❗", "eyes": "👀",
    "face_with_thermometer": "🤒", "facepalm": "🤦", "fearful": "😨", "file_folder": "📁",
    "fire": "🔥", "flag-gb": "🇬🇧", "flushed": "😳", "four_leaf_clover": "🍀", "gear": "⚙️",
    "gift": "🎁", "green_heart": "💚", "grey_question": "❔", "grin": "😁", "grinning": "😀",
    "hammer_and_wrench": "🛠️", "handshake": "🤝", "hear_no_evil": "🙉", "heart": "❤️",
    "heart_eyes": "😍", "heavy_check_mark": "✔️", "heavy_minus_sign": "➖",
    "heavy_plus_sign": "➕", "hospital": "🏥", "hourglass": "⌛",
    "hourglass_flowing_sand": "⏳", "house": "🏠", "inbox_tray": "📥",
    "information_source": "ℹ️", "joy": "😂", "key": "🔑", "label": "🏷️",
    "large_blue_circle": "🔵", "large_green_circle": "🟢", "large_orange_circle": "🟠",
    "large_yellow_circle": "🟡", "laughing": "😆", "ledger": "📒", "link": "🔗", "lock": "🔒",
    "loudspeaker": "📢", "love_letter": "💌", "mag": "🔍", "mailbox": "📫", "mask": "😷",
    "medal": "🏅", "mega": "📣", "memo": "📝", "microphone": "🎤", "money_with_wings": "💸",
    "moneybag": "💰", "moon": "🌔", "muscle": "💪", "mute": "🔇", "neutral_face": "😐",
    "newspaper": "📰", "no_bell": "🔕", "no_entry": "⛔", "no_entry_sign": "🚫",
    "no_good": "🙅", "notebook": "📓", "ok": "🆗", "ok_hand": "👌", "open_mouth": "😮",
    "outbox_tray": "📤", "package": "📦", "page_facing_up": "📄", "page_with_curl": "📃",
    "palm_tree": "🌴", "paperclip": "📎", "partying_face": "🥳", "pencil": "📝",
    "pencil2": "✏️", "phone": "☎️", "pill": "💊", "point_down": "👇", "point_left": "👈",
    "point_right": "👉", "point_up": "☝️", "pray": "🙏", "purple_heart": "💜",
    "pushpin": "📌", "question": "❓", "rainbow": "🌈", "raised_hands": "🙌", "recycle": "♻️",
    "red_circle": "🔴", "relieved": "😌", "repeat": "🔁", "rocket": "🚀",
    "rolling_on_the_floor_laughing": "🤣", "rotating_light": "🚨", "round_pushpin": "📍",
    "runner": "🏃", "sad": "😞", "school": "🏫", "scream": "😱", "scroll": "📜",
    "see_no_evil": "🙈", "seedling": "🌱", "shield": "🛡️", "shrug": "🤷",
    "simple_smile": "🙂", "slightly_frowning_face": "🙁", "slightly_smiling_face": "🙂",
    "smile": "😄", "smiley": "😃", "snowflake": "❄️", "sob": "😭", "sparkles": "✨",
    "speech_balloon": "💬", "star": "⭐", "star2": "🌟", "stopwatch": "⏱️", "sunflower": "🌻",
    "sunglasses": "😎", "sunny": "☀️", "sweat": "😓", "sweat_smile": "😅", "syringe": "💉",
    "tada": "🎉", "telephone_receiver": "📞", "thermometer": "🌡️", "thinking_face": "🤔",
    "thumbsdown": "👎", "thumbsup": "👍", "ticket": "🎫", "timer_clock": "⏲️", "train": "🚆",
    "trophy": "🏆", "truck": "🚚", "umbrella": "☔", "unlock": "🔓", "v": "✌️",
    "vertical_traffic_light": "🚦", "warning": "⚠️", "wastebasket": "🗑️", "wave": "👋",
    "white_check_mark": "✅", "white_circle": "⚪", "white_large_square": "⬜", "wink": "😉",
    "worried": "😟", "x": "❌", "yellow_heart": "💛", "yum": "😋", "zap": "⚡", "zzz": "💤",
}  # fmt: skip


def character(name: str) -> str | None:
    """The emoji that Slack calls `name`, or None when it is not known here."""
    base, _, tone = name.partition("::skin-tone-")
    known = CHARACTERS.get(base) or _flag(base) or _of_the_same_name(base)
    if known is None or tone not in _TONES:
        return known
    return known.removesuffix("\ufe0f") + _TONES[tone]


def from_code_points(code_points: str) -> str | None:
    """The emoji of Slack's `unicode` field, such as `1f44b-1f3fb`; None when it is not one."""
    try:
        return "".join(chr(int(code, 16)) for code in code_points.split("-"))
    except (ValueError, OverflowError):
        return None


def split(text: str) -> list[tuple[str, str | None]]:
    """The text in pieces, each with the emoji name where it is one known emoji, else None.

    An emoji that is part of a longer sequence (skin tone, joined family) stays in the text.
    """
    pieces = [(piece, _NAMES.get(piece)) for piece in _KNOWN.split(text)]
    return [piece for piece in pieces if piece[0]]


_TONES = {str(tone): chr(0x1F3FB + tone - 2) for tone in range(2, 7)}
_REGIONAL_A = 0x1F1E6
_PICTURES = frozenset(map(chr, range(0x1F300, 0x1FB00)))

_NAMES = {shown: name for name, shown in reversed(CHARACTERS.items())}
_KNOWN = re.compile(
    "(?<!\u200d)("
    + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
    + ")(?![\u200d\ufe0f\U0001f3fb-\U0001f3ff])"
)


def _flag(name: str) -> str | None:
    """`flag-gb`: the two letters of a country as regional indicators."""
    if not re.fullmatch("flag-[a-z]{2}", name):
        return None
    return "".join(chr(_REGIONAL_A + ord(letter) - ord("a")) for letter in name[-2:])


def _of_the_same_name(name: str) -> str | None:
    try:
        found = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return None
    return found if found in _PICTURES else None
