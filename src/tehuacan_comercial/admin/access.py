"""Which database the tools act on, and as whom: this computer's own, or the office's server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tehuacan_comercial import __version__
from tehuacan_comercial.admin.passwords import own_password
from tehuacan_comercial.admin.say import NoError, complain

if TYPE_CHECKING:
    from tehuacan_comercial.config import StationProfile
    from tehuacan_comercial.data.backup import Server
    from tehuacan_comercial.data.embedded import EmbeddedCluster
    from tehuacan_comercial.data.engine import Database
    from tehuacan_comercial.services.actor import Actor

STATION = "ADMIN"
"""How the tools sign what they do, in place of a station."""

NOT_YET = "Este equipo todavía no tiene base de datos. Ejecute antes «tehuacan-admin init»."


@dataclass(frozen=True, slots=True)
class Access:
    """What was said on the command line; empty ``server`` means as the station's profile says."""

    server: str = ""
    sslmode: str = ""
    user: str = ""
    password_stdin: bool = False

    def profile(self) -> StationProfile:
        """The station's profile with the command line on top."""
        from dataclasses import replace

        from tehuacan_comercial.config import load_profile

        found = load_profile()
        found = replace(found, server=self.server) if self.server else found
        return replace(found, sslmode=self.sslmode) if self.sslmode else found


@dataclass(frozen=True, slots=True)
class Office:
    """An open database, who acts on it, and the server below it for backups.

    ``server`` has the same user; ``urls`` makes the URL of another database of that server.
    """

    database: Database
    actor: Actor
    server: Server
    name: str

    def url(self, database: str) -> str:
        """The URL of another database of the same server, as the same user."""
        return str(self.database.url.set(database=database).render_as_string(hide_password=False))

    def open(self, database: str) -> Database:
        """Another database of the same server, as the same user; the caller closes it."""
        from tehuacan_comercial.data.engine import Database

        return Database(self.url(database), station=STATION)


@contextmanager
def open_office(access: Access, *, create: bool = False, upgrade: bool = False) -> Iterator[Office]:
    """The office's database. ``create`` makes this computer's own if there is none.

    ``upgrade`` goes on with a schema of another version, which is otherwise refused.

    Raises:
        NoError: there is no database yet, or the address cannot be used.
        Refusal: what the server said.
    """
    profile = access.profile()
    if not profile.embedded:
        with _on_server(access, profile, upgrade) as office:
            yield office
        return
    with own_cluster(create=create) as cluster, _on_cluster(cluster, access) as office:
        yield office


@contextmanager
def own_cluster(*, create: bool = False) -> Iterator[EmbeddedCluster]:
    """This computer's cluster, up to date; stopped again if it was not running and nobody came."""
    from tehuacan_comercial.config import Secrets, embedded_folder
    from tehuacan_comercial.data.embedded import EmbeddedCluster
    from tehuacan_comercial.data.embedded_home import open_embedded

    folder = embedded_folder()
    if not create and not (folder / "PG_VERSION").is_file():
        raise NoError(NOT_YET)
    was_running = EmbeddedCluster(folder, Secrets()).is_running()
    cluster = open_embedded(folder, Secrets(), complain)
    try:
        yield cluster
    finally:
        if not was_running and not _somebody_came(cluster):
            cluster.stop()


def _somebody_came(cluster: EmbeddedCluster) -> bool:
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    engine = create_engine(cluster.superuser_url(), poolclass=NullPool)
    query = (
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'client backend'"
        " AND pid <> pg_backend_pid())"
    )
    with engine.connect() as connection:
        return bool(connection.execute(text(query)).scalar_one())


@contextmanager
def _on_cluster(cluster: EmbeddedCluster, access: Access) -> Iterator[Office]:
    """As the named person, or else as the cluster's own superuser, and this is said."""
    from sqlalchemy import make_url

    from tehuacan_comercial.data.backup import Server
    from tehuacan_comercial.data.embedded_home import DATABASE

    if access.user:
        password = own_password(access.user, access.password_stdin)
        url = cluster.url(access.user, password, DATABASE)
    else:
        complain("Se actúa con la cuenta interna de la base de datos de este equipo.")
        url = cluster.superuser_url(DATABASE)
    parts = make_url(url)
    server = Server(cluster.address, parts.username or "", parts.password or "")
    with _opened(url, server, DATABASE) as office:
        yield office


@contextmanager
def _on_server(access: Access, profile: StationProfile, upgrade: bool) -> Iterator[Office]:
    from tehuacan_comercial.config import ProfileError
    from tehuacan_comercial.data import schema
    from tehuacan_comercial.data.backup import Server
    from tehuacan_comercial.data.embedded import ServerAddress

    if not access.user:
        raise NoError("Diga con qué usuario entrar al servidor de la oficina: --user USUARIO.")
    password = own_password(access.user, access.password_stdin)
    try:
        url = profile.login_url(access.user, password)
    except ProfileError as error:
        raise NoError(str(error)) from error
    parts = urlsplit(url)
    address = ServerAddress(parts.hostname or "", parts.port or 5432)
    server = Server(address, access.user, password, profile.sslmode)
    with _opened(url, server, parts.path.strip("/")) as office:
        if not upgrade:
            with office.database.read() as connection:
                schema.compare(connection)
        yield office


@contextmanager
def _opened(url: str, server: Server, name: str) -> Iterator[Office]:
    from tehuacan_comercial.data.engine import Database

    database = Database(url, station=STATION)
    try:
        actor = _actor(database)
        if actor.username:  # sign-ins of staff are recorded here as at a station (N7)
            database.call("sign_in", {"program_version": __version__, "failed": []})
        yield Office(database, actor, server, name)
    finally:
        database.close()


def _actor(database: Database) -> Actor:
    """The member of staff of that user name; anybody else is the server's own account."""
    from sqlalchemy import text

    from tehuacan_comercial.services.actor import OFFICE, Actor

    with database.read() as connection:
        known = "SELECT to_regclass('commercial.staff_member')"
        if connection.execute(text(known)).scalar() is None:
            return OFFICE
        query = text(
            "SELECT username, full_name, position, job, is_demonstration FROM staff_member"
            " WHERE username = session_user AND active"
        )
        row = connection.execute(query).one_or_none()
    return OFFICE if row is None else Actor(*row)
