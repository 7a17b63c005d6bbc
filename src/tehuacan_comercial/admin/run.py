"""Runs one command and answers with an exit code; what went wrong is told in Spanish."""

from __future__ import annotations

from collections.abc import Sequence

from tehuacan_comercial.admin.say import (
    DONE,
    REFUSED,
    TROUBLE,
    USAGE,
    NoError,
    complain,
    exit_code_of,
    refusal_lines,
)
from tehuacan_comercial.domain.refusals import Refusal


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code: 0 done, 1 refused, 2 usage, 3 trouble."""
    from tehuacan_comercial.admin.command_line import app

    try:
        answer = app(args=list(arguments), prog_name="tehuacan-admin", standalone_mode=False)
    except NoError as refused:
        complain(str(refused))
        return REFUSED
    except Refusal as refused:
        for line in refusal_lines(refused):
            complain(line)
        return exit_code_of(refused)
    except KeyboardInterrupt:
        complain("Interrumpido. Lo que no se terminó no quedó registrado.")
        return TROUBLE
    except OSError as error:
        complain(f"No se pudo usar {error.filename or 'el equipo'}: {error.strerror or error}")
        return TROUBLE
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        complain(_usage(error))
        return USAGE
    return answer if isinstance(answer, int) else DONE


def _usage(error: Exception) -> str:
    """A wrong command line, in Spanish as far as it is known what is wrong."""
    name = type(error).__name__
    said = str(getattr(error, "format_message")())  # noqa: B009 - of the vendored click
    if name == "NoArgsIsHelpError":
        return said
    option = getattr(error, "option_name", "")
    param = getattr(error, "param", None)
    shown = "/".join(getattr(param, "opts", [])) or getattr(param, "name", "")
    sentences = {
        "NoSuchOption": f"No existe la opción {option}.",
        "MissingParameter": f"Falta {shown}.",
        "BadParameter": f"El valor de {shown} no sirve: {getattr(error, 'message', said)}",
    }
    hint = "Escriba «tehuacan-admin --help» o «tehuacan-admin ORDEN --help» para ver la ayuda."
    return f"{sentences.get(name, said)}\n{hint}"
