"""How the queue speaks: durations, ages against their target, states."""

from __future__ import annotations

from datetime import datetime

from tehuacan_comercial.domain.lifecycles import SERVICE_REQUEST, RequestState
from tehuacan_comercial.domain.queue_estimate import WaitEstimate
from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.pill import Pill

SOON = 0.8
"""Share of a target from which its colour warns."""

_ICONS: dict[Tone, str] = {"ok": "clock", "warn": "hourglass", "danger": "triangle-alert"}
_STATES: dict[RequestState, tuple[Tone, str]] = {
    RequestState.WAITING: ("info", "clock"),
    RequestState.CALLED: ("accent", "bell"),
    RequestState.SERVING: ("ok", "user"),
    RequestState.ON_HOLD: ("warn", "pause"),
    RequestState.TRANSFERRED: ("neutral", "arrow-right-left"),
    RequestState.DONE: ("ok", "circle-check"),
    RequestState.NO_SHOW: ("danger", "circle-x"),
    RequestState.ABANDONED: ("neutral", "undo-2"),
}


def minutes_between(since: datetime, now: datetime) -> float:
    """Minutes from one moment to another; none when the clock seems to run backwards."""
    return max((now - since).total_seconds() / 60, 0.0)


def age(minutes: float) -> str:
    """``12 min``, ``1 h 05``; less than a minute is said in words."""
    if minutes < 1:
        return "Recién llega"
    hours, rest = divmod(int(minutes), 60)
    return f"{hours} h {rest:02}" if hours else f"{rest} min"


def stopwatch(minutes: float) -> str:
    """``04:09``, with hours once there are some."""
    seconds = int(minutes * 60)
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{clock}" if hours else clock


def tone_of(minutes: float, target: int) -> Tone:
    """Well within the target, near it, or beyond."""
    if minutes > target:
        return "danger"
    return "warn" if minutes >= target * SOON else "ok"


def age_pill(minutes: float, target: int) -> Pill:
    """The wait as icon, words and colour."""
    tone = tone_of(minutes, target)
    return Pill(age(minutes), tone, _ICONS[tone])


def state_pill(state: str) -> Pill:
    """A state of a turn."""
    known = RequestState(state)
    tone, icon = _STATES[known]
    return Pill(SERVICE_REQUEST.labels[known].capitalize(), tone, icon)


def ahead_words(estimate: WaitEstimate) -> str:
    """``3 personas antes · unos 15 min``."""
    people = {0: "Nadie antes", 1: "1 persona antes"}.get(
        estimate.ahead, f"{estimate.ahead} personas antes"
    )
    return f"{people} · {wait_words(estimate.minutes)}"


def wait_words(minutes: float | None) -> str:
    """``pasa en un momento``, ``unos 15 min``; rounded up to five minutes, never promised."""
    if minutes is None:
        return "todavía no abre su ventanilla"
    if minutes < 1:
        return "pasa en un momento"
    return f"unos {5 * -int(-minutes // 5)} min"
