"""``bank``: the accounts of the office that deposit slips name."""

from __future__ import annotations

from sqlalchemy import text

from tehuacan_comercial.admin.access import Access, open_office
from tehuacan_comercial.admin.say import DONE, NoError, say
from tehuacan_comercial.domain.check_digits import is_clabe
from tehuacan_comercial.domain.counting import counted


def add_account(access: Access, code: str, bank: str, name: str, clabe: str) -> int:
    """Adds or changes an account, with its own in the books."""
    digits = clabe.replace(" ", "")
    if not is_clabe(digits):
        raise NoError(f"«{clabe}» no es una CLABE: son 18 dígitos y el último comprueba los demás.")
    command = {"code": code, "bank": bank, "name": name, "clabe": digits}
    with open_office(access) as office:
        office.database.call("save_bank_account", command)
    say(f"Cuenta {code}: {bank}, {name}. En los libros es BANK_{code}.")
    return DONE


def show_accounts(access: Access) -> int:
    """Lists the accounts."""
    query = "SELECT code, bank, name, clabe, active FROM bank_account ORDER BY code"
    with open_office(access) as office, office.database.read() as connection:
        rows = connection.execute(text(query)).all()
    for code, bank, name, clabe, active in rows:
        state = "" if active else "  fuera de uso"
        say(f"{code:<10} {bank:<16} {name:<30} {clabe}{state}")
    say(f"{counted(len(rows), 'cuenta bancaria', 'cuentas bancarias')}.")
    return DONE
