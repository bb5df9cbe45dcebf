"""What hangs on a message beside its text: files and reactions."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from highlightbot.playground import emoji
from highlightbot.playground.page.html import join, tag
from highlightbot.playground.page.place import Json
from highlightbot.playground.page.viewpoint import Viewpoint

_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def files(shared: Sequence[Json], seen: Viewpoint) -> Markup:
    """Each file as a link to its content, an image also drawn.

    https://docs.slack.dev/reference/objects/file-object
    """
    return join(_file(one, seen) for one in shared)


def reactions(given: Mapping[str, Sequence[str]], seen: Viewpoint) -> Markup | None:
    """A chip for each emoji with how many gave it; who they are is its accessible name."""
    if not given:
        return None
    return tag("ul", *(_reaction(*one, seen) for one in given.items()), class_="reactions")


def _file(shared: Json, seen: Viewpoint) -> Markup:
    address = f"/files/{shared['id']}/content?as={seen.viewer.id}"
    title = shared.get("title") or shared["name"]
    drawn = shared.get("mimetype") in _IMAGES
    return tag(
        "p",
        tag("span", "📄", class_="emoji", aria_hidden="true"),
        " ",
        tag("a", title, href=address, target="_blank", rel="noopener noreferrer"),
        " ",
        tag("small", _size(shared.get("size", 0))),
        tag("img", src=address, alt=shared.get("alt_txt", ""), class_="picture", loading="lazy")
        if drawn
        else None,
        class_="card-box file",
    )


def _size(octets: int) -> str:
    for unit in ("bytes", "KB", "MB"):
        if octets < 1000 or unit == "MB":
            break
        octets = round(octets / 1000)
    return f"{octets} {unit}"


def _reaction(name: str, users: Sequence[str], seen: Viewpoint) -> Markup:
    who = ", ".join(seen.person_name(user_id) for user_id in users)
    told = f"{name.replace('_', ' ')}, {who}"
    shown = emoji.character(name) or f":{name}:"
    mine = " mine" if seen.viewer.id in users else ""
    return tag(
        "li",
        tag("span", shown, class_="emoji", aria_hidden="true"),
        tag("span", f" {len(users)}", aria_hidden="true"),
        tag("span", told, class_="unseen"),
        class_=f"reaction{mine}",
        title=told,
    )
