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

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption  # noqa: E402

if TYPE_CHECKING:
    _Base = TyperCommand
else:
    _Base = object

_TYPES: dict[str, str | None] = {
    "<str>": "TEXTO",
    "<int>": "NÚMERO",
    "<int range>": "NÚMERO",
    "<path>": "ARCHIVO",
    "<bool>": None,
}
"""What an option takes; a switch takes nothing. Dates and choices say it themselves."""


_english_type = TyperOption.display_type


def _spanish_type(option: TyperOption, ctx: Any) -> str | None:
    said = _english_type(option, ctx)
    return _TYPES.get(said, said)


# An option says in Spanish what it takes; an argument has said it with its name.
setattr(TyperOption, "display_type", _spanish_type)  # noqa: B010 - of another's class
setattr(TyperArgument, "display_type_rich", lambda _argument, ctx: None)  # noqa: B010, ARG005


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
