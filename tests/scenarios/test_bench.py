"""script/bench runs whole and says what it measured; how fast is not asked here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "script" / "bench.py"
PARTS = ("charge", "crowd", "search", "billing", "paper", "window", "dashboard", "decisions")
FIGURES = {
    "receipt: thermal", "receipt: half_letter", "receipt: letter", "bills in one file",
    "billing: same indexes and keys", "billing: bare table", "charge",
    "charge: the call alone", "charge: the intent on disk alone", "charge: the server alone",
    "search", "search: common words", "start: sign-in painted", "start: from Enter to the till",
    "gap of the main thread", "dashboard: from commit to screen",
    "dashboard: gap of the main thread", "decision: a request, in the manager's inbox",
    "decision: decided at the dashboard, at the station",
    "decision: a transfer decided, at the station",
    "decision: decided on the spot, in the manager's inbox",
}  # fmt: skip


def test_every_figure_comes_with_its_limit_and_a_charge_is_one_commit(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--quick", "--only", *PARTS],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)},
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    gates = [line for line in lines if "round_trips" in line]
    figures = [line for line in lines if "round_trips" not in line]
    assert {line["bench"] for line in figures} == FIGURES
    assert {line["stations"] for line in figures if line["bench"] == "charge"} == {1, 8}
    for line in figures:
        assert line["ours_ms"]["median"] > 0
        assert line["ours_ms"]["p95"] >= line["ours_ms"]["median"]
        assert line["limit_ms"]["median"] > 0
        assert line["met"] in (True, False) if line["aim"] else line["met"] is None
    assert [(line["commits"], line["met"]) for line in gates] == [(1, True)]
    assert list(tmp_path.iterdir()) == [], "the office was not cleared away"
