"""Reading a call's body, whichever way it is encoded.

https://docs.slack.dev/apis/web-api
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from highlightbot.playground.errors import ApiError
from highlightbot.playground.json_object import read_json_object
from highlightbot.playground.web_api.arguments import parse_structured

MOST_BYTES = 4_000_000
_MOST_FIELDS = 1_000


async def read_arguments(request: Request) -> Mapping[str, Any]:
    """The arguments of the query string and the body.

    Raises ApiError with Slack's codes for bodies: `missing_post_type`, `invalid_post_type`,
    `invalid_json`, `json_not_object`, `invalid_form_data`, `invalid_charset`.
    """
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "multipart/form-data":
        sent = await _multipart(request)
    else:
        sent = _decoded(await _body(request), content_type)
    return parse_structured({**request.query_params, **sent})


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise ApiError("invalid_form_data")
    return bytes(body)


def _decoded(body: bytes, content_type: str) -> Mapping[str, Any]:
    if not body.strip():
        return {}
    if content_type == "application/json":
        return read_json_object(body)
    if content_type == "application/x-www-form-urlencoded":
        try:
            text = body.decode("ascii")
            pairs = parse_qsl(
                text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
            )
        except UnicodeDecodeError:
            raise ApiError("invalid_charset") from None
        except ValueError:
            raise ApiError("invalid_form_data") from None
        return dict(pairs)
    raise ApiError("invalid_post_type" if content_type else "missing_post_type")


async def _multipart(request: Request) -> Mapping[str, Any]:
    try:
        form = await request.form(max_fields=_MOST_FIELDS, max_part_size=MOST_BYTES)
    except HTTPException:
        raise ApiError("invalid_form_data") from None
    return {name: value for name, value in form.items() if isinstance(value, str)}
