"""Passwords as PostgreSQL stores them, made on this side."""

from __future__ import annotations

from psycopg.pq import PGconn


def scram_verifier(password: str, user: str) -> str:
    """What PostgreSQL stores for a password; libpq makes it here, so no plaintext is sent."""
    offline = PGconn.connect_start(b"host=/nonexistent")
    try:
        made = offline.encrypt_password(password.encode(), user.encode(), b"scram-sha-256")
    finally:
        offline.finish()
    return made.decode("ascii")
