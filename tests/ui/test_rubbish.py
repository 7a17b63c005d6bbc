from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tehuacan_comercial.ui import rubbish


@pytest.fixture(autouse=True)
def _thaw(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(rubbish, "_settled", False)
    yield
    gc.unfreeze()


def test_what_a_station_loaded_is_set_aside_once() -> None:
    rubbish.settle()
    kept = gc.get_freeze_count()
    later: list[list[int]] = [[] for _ in range(1000)]  # what the next person's windows are made of
    rubbish.settle()
    assert kept > 0
    assert gc.get_freeze_count() <= kept
    assert len(later) == 1000
