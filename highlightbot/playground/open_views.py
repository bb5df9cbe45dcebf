"""The views that people have open: each person's stack of modals, and each one's Home tab."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from highlightbot.playground.elements import (
    initial_state,
    merged_state,
    refuse_impossible_state,
    with_ids,
)
from highlightbot.playground.errors import ApiError
from highlightbot.playground.views import State, View
from highlightbot.playground.workspace import Workspace

MOST_VIEWS = 3
"""Views in one person's stack. https://docs.slack.dev/surfaces/modals"""


class OpenViews:
    """Stacks and Home tabs, under the workspace's lock. Payloads come here already checked."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user_id: str) -> list[View]:
        """A person's modals, bottom to top."""
        with self._workspace.lock:
            return list(self._stacks.get(user_id, ()))

    def home(self, user_id: str) -> View | None:
        """A person's Home tab, once the app has published one."""
        with self._workspace.lock:
            return self._homes.get(user_id)

    def find(self, view_id: str | None, external_id: str | None = None) -> View | None:
        """The open modal or Home tab with this id, or else with this external id."""
        with self._workspace.lock:
            for view in (*self._homes.values(), *(v for s in self._stacks.values() for v in s)):
                if view.id == view_id or (external_id and view.external_id == external_id):
                    return view
            return None

    def open(self, user_id: str, payload: Mapping[str, Any]) -> View:
        """Show a modal as the only one. Raises ApiError `duplicate_external_id`."""
        with self._workspace.lock:
            self._refuse_second(payload)
            view = _new_view(user_id, payload)
            self._stacks[user_id] = [view]
            self._workspace.changed()
            return view

    def push(self, user_id: str, payload: Mapping[str, Any]) -> View:
        """Show a modal over the others. Raises ApiError `push_limit_reached`, `not_found`."""
        with self._workspace.lock:
            stack = self._stacks.get(user_id, [])
            if not stack:
                raise ApiError("not_found")
            if len(stack) >= MOST_VIEWS:
                raise ApiError("push_limit_reached")
            self._refuse_second(payload)
            view = _new_view(user_id, payload, below=stack[-1])
            self._stacks[user_id] = [*stack, view]
            self._workspace.changed()
            return view

    def update(
        self,
        payload: Mapping[str, Any],
        view_id: str | None,
        external_id: str | None = None,
        view_hash: str | None = None,
    ) -> View:
        """Replace an open view's content; id and what was entered stay.

        Raises ApiError `not_found` and, when `view_hash` is not its present one,
        `hash_conflict`.
        """
        with self._workspace.lock:
            view = self.find(view_id, external_id)
            if view is None:
                raise ApiError("not_found")
            if view_hash and view_hash != view.hash:
                raise ApiError("hash_conflict")
            if payload["type"] != view.type:
                raise ApiError("invalid_arguments")
            if payload.get("external_id") not in {None, "", view.external_id}:
                self._refuse_second(payload)
            return self._put(_updated(view, payload))

    def publish(
        self, user_id: str, payload: Mapping[str, Any], view_hash: str | None = None
    ) -> View:
        """Set a person's Home tab. Raises ApiError `hash_conflict`."""
        with self._workspace.lock:
            shown = self._homes.get(user_id)
            if shown is None:
                self._homes[user_id] = _new_view(user_id, payload)
                self._workspace.changed()
                return self._homes[user_id]
            if view_hash and view_hash != shown.hash:
                raise ApiError("hash_conflict")
            return self._put(_updated(shown, payload))

    def enter(self, view_id: str, entered: State) -> View:
        """Note what a person entered.

        Raises LookupError if the view is gone, ValueError for what an element cannot hold.
        """
        with self._workspace.lock:
            view = self._open_view(view_id)
            refuse_impossible_state(view.blocks, entered)
            state = merged_state(view.blocks, view.state, entered)
            return view if state == view.state else self._put(replace(view, state=state))

    def show_errors(self, view_id: str, errors: Mapping[str, str]) -> View:
        """Set the field errors that a view shows. LookupError if the view is gone."""
        with self._workspace.lock:
            view = self._open_view(view_id)
            return view if errors == view.errors else self._put(replace(view, errors=dict(errors)))

    def close(self, view_id: str, *, all_of_stack: bool = False) -> list[View]:
        """Take a modal and those above it, or its whole stack, off the screen; those closed.

        Does nothing if it is gone already.
        """
        with self._workspace.lock:
            view = self.find(view_id)
            if view is None or view.type == "home":
                return []
            stack = self._stacks[view.user_id]
            at = 0 if all_of_stack else [one.id for one in stack].index(view_id)
            self._stacks[view.user_id] = stack[:at]
            self._workspace.changed()
            return stack[at:]

    def _open_view(self, view_id: str) -> View:
        view = self.find(view_id)
        if view is None:
            raise LookupError(view_id)
        return view

    def _put(self, view: View) -> View:
        if view.type == "home":
            self._homes[view.user_id] = view
        else:
            stack = self._stacks[view.user_id]
            self._stacks[view.user_id] = [view if one.id == view.id else one for one in stack]
        self._workspace.changed()
        return view

    def _refuse_second(self, payload: Mapping[str, Any]) -> None:
        external_id = payload.get("external_id")
        if external_id and self.find(None, external_id) is not None:
            raise ApiError("duplicate_external_id")


def _new_view(user_id: str, payload: Mapping[str, Any], below: View | None = None) -> View:
    view_id = f"V{secrets.token_hex(5).upper()}"
    content = _content(payload)
    return View(
        id=view_id,
        user_id=user_id,
        type=payload["type"],
        root_view_id=below.root_view_id if below else view_id,
        previous_view_id=below.id if below else None,
        state=initial_state(content["blocks"]),
        **content,
    )


def _updated(view: View, payload: Mapping[str, Any]) -> View:
    content = _content(payload)
    return replace(view, state=merged_state(content["blocks"], view.state), errors={}, **content)


def _content(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "callback_id": payload.get("callback_id") or "",
        "title": payload.get("title"),
        "submit": payload.get("submit"),
        "close": payload.get("close"),
        "blocks": with_ids(payload.get("blocks") or ()),
        "private_metadata": payload.get("private_metadata") or "",
        "external_id": payload.get("external_id") or "",
        "notify_on_close": bool(payload.get("notify_on_close")),
        "clear_on_close": bool(payload.get("clear_on_close")),
        "hash": f"{int(time.time())}.{secrets.token_hex(4)}",
    }
