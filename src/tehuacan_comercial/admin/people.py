"""``staff``: people who sign in."""

from __future__ import annotations

from tehuacan_comercial.admin.access import Access, open_office
from tehuacan_comercial.admin.passwords import new_password
from tehuacan_comercial.admin.say import DONE, NoError, say
from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.permissions import JOB_NAMES


def add(
    access: Access,
    username: str,
    job: str,
    full_name: str,
    position: str,
    password_stdin: bool,
) -> int:
    """Adds a person."""
    from tehuacan_comercial.services.sign_in import StaffService

    if job not in JOB_NAMES:
        known = ", ".join(f"{code} ({name})" for code, name in JOB_NAMES.items())
        raise NoError(f"No existe la función «{job}». Escriba una de: {known}.")
    with open_office(access) as office:
        password = new_password(username, password_stdin)
        service = StaffService(office.database, office.actor)
        revoked = service.add(username, full_name, position or JOB_NAMES[job], job, password)
    say(f"Se dio de alta a {full_name} ({username}) en {JOB_NAMES[job]}.")
    if revoked:
        names = ", ".join(JOB_NAMES.get(each, each) for each in revoked)
        say(
            f"{username} ya existía en este servidor con otra función ({names}); se le quitó. En"
            f" todas sus bases de datos le queda solo {JOB_NAMES[job]}."
        )
    return DONE


def disable(access: Access, username: str) -> int:
    """Takes a person's sign-in away."""
    from tehuacan_comercial.services.sign_in import StaffService

    with open_office(access) as office:
        StaffService(office.database, office.actor).disable(username)
    say(f"{username} ya no puede iniciar sesión. Lo que registró queda a su nombre.")
    return DONE


def password(access: Access, username: str, password_stdin: bool) -> int:
    """Gives a person a new password."""
    from tehuacan_comercial.services.sign_in import StaffService

    with open_office(access) as office:
        chosen = new_password(username, password_stdin)
        StaffService(office.database, office.actor).set_password(username, chosen)
    say(f"Se cambió la contraseña de {username}.")
    return DONE


def show(access: Access) -> int:
    """Lists everybody."""
    from tehuacan_comercial.data.queries.staff import staff

    with open_office(access) as office, office.database.read() as connection:
        people = staff(connection)
    for person in people:
        state = "activo" if person.active else "de baja"
        mark = "  DEMOSTRACIÓN" if person.is_demonstration else ""
        job = JOB_NAMES.get(person.job, person.job)
        say(f"{person.username:<24} {job:<26} {state:<8} {person.full_name}{mark}")
    say(f"{counted(len(people), 'persona', 'personas')}.")
    return DONE
