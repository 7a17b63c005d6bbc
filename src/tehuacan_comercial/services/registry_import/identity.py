"""RFC, CURP, telephone, mail and postal code: what a correct one looks like."""

from __future__ import annotations

import re
from datetime import date

from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)
from stdnum.mx import curp as curp_rules
from stdnum.mx import rfc as rfc_rules

GENERIC_RFCS = ("XAXX010101000", "XEXX010101000")
"""The tax office's RFCs of the general public and of foreigners; they follow no check digit."""
_MAIL = re.compile(r"^[^@\s,;]+@[^@\s,;.]+(\.[^@\s,;.]+)+$")
_PREFIX = re.compile(r"^(\+?52(?=\d{10}$)|044(?=\d{10}$)|045(?=\d{10}$)|01(?=\d{10}$))")


class BadValueError(ValueError):
    """A value breaks a rule; the message is the Spanish reason."""


def read_rfc(text: str, check_digit: bool) -> str:
    """A complete RFC without spaces or dashes (12 characters a company, 13 a person).

    Raises:
        BadValueError: form, date or check digit is wrong.
    """
    bare = rfc_rules.compact(text)
    if bare in GENERIC_RFCS:
        return bare
    if len(bare) == 10:
        raise BadValueError("El RFC está incompleto: le falta la homoclave (3 caracteres).")
    try:
        return str(rfc_rules.validate(bare, validate_check_digits=check_digit))
    except InvalidLength as error:
        raise BadValueError("El RFC debe tener 13 caracteres (persona) o 12 (empresa).") from error
    except InvalidFormat as error:
        raise BadValueError("El RFC debe ser letras, fecha AAMMDD y homoclave.") from error
    except InvalidChecksum as error:
        raise BadValueError("El dígito verificador del RFC no corresponde.") from error
    except (InvalidComponent, ValidationError) as error:
        raise BadValueError("El RFC trae una fecha, iniciales u homoclave imposibles.") from error


def read_curp(text: str) -> str:
    """A CURP of 18 characters with its check digit right.

    Raises:
        BadValueError: form, date, state or check digit is wrong.
    """
    try:
        return str(curp_rules.validate(text))
    except InvalidLength as error:
        raise BadValueError("La CURP debe tener 18 caracteres.") from error
    except InvalidChecksum as error:
        raise BadValueError("El dígito verificador de la CURP no corresponde.") from error
    except (InvalidFormat, ValueError) as error:
        raise BadValueError("La CURP trae una fecha, sexo, entidad o forma imposibles.") from error


def birth_date(curp: str) -> date:
    """The day of birth in a checked CURP."""
    born = curp_rules.get_birth_date(curp)
    return date(born.year, born.month, born.day)


def read_phone(text: str) -> str:
    """Ten digits, without the country's 52 or the old 01, 044 and 045.

    Raises:
        BadValueError: there are not ten digits, or something else is written.
    """
    digits = _PREFIX.sub("", re.sub(r"[\s().\-/]", "", text))
    if re.fullmatch(r"\d{10}", digits):
        return digits
    raise BadValueError("El teléfono debe tener 10 dígitos, y sólo un número por celda.")


def read_mail(text: str) -> str:
    """A mail address in lower case.

    Raises:
        BadValueError: it has no name, @ or domain, or there are several.
    """
    if _MAIL.match(text):
        return text.lower()
    raise BadValueError("El correo debe tener la forma nombre@dominio, y sólo uno por celda.")


def read_postal_code(text: str) -> str:
    """Five digits; zeros lost at the left are put back.

    Raises:
        BadValueError: it is no number of up to five digits.
    """
    if re.fullmatch(r"\d{4,5}", text):
        return text.zfill(5)
    raise BadValueError("El código postal debe tener 5 dígitos.")
