"""What a write changed, told to every screen; the same words travel between stations (D10)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of what is no longer as it was read. Screens look and decide."""

    accounts: frozenset[int] = frozenset()
    sessions: frozenset[int] = frozenset()
    topics: frozenset[str] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        """Both together."""
        return Changes(
            self.accounts | other.accounts,
            self.sessions | other.sessions,
            self.topics | other.topics,
        )

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.accounts or self.sessions or self.topics)


TOPICS = frozenset(
    {
        "account",
        "authorisation",
        "billing",
        "custody",
        "deposit",
        "payment",
        "period",
        "queue",
        "registry",
        "rules",
        "session",
        "staff",
        "surcharges",
        "voucher",
    }
)
"""What PostgreSQL announces; a test holds the posting functions to it."""

NOTHING = Changes()
EVERYTHING = Changes(topics=frozenset({"everything"}))
"""After a lost link nobody knows what was missed."""


def changes_of(topic: str, subject: str) -> Changes:
    """One notice of PostgreSQL as changes; an unknown topic is kept by name."""
    if topic == "payment":
        account, _, session = subject.partition("/")
        return Changes(_ids(account), _ids(session), frozenset({topic}))
    if topic in ("session", "custody"):
        return Changes(sessions=_ids(subject), topics=frozenset({topic}))
    if topic == "account":
        return Changes(accounts=_ids(subject), topics=frozenset({topic}))
    return Changes(topics=frozenset({topic}))


def _ids(text: str) -> frozenset[int]:
    return frozenset({int(text)}) if text.isdecimal() else frozenset()
