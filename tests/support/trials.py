"""How many trials of each race and fault were run, and with which seed: told after every run."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

SEED_VARIABLE = "TEHUACAN_SEED"
_PROPERTY = "trials"


@dataclass
class Trials:
    """A test's counter, and the randomness that the run's seed gives to it alone."""

    rng: random.Random
    done: int = 0

    def add(self, count: int = 1) -> None:
        """So many payments, or faults, were tried."""
        self.done += count


def pytest_configure(config: pytest.Config) -> None:
    """The process that leads the run chooses the seed; its workers inherit it."""
    if not os.environ.get(SEED_VARIABLE):
        os.environ[SEED_VARIABLE] = str(secrets.randbelow(10**8))


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Iterator[Trials]:
    """Count with it; the sum is printed at the end of the run."""
    node = request.node
    made = Trials(random.Random(f"{os.environ[SEED_VARIABLE]}/{node.nodeid}"))
    yield made
    node.user_properties.append((_PROPERTY, made.done))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each test that counted, their sum, and the seed to run them again."""
    counted: dict[str, int] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == _PROPERTY:
                    counted[report.nodeid] = int(value)
    if not counted:
        return
    terminalreporter.section("trials of races and faults")
    for nodeid, count in sorted(counted.items()):
        terminalreporter.write_line(f"{count:6d}  {nodeid}")
    seed = os.environ[SEED_VARIABLE]
    terminalreporter.write_line(f"{sum(counted.values()):6d}  in all; {SEED_VARIABLE}={seed}")
