"""Files: uploaded in three steps, and shared a while after the third.

https://docs.slack.dev/messaging/working-with-files
"""

import mimetypes
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from highlightbot.playground.postponed import Postponed

MOST_BYTES = 50_000_000
"""Of one file: a playground keeps them in memory."""
SHARED_AFTER = 0.05
"""Seconds between the answer to the third step and the message with the file."""


@dataclass(frozen=True, slots=True)
class File:
    """One file. `content` is None until it is uploaded; `created` is in Unix seconds.

    `shares` are the conversations it was shared in, each with the message's timestamp.
    """

    id: str
    name: str
    size: int
    user: str
    created: int
    title: str = ""
    alt_txt: str = ""
    content: bytes | None = None
    completed: bool = False
    deleted: bool = False
    shares: Mapping[str, str] = field(default_factory=dict)

    @property
    def mimetype(self) -> str:
        """By its name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def filetype(self) -> str:
        """The ending of its name, such as `pdf`."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else "binary"


class Files:
    """Every file by id, and the upload URLs not yet used.

    `shared_after` is the delay of sharing in seconds; None: it never happens, which Slack's page
    warns of.
    """

    def __init__(self) -> None:
        self.shared_after: float | None = SHARED_AFTER
        self.postponed = Postponed()
        self._files: dict[str, File] = {}
        self._uploads: dict[str, str] = {}
        self._lock = threading.Lock()

    def announce(
        self, name: str, size: int, user: str, created: int, alt_txt: str
    ) -> tuple[File, str]:
        """Make room for a file; it and the secret last part of its upload URL."""
        file = File(f"F{secrets.token_hex(5).upper()}", name, size, user, created, alt_txt=alt_txt)
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._files[file.id] = file
            self._uploads[key] = file.id
        return file, key

    def size_wanted(self, key: str) -> int:
        """The bytes that were announced; LookupError if the URL is unknown or used."""
        with self._lock:
            return self._files[self._uploads[key]].size

    def receive(self, key: str, content: bytes) -> File:
        """Take the upload; its URL is used up.

        LookupError if the URL is unknown or used; ValueError if the size is not as announced.
        """
        with self._lock:
            file = self._files[self._uploads[key]]
            if len(content) != file.size:
                raise ValueError(f"{len(content)} bytes instead of {file.size}")
            del self._uploads[key]
            return self._keep(replace(file, content=content))

    def find(self, file_id: str | None) -> File | None:
        """The file with this id, deleted ones included."""
        with self._lock:
            return self._files.get(file_id or "")

    def all(self) -> list[File]:
        """Every completed file that is not deleted, newest first."""
        with self._lock:
            return [one for one in self._files.values() if one.completed and not one.deleted][::-1]

    def complete(self, file_id: str, title: str) -> File:
        """The third step, for one uploaded file."""
        with self._lock:
            return self._keep(replace(self._files[file_id], title=title, completed=True))

    def share(self, file_id: str, conversation_id: str, ts: str) -> File:
        """Note where it was shared."""
        with self._lock:
            file = self._files[file_id]
            return self._keep(replace(file, shares={**file.shares, conversation_id: ts}))

    def delete(self, file_id: str) -> None:
        """Forget what is in it."""
        with self._lock:
            self._keep(replace(self._files[file_id], deleted=True, content=None))

    def stop(self) -> None:
        """Share nothing any more."""
        self.postponed.stop()

    def _keep(self, file: File) -> File:
        self._files[file.id] = file
        return file
