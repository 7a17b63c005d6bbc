"""Where passwords come from: environment, standard input or keyboard; never an argument."""

from __future__ import annotations

import getpass
import os
import sys

from tehuacan_comercial.admin.say import NoError

VARIABLE = "TEHUACAN_PASSWORD"
SHORTEST = 10
"""Characters that a new password has at least."""


def own_password(user: str, from_stdin: bool) -> str:
    """The password of whoever runs the tool."""
    given = os.environ.get(VARIABLE)
    if given:
        return given
    return _line() if from_stdin else _asked(f"Contraseña de {user}: ")


def new_password(user: str, from_stdin: bool) -> str:
    """A password for somebody, asked twice at the keyboard.

    Raises:
        NoError: it is short, or the two differ.
    """
    chosen = _line() if from_stdin else _asked(f"Contraseña nueva de {user}: ")
    if len(chosen) < SHORTEST:
        raise NoError(
            f"La contraseña debe tener al menos {SHORTEST} caracteres. No se cambió nada."
        )
    if not from_stdin and _asked("Escríbala otra vez: ") != chosen:
        raise NoError("Las dos contraseñas no son iguales. No se cambió nada.")
    return chosen


def _line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise NoError(
            f"No hay teclado para pedir la contraseña; use --password-stdin o {VARIABLE}."
        )
    return getpass.getpass(prompt)
