"""A server that shows a certificate nobody vouches for, or none: the password never leaves."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tehuacan_comercial.domain.refusals import ServerNotTrusted
from tehuacan_comercial.services.sign_in import FailedTries, check_password, sign_in
from tests.support.server import TestServer
from tests.support.town import PASSWORD

_SSL_REQUEST_LENGTH = 8


def _certificate(folder: Path) -> ssl.SSLContext:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=otro.ejemplo", "-keyout", str(key), "-out", str(certificate),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@contextmanager
def _impostor(context: ssl.SSLContext) -> Iterator[tuple[int, list[bytes]]]:
    """Says yes to TLS like PostgreSQL and keeps whatever is then said to it."""
    heard: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                link, _address = listener.accept()
                with link, suppress(OSError):
                    link.settimeout(5)
                    link.recv(_SSL_REQUEST_LENGTH)
                    link.sendall(b"S")
                    with context.wrap_socket(link, server_side=True) as safe:
                        heard.append(safe.recv(4096))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def test_an_impostor_is_named_and_hears_no_password(tmp_path: Path) -> None:
    context = _certificate(tmp_path)
    tries = FailedTries(tmp_path / "tries.json")
    with _impostor(context) as (port, heard):

        def login(user: str, password: str) -> str:
            trusted = tmp_path / "otra.pem"
            trusted.write_bytes((tmp_path / "certificate.pem").read_bytes())
            return (
                f"postgresql+psycopg://{user}:{password}@127.0.0.1:{port}/tehuacan"
                f"?sslmode=verify-full&sslrootcert={trusted}"
            )

        with pytest.raises(ServerNotTrusted) as refused:
            sign_in(login, "rosa", PASSWORD, "E1", tries)
    assert "otro.ejemplo" in refused.value.detail
    assert not any(PASSWORD.encode() in each for each in heard)
    assert tries.pending() == []


def test_a_server_without_encryption_is_not_the_offices(test_server: TestServer) -> None:
    def login(user: str, password: str) -> str:
        url = test_server.login_url("postgres", user, password)
        return f"{url.partition('?')[0]}?sslmode=require"

    with pytest.raises(ServerNotTrusted):
        check_password(login, "rosa", PASSWORD, "E1")
