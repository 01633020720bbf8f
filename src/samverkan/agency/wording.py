"""Texts that anybody may read are looked through here, before they leave: the officer sees it at once."""

from __future__ import annotations

from samverkan.domain.normalise import forms_of
from samverkan.domain.normalise.identifying import identifying
from samverkan.domain.pack import Pack
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.v1 import Malformed, Message, from_body, public_texts, to_body


def sayable(pack: Pack, body: Message) -> Refused | None:
    """Whether the message may go to steering: its fields have their forms, and no open text of it
    points somebody out (ADR 22)."""
    try:
        from_body(to_body(body), type(body))
    except Malformed:
        return refuse(Code.FORM_INVALID)
    forms = forms_of(pack.writing)
    points = any(identifying(text, forms) for text in public_texts(body))
    return refuse(Code.TEXT_IDENTIFIES) if points else None
