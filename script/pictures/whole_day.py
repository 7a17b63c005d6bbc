"""The documents of a whole day of the cash desks: those of the scenario that the tests live."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures.album import Album
from pictures.sheets import DOTS_PER_INCH, first_page

ROOT = Path(__file__).parents[2]
SCENARIO = "tests/scenarios/test_whole_day.py"


def keep_documents(album: Album) -> None:
    """Live the day once more and keep ``dia-NN-<document>.png`` of every paper it made.

    Raises:
        CalledProcessError: the day did not end well.
        LookupError: it left no documents.
    """
    with TemporaryDirectory(prefix="tehuacan-day-") as folder:
        live = ("-m", "pytest", "-q", "-n", "0", f"--basetemp={folder}/dia", SCENARIO)
        subprocess.run([sys.executable, *live], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        papers = sorted({path.resolve() for path in Path(folder).glob("dia/*/papeles/*.pdf")})
        if not papers:
            raise LookupError(SCENARIO)
        for path in papers:
            album.save(f"dia-{path.stem}", first_page(path.read_bytes(), DOTS_PER_INCH))
