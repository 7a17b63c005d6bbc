"""A number with its noun: one of a thing is said in the singular."""

from __future__ import annotations


def counted(number: int, one: str, many: str) -> str:
    """``1 ruta``, ``0 rutas``, ``1,204 rutas``; *one* and *many* are what follows the number."""
    return f"{number:,} {one if number == 1 else many}"
