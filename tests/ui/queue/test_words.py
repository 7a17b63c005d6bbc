"""Durations, ages and estimates as the queue says them."""

from __future__ import annotations

import pytest

from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.domain.queue_estimate import WaitEstimate
from tehuacan_comercial.ui.queue.words import (
    age,
    age_pill,
    ahead_words,
    state_pill,
    stopwatch,
)


def test_ages_and_stopwatch() -> None:
    assert [age(each) for each in (0.4, 1, 12.9, 60, 125)] == [
        "Recién llega", "1 min", "12 min", "1 h 00", "2 h 05",
    ]  # fmt: skip
    assert [stopwatch(each) for each in (0, 4.15, 61.5)] == ["00:00", "04:09", "1:01:30"]


@pytest.mark.parametrize(
    ("minutes", "tone"), [(0, "ok"), (11.9, "ok"), (12, "warn"), (16, "danger")]
)
def test_a_wait_is_coloured_by_its_target(minutes: float, tone: str) -> None:
    assert age_pill(minutes, 15).tone == tone


def test_estimates_are_rounded_up_and_never_promised() -> None:
    assert ahead_words(WaitEstimate(0, 0)) == "Nadie antes · pasa en un momento"
    assert ahead_words(WaitEstimate(1, 1)) == "1 persona antes · unos 5 min"
    assert ahead_words(WaitEstimate(7, 21)) == "7 personas antes · unos 25 min"
    assert ahead_words(WaitEstimate(2, None)).endswith("todavía no abre su ventanilla")


def test_every_state_has_word_icon_and_colour() -> None:
    assert len({state_pill(state.value).text for state in RequestState}) == len(RequestState)
