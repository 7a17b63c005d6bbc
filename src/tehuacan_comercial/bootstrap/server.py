"""The server a station talks to: the embedded one, made ready, or the office's by URL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tehuacan_comercial.config import Secrets, StationProfile, embedded_folder

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ReadyServer:
    """A server that answers: how to sign in, and what the sign-in window should say.

    ``revive`` starts a server that fell, where it is ours to start; ``stop`` ends what was started
    for this station alone. ``replica_url`` names a server to read from, where there is one.
    """

    login_url: Callable[[str, str], str]
    sentence: str
    hint: str
    revive: Callable[[], object]
    stop: Callable[[], object]
    replica_url: Callable[[str, str], str] | None = None


def prepare(profile: StationProfile, say: Say, *, dashboard: bool = False) -> ReadyServer:
    """Start what must be started, off the window's thread; ``dashboard`` for whose window it is.

    Raises:
        ServerUnreachable: no server answers.
        ProfileError: the station's file names no server.
    """
    return _embedded(profile, say, dashboard) if profile.embedded else _office(profile)


def _embedded(profile: StationProfile, say: Say, dashboard: bool) -> ReadyServer:
    from tehuacan_comercial.data.embedded_home import DATABASE, open_embedded

    cluster = open_embedded(embedded_folder(), Secrets(), say)

    def login_url(username: str, password: str) -> str:
        return cluster.url(username, password, DATABASE)

    hint = _hint(cluster.superuser_url(DATABASE), profile.till, dashboard)
    sentence = "Base de datos de este equipo lista."
    return ReadyServer(login_url, sentence, hint, cluster.start, cluster.stop_if_unused)


def _hint(superuser_url: str, till: str, dashboard: bool) -> str:
    """Whom to sign in as, where nobody but demonstration people exist; or how to begin."""
    from tehuacan_comercial.data.queries.staff import known_staff
    from tehuacan_comercial.services.demo.staff import CASHIERS, MANAGER, PASSWORD

    people = known_staff(superuser_url)
    if not people:
        return (
            "Esta base todavía no tiene personal. Para una demostración ejecute "
            "«tehuacan-admin demo»; para la oficina, «tehuacan-admin init»."
        )
    names = {person.username for person in people}
    who = MANAGER if dashboard else CASHIERS.get(till, CASHIERS["C1"])
    if who in names and all(person.is_demonstration for person in people):
        return f"Base de DEMOSTRACIÓN: entre con {who} y la contraseña {PASSWORD}."
    return ""


def _office(profile: StationProfile) -> ReadyServer:
    from urllib.parse import urlsplit

    from tehuacan_comercial.data.reach import require_answer

    require_answer(profile.login_url("", ""))
    host = urlsplit(profile.server).hostname or ""
    return ReadyServer(
        profile.login_url,
        f"Servidor {host} listo.",
        "",
        lambda: None,
        lambda: None,
        profile.replica_url if profile.read_url else None,
    )
