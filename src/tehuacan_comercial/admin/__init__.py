"""Office tools (``tehuacan-admin``): install, upgrade, people, rules, registry, billing, books."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command and leave with its exit code (0 done, 1 refused, 2 usage, 3 trouble)."""
    from tehuacan_comercial.admin.run import run

    sys.exit(run(sys.argv[1:]))
