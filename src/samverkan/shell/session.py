"""Signed-in sessions of one party.

The browser holds a random token in a host-only cookie; the store knows only its SHA-256, so that
a copied store signs nobody in. A session ends when it has been idle too long and, whatever its
use, when it is too old. Signing in always draws a new token (session fixation).
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from samverkan.kernel.ids import Randomness, UserId
from samverkan.kernel.purpose import Clock

COOKIE = "__Host-session"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_WORTH_WRITING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session may be idle, and how old it may become."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, since when, and until when if nothing more is asked."""

    user_id: UserId
    begun_at: datetime
    expires_at: datetime


class SessionStore(Protocol):
    """Where a party keeps its sessions. `digest` is the SHA-256 of the token, 32 bytes."""

    def get(self, digest: bytes) -> Session | None:
        """The session of the digest, expired or not."""

    def put(self, digest: bytes, session: Session) -> None:
        """Keep a new session."""

    def extend(self, digest: bytes, expires_at: datetime) -> None:
        """Move the end of a session that is still there; never bring a dropped one back."""

    def drop(self, digest: bytes) -> None:
        """Forget a session; it may already be gone."""


class MemorySessions:
    """Sessions of one process, gone when it stops. For one machine and for tests."""

    def __init__(self) -> None:
        self._kept: dict[bytes, Session] = {}
        self._lock = Lock()

    def get(self, digest: bytes) -> Session | None:
        """See `SessionStore`."""
        return self._kept.get(digest)

    def put(self, digest: bytes, session: Session) -> None:
        """See `SessionStore`; what expired before this one began is swept out."""
        with self._lock:
            dead = [key for key, old in self._kept.items() if old.expires_at <= session.begun_at]
            for key in dead:
                del self._kept[key]
            self._kept[digest] = session

    def extend(self, digest: bytes, expires_at: datetime) -> None:
        """See `SessionStore`."""
        with self._lock:
            kept = self._kept.get(digest)
            if kept is not None:
                self._kept[digest] = Session(kept.user_id, kept.begun_at, expires_at)

    def drop(self, digest: bytes) -> None:
        """See `SessionStore`."""
        with self._lock:
            self._kept.pop(digest, None)


@dataclass(frozen=True, slots=True)
class Sessions:
    """Begins, finds and ends the sessions of one party."""

    store: SessionStore
    clock: Clock
    randomness: Randomness
    limits: Limits = Limits()

    def draw(self) -> str:
        """A new token: 32 random bytes in base64url, 43 characters."""
        return urlsafe_b64encode(self.randomness(32)).rstrip(b"=").decode()

    def begin(self, user_id: UserId) -> str:
        """Sign the officer in; the answer is the token for the cookie, known to nobody else."""
        token, now = self.draw(), self.clock()
        session = Session(user_id, begun_at=now, expires_at=self._end(now, now))
        self.store.put(digest_of(token), session)
        return token

    def find(self, token: str) -> Session | None:
        """The session in force under this token; its use postpones its idle end."""
        digest, now = digest_of(token), self.clock()
        session = self.store.get(digest)
        if session is None:
            return None
        if now >= session.expires_at:
            self.store.drop(digest)
            return None
        later = self._end(session.begun_at, now)
        if later - session.expires_at >= _WORTH_WRITING:
            self.store.extend(digest, later)
        return session

    def end(self, token: str) -> None:
        """Sign out."""
        self.store.drop(digest_of(token))

    def _end(self, begun: datetime, used: datetime) -> datetime:
        return min(used + self.limits.idle, begun + self.limits.absolute)


def well_formed(token: str | None) -> bool:
    """Whether a cookie value can be a token at all."""
    return token is not None and _TOKEN.fullmatch(token) is not None


def digest_of(token: str) -> bytes:
    """What the store may know of a token."""
    return hashlib.sha256(token.encode()).digest()
