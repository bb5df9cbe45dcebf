"""Uploading to a URL that `files.getUploadURLExternal` gave, and downloading."""

import re

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from highlightbot.playground.installation import Installation

_HEADERS = {
    # What an app uploads is never run, whatever it is.
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
_SHOWN = re.compile(r"image/(png|jpeg|gif|webp)|text/plain")


class Transfers:
    """`/upload/{key}` and `/files/{id}/content`."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    async def upload(self, request: Request) -> Response:
        """Take a file's bytes, bare or as a form's file, by POST or PUT."""
        key = request.path_params["key"]
        files = self._installation.files
        try:
            content = await _content(request, files.size_wanted(key))
            file = files.receive(key, content)
        except LookupError:
            return PlainTextResponse("invalid upload url", 404)
        except ValueError as error:
            return PlainTextResponse(str(error), 400)
        return PlainTextResponse(f"OK - {file.size}")

    async def download(self, request: Request) -> Response:
        """A file's bytes, for the app with its token, or for a person who can see the file."""
        file = self._installation.files.find(request.path_params["file_id"])
        if file is None or file.content is None or not self._may_read(request, file.shares):
            return PlainTextResponse("not found", 404)
        shown = _SHOWN.fullmatch(file.mimetype)
        headers = {**_HEADERS, "content-disposition": "inline" if shown else "attachment"}
        return Response(file.content, headers=headers, media_type=file.mimetype)

    def _may_read(self, request: Request, shares: object) -> bool:
        workspace = self._installation.workspace
        token = request.headers.get("authorization", "").partition(" ")[2]
        if token:
            return token == workspace.app.bot_token and "files:read" in workspace.app.scopes
        person = request.query_params.get("as")
        conversations = workspace.conversations
        return isinstance(shares, dict) and any(
            person in conversations[one].members for one in shares if one in conversations
        )


async def _content(request: Request, size: int) -> bytes:
    """The bytes sent. ValueError if there are more than announced, or the form is broken."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        try:
            async with request.form(max_files=1, max_fields=10) as form:
                sent = [one for one in form.values() if isinstance(one, UploadFile)]
                return await sent[0].read(size + 1) if sent else b""
        except HTTPException as error:
            raise ValueError(error.detail) from None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > size:
            raise ValueError(f"more than {size} bytes")
    return bytes(body)
