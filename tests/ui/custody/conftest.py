"""The fixtures of the tab Caja, and those who receive and supervise."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.custody import SendWithdrawalCommand, Withdrawn
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tests.support.town import Town
from tests.ui.cash.conftest import (
    desk,
    make_station,
    session,
    sit_down,
    station,
    town,
)

__all__ = ["desk", "make_station", "session", "station", "town"]

HUNDRED = Decimal(100)


@pytest.fixture
def elena(town: Town, tmp_path: Path) -> Iterator[Desk]:
    made = sit_down(town, "elena", tmp_path / "elena")
    yield made
    made.close()


@pytest.fixture
def manager(town: Town, tmp_path: Path) -> Iterator[Desk]:
    made = sit_down(town, "gerente", tmp_path / "gerente")
    yield made
    made.close()


def send(desk: Desk, session: SessionRow, hundreds: int) -> Withdrawn:
    """Notes of a hundred out of the float of five."""
    order = SendWithdrawalCommand(new_command_id(), session.session_id, {HUNDRED: hundreds})
    return desk.custody.send_withdrawal(order)


def type_pieces(grid: DenominationGrid, name: str, pieces: str) -> None:
    """Count a denomination by its spoken name, as a person types it."""
    field = next(each for each in grid.findChildren(QLineEdit) if each.accessibleName() == name)
    field.clear()
    field.setFocus()
    QTest.keyClicks(field, pieces)
