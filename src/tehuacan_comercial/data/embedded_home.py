"""This computer's own database: which cluster, which name, brought up to date when it starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tehuacan_comercial.data.embedded import EmbeddedCluster, SecretStore

DATABASE = "tehuacan"
"""Name of the office's database, on the embedded cluster as on a server."""


def open_embedded(
    folder: Path, secrets: SecretStore, say: Callable[[str], None] = lambda _text: None
) -> EmbeddedCluster:
    """Start or attach to the cluster, create the database and upgrade its schema (D1).

    ``say`` hears in Spanish what is being done, since the first time takes some seconds.

    Raises:
        ServerUnreachable: the server did not start.
    """
    from tehuacan_comercial.data import schema  # heavy: Alembic

    say("Iniciando la base de datos de este equipo…")
    cluster = EmbeddedCluster(folder, secrets)
    cluster.start()
    cluster.ensure_database(DATABASE)
    say("Revisando la versión de la base de datos…")
    schema.install(cluster.superuser_url(DATABASE))
    return cluster
