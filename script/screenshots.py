"""Takes the pictures of ``docs/pictures`` from the real program, in a town made for them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import whole_day
from pictures.album import Album
from pictures.stage import keep_awake
from pictures.walk import walk

from tehuacan_comercial.bootstrap import prepare_home, window_settings
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.tour import ensure_station
from tehuacan_comercial.bootstrap.walker import Walker
from tehuacan_comercial.config import home
from tehuacan_comercial.ui.application import dress, make_application
from tehuacan_comercial.ui.theme.theme import Mode

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
ACCOUNTS, SEED = 400, 1


def main() -> int:
    """All pictures, or 1 and the picture of where the walk stopped."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory(prefix="tehuacan-pictures-") as folder:
        os.environ["TEHUACAN_HOME"] = folder
        tool = Path(sys.executable).with_name("tehuacan-admin")
        town = ("demo", "--accounts", str(ACCOUNTS), "--seed", str(SEED))
        subprocess.run([str(tool), *town], check=True, stdout=subprocess.DEVNULL)
        album = Album(FOLDER)
        whole_day.keep_documents(album)
        trouble = _walk(album)
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    album.clear_away()
    size = sum(path.stat().st_size for path in album.paths.values())
    print(f"{len(album.paths)} pictures, {size / 1e6:.1f} MB: {album.folder}")
    return 0


def _walk(album: Album) -> str:
    """Run the walk to its end; what went wrong, or nothing."""
    prepare_home(home())
    ensure_station()
    application = make_application(sys.argv[:1], window_settings())
    application.setCursorFlashTime(0)  # a cursor that blinks would change the pictures
    dress(application, Mode.LIGHT)
    keep_awake()
    door = FrontDoor(application, window_settings())
    ended: list[str] = []

    def finished(problem: str) -> None:
        ended.append(problem)
        if problem and door.station is not None:
            Album(Path.cwd()).keep("where-it-stopped", door.station.window)
        application.quit()

    door.crash.happened.connect(lambda incident: finished(incident.text()))
    walker = Walker(walk(door, album), finished)
    door.open()
    walker.start()
    application.exec()
    door.close()
    return ended[0] if ended else "the window was closed"


if __name__ == "__main__":
    sys.exit(main())
