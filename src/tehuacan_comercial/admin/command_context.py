"""What every command takes from the options before it: on which database, and as whom."""

from __future__ import annotations

import typer

from tehuacan_comercial.admin.access import Access


def access_of(context: typer.Context) -> Access:
    """The options that stood before the command."""
    found = context.obj
    return found if isinstance(found, Access) else Access()
