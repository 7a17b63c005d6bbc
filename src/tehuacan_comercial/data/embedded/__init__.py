"""Our own lifecycle of the PostgreSQL that lives on this machine (decision D1)."""

from tehuacan_comercial.data.embedded.address import SecretStore, ServerAddress
from tehuacan_comercial.data.embedded.binaries import Binaries, find_binaries
from tehuacan_comercial.data.embedded.cluster import SUPERUSER, EmbeddedCluster

__all__ = [
    "SUPERUSER",
    "Binaries",
    "EmbeddedCluster",
    "SecretStore",
    "ServerAddress",
    "find_binaries",
]
