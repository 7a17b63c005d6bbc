"""``init`` and ``upgrade``: a database with schema, rules and somebody who administers."""

from __future__ import annotations

from sqlalchemy import text

from tehuacan_comercial.admin.access import Access, Office, open_office
from tehuacan_comercial.admin.passwords import new_password
from tehuacan_comercial.admin.say import DONE, NoError, say


def init(access: Access, username: str, full_name: str, password_stdin: bool) -> int:
    """Creates what is missing; what is there already stays as it is."""
    with open_office(access, create=True, upgrade=True) as office:
        _install(access, office)
        ensure_rules(office)
        _first_administrator(office, username, full_name, password_stdin)
    say("La instalación está completa. Abra la estación e inicie sesión.")
    return DONE


def upgrade(access: Access) -> int:
    """Brings the schema to this program's version."""
    with open_office(access, upgrade=True) as office:
        revision = _install(access, office)
    say(f"La base de datos está al día: revisión {revision}.")
    return DONE


def _install(access: Access, office: Office) -> str:
    """On the embedded database opening it did this already; on a server it is done here."""
    from tehuacan_comercial.data import schema

    if access.profile().embedded:
        return schema.program_version().revision
    version = schema.install(office.url(office.name))
    say(f"Esquema de la base «{office.name}»: revisión {version.revision}.")
    return version.revision


def ensure_rules(office: Office) -> None:
    """The rules that come with the program, where none are loaded: demonstration values."""
    from tehuacan_comercial.admin.rules import load_into
    from tehuacan_comercial.assets import resource

    if _exists(office, "SELECT EXISTS (SELECT FROM commercial.rule_set)"):
        return
    for line in load_into(office, resource("rules")):
        say(line)
    say("Las reglas que trae el programa son valores de DEMOSTRACIÓN; cargue las de la oficina.")


def _first_administrator(
    office: Office, username: str, full_name: str, password_stdin: bool
) -> None:
    from tehuacan_comercial.services.sign_in import StaffService

    there = (
        "SELECT EXISTS (SELECT FROM commercial.staff_member WHERE job = 'administrator' AND active)"
    )
    if _exists(office, there):
        say("Ya hay quien administra el sistema; no se dio de alta a nadie.")
        return
    if not full_name:
        raise NoError(
            "Falta quién administra: --administrator USUARIO --full-name «NOMBRE COMPLETO»."
        )
    password = new_password(username, password_stdin)
    StaffService(office.database, office.actor).add(
        username, full_name, "Administración del sistema", "administrator", password
    )
    say(f"{full_name} ({username}) administra el sistema.")


def _exists(office: Office, query: str) -> bool:
    with office.database.read() as connection:
        return bool(connection.execute(text(query)).scalar_one())
