"""``verify``, ``backup`` and ``restore``: the books whole, kept, and brought back."""

from __future__ import annotations

from pathlib import Path

from tehuacan_comercial.admin.access import Access, Office, open_office
from tehuacan_comercial.admin.say import DONE, REFUSED, NoError, complain, progress, say
from tehuacan_comercial.domain.counting import counted

_SHOWN = 200


def verify(access: Access) -> int:
    """Recomputes every invariant; 1 when any is broken."""
    with open_office(access) as office:
        sentences = _violations(office, office.name)
    if not sentences:
        say("Los libros están completos: no se encontró ninguna falta.")
        return DONE
    for sentence in sentences[:_SHOWN]:
        complain(sentence)
    more = len(sentences) - _SHOWN
    if more > 0:
        complain(f"… y {more} más.")
    say(f"Faltas encontradas: {len(sentences):,}.")
    return REFUSED


def backup(access: Access, file: Path) -> int:
    """Dumps the database into a file."""
    from tehuacan_comercial.data.backup import backup as dump
    from tehuacan_comercial.data.backup import note_backup

    with open_office(access) as office, progress() as bar:
        bar.step(1, 1, "Respaldando")
        server = office.server
        login = (server.address, server.user, server.password)
        facts = dump(*login, office.name, file.absolute(), sslmode=server.sslmode)
        note_backup(office.database, facts)
    say(f"Respaldo: {facts.file}")
    say(f"{facts.size:,} bytes en {facts.seconds:.1f} s. SHA-256 {facts.sha256}")
    return DONE


def restore(access: Access, file: Path, into: str, only_try: bool) -> int:
    """Restores into a scratch database, verifies it, and only then puts it in its place."""
    from tehuacan_comercial.data import backup as tools

    with open_office(access) as office, progress() as bar:
        server = office.server
        login, mode = (server.address, server.user, server.password), server.sslmode

        def check(scratch: str) -> None:
            bar.step(2, 3, "Verificando la copia")
            _require_sound(office, scratch)

        bar.step(1, 3, "Restaurando en una base de ensayo")
        if only_try:
            facts = tools.try_restore(*login, file.absolute(), sslmode=mode, verify=check)
        else:
            # Our own connections would end with those of everybody else.
            office.database.close()
            target = into or office.name
            facts = tools.restore(*login, target, file.absolute(), sslmode=mode, verify=check)
    if only_try:
        say(f"El respaldo {file} se restauró en una base de ensayo y está completo.")
    else:
        say(f"La base «{target}» es ahora la del respaldo {file}; la anterior se conservó aparte.")
    say(f"{facts.size:,} bytes en {facts.seconds:.1f} s.")
    return DONE


def _require_sound(office: Office, scratch: str) -> None:
    sentences = _violations(office, scratch)
    for sentence in sentences[:_SHOWN]:
        complain(sentence)
    if sentences:
        raise NoError(
            f"La copia tiene {counted(len(sentences), 'falta', 'faltas')}. No se cambió nada."
        )


def _violations(office: Office, name: str) -> list[str]:
    from tehuacan_comercial.services.receipts import ReceiptsService
    from tehuacan_comercial.services.verify import VerifyService

    database = office.open(name)
    # Only draws: nothing is printed or kept, so no folder of this station is touched.
    sheets = ReceiptsService(database, office.actor, Path())
    try:
        with progress() as bar:
            found = VerifyService(database, office.actor, sheets.fingerprint).run(bar.step)
    finally:
        database.close()
    return [f"{violation.subject}: {violation.sentence}" for violation in found]
