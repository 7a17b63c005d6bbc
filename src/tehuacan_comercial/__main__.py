"""Start a station: ``tehuacan-comercial``, or a double click; ``tablero`` opens the manager's."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tehuacan_comercial import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the station's window and stay until it is closed; the exit code of the process."""
    asked = _parser().parse_args(arguments)
    if asked.autorecorrido:
        from tehuacan_comercial.bootstrap.tour import take_tour

        return take_tour()
    from tehuacan_comercial.bootstrap import open_station

    return open_station(dashboard=asked.ventana == "tablero")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tehuacan-comercial",
        description="Ventanilla, cajas y gerencia comercial del organismo operador de agua.",
        add_help=False,
    )
    parser.add_argument(
        "ventana",
        nargs="?",
        choices=["tablero"],
        help="«tablero» abre el tablero de la gerencia; sin nada, la estación",
    )
    parser.add_argument("-h", "--help", action="help", help="muestra esta ayuda")
    parser.add_argument(
        "--version",
        action="version",
        version=f"Tehuacán Comercial {__version__}",
        help="muestra la versión",
    )
    parser.add_argument(
        "--autorecorrido",
        action="store_true",
        help="hace un día de caja sin pantalla sobre la demostración y dice dónde quedó el papel",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
