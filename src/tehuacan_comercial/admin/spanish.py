"""Makes the shell's own part of the help Spanish: titles, usage line, the help option."""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING, Any

_PHRASES = {
    "Arguments": "Argumentos",
    "Commands": "Órdenes",
    "Options": "Opciones",
    "[required]": "[obligatorio]",
    "required": "obligatorio",
    "[default: {}]": "[normal: {}]",
    "default: {default}": "normal: {default}",
    "[env var: {}]": "[variable: {}]",
    "env var: {var}": "variable: {var}",
    "Missing command.": "Falta decir qué hacer.",
    "No such command {name!r}.": "No existe la orden {name!r}.",
    "Try [blue]'{command_path} {help_option}'[/] for help.": (
        "Escriba [blue]'{command_path} {help_option}'[/] para ver la ayuda."
    ),
}
_original = gettext.gettext


def _spanish(message: str) -> str:
    return _PHRASES.get(message) or _original(message)


# The titles come through gettext and there is no Spanish catalogue to load; it must be in place
# before typer is imported, which is why this module is imported first.
gettext.gettext = _spanish

from typer.core import TyperCommand, TyperGroup  # noqa: E402

if TYPE_CHECKING:
    _Base = TyperCommand
else:
    _Base = object

_METAVARS = {"str": "TEXTO", "int": "NÚMERO", "Path": "RUTA"}


class _Spanish(_Base):
    """What commands and groups have in common."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Muestra esta ayuda."
        return option

    def get_usage(self, ctx: Any) -> str:
        pairs = {"Usage:": "Uso:", "[OPTIONS]": "[OPCIONES]", "COMMAND": "ORDEN", "[ARGS]": "[…]"}
        usage = super().get_usage(ctx)
        for english, spanish in pairs.items():
            usage = usage.replace(english, spanish)
        return usage


class SpanishCommand(_Spanish, TyperCommand):
    """A command whose help is Spanish throughout."""


class SpanishGroup(_Spanish, TyperGroup):
    """A group of commands whose help is Spanish throughout."""
