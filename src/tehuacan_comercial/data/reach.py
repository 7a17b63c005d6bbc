"""Whether a server answers at all, asked before anybody signs in."""

from __future__ import annotations

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping
from sqlalchemy import make_url

from tehuacan_comercial.domain.refusals import ServerUnreachable

_SENTENCES = {
    Ping.REJECT: "El servidor está arrancando o no admite más conexiones.",
    Ping.NO_RESPONSE: "Nadie contesta en esa dirección y puerto.",
    Ping.NO_ATTEMPT: "La dirección no se entiende.",
}


def require_answer(url: str) -> None:
    """Go on only when a PostgreSQL server answers at the URL; user and password play no part.

    Raises:
        ServerUnreachable: saying in Spanish what kind of silence it is.
    """
    parts = make_url(url)
    place = make_conninfo(host=parts.host, port=parts.port or 5432, connect_timeout=3)
    answer = Ping(PGconn.ping(place.encode()))
    if answer != Ping.OK:
        raise ServerUnreachable(_SENTENCES[answer])
