"""What is sent to the door of Slack is looked at before Bolt is: signature, size and form.

Bolt fails with 500 on a timestamp that is no number, on bytes that are no UTF-8 and on JSON that is nested
without end. Here whatever did not come from Slack is refused with 400, 401 or 413.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from slack_sdk.signature import SignatureVerifier

MOST_BYTES: Final = 1_000_000  # Slack sends a few thousand
DEEPEST: Final = 60  # levels of nesting; Slack sends about a dozen
_TIMESTAMP: Final = re.compile(r"\d{1,12}", re.ASCII)
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class Refused(Exception):  # noqa: N818 (a status for whoever sent it, and no fault of this program)
    """The request is answered with ``status`` alone."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


class Part(BaseModel):
    """The parts of a payload that Bolt looks into, each of the kind that it takes for granted."""

    model_config = ConfigDict(extra="allow")

    type: str | None = None
    event: EventPart | None = None
    authorizations: list[Part] | None = None
    enterprise: Part | str | None = None
    team: Part | str | None = None
    user: Part | str | None = None
    channel: Part | str | None = None
    view: Part | None = None
    item: Part | None = None
    message: Part | None = None
    previous_message: Part | None = None
    assistant_thread: Part | None = None
    function_data: Part | None = None
    state: Part | None = None
    actions: Annotated[list[ActionPart], Field(min_length=1)] | None = None
    id: str | None = None
    team_id: str | None = None
    user_id: str | None = None
    channel_id: str | None = None
    enterprise_id: str | None = None
    thread_ts: str | None = None
    response_url: str | None = None
    command: str | None = None
    callback_id: str | None = None


class EventPart(Part):
    """An event always says which one it is."""

    type: str


class ActionPart(Part):
    """So does an action."""

    type: str
    action_id: str
    block_id: str = ""


_PAYLOAD: Final = TypeAdapter(Part)
_NEVER_NULL: Final = ("event",)  # Bolt takes it for a mapping wherever it is named


def check_signature(headers: Mapping[str, str], body: bytes, verifier: SignatureVerifier) -> None:
    """Raises :class:`Refused` (401) unless Slack signed ``body`` within the last five minutes.

    ``headers`` are named in lower case. The comparison takes the same time for every signature.
    """
    timestamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
        raise Refused(401)
    text = decoded(body)
    if not verifier.is_valid(text, timestamp, signature):
        raise Refused(401)


def decoded(body: bytes) -> str:
    """``body`` as text; :class:`Refused` (400) for what is no UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400) from error


def check_payload(text: str, content_type: str) -> None:
    """Raises :class:`Refused` (400) unless ``text`` is a payload of Slack's, as JSON or as a form."""
    is_json = content_type.partition(";")[0].strip() == "application/json" or text.startswith("{")
    try:
        payload = json.loads(text) if is_json else _of_form(text)
        if not isinstance(payload, dict) or _deeper_than(payload, DEEPEST):
            raise Refused(400)
        if any(payload.get(name, "") is None for name in _NEVER_NULL):
            raise Refused(400)
        _PAYLOAD.validate_python(payload)
        json.dumps(payload, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused(400) from error


def _of_form(text: str) -> object:
    fields = dict(parse_qsl(text, keep_blank_values=True))
    return json.loads(fields["payload"]) if "payload" in fields else fields


def _deeper_than(payload: object, most: int) -> bool:
    level = [payload]
    for _ in range(most):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
        if not inner:
            return False
        level = inner
    return True
