"""Secrets of this machine: the system's keyring, else a file that only this account reads."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tehuacan_comercial.config.paths import APPLICATION, home, write_atomically


class _Keyring(Protocol):
    """The two calls of a keyring backend that are used."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def system_keyring() -> _Keyring | None:
    """The system's keyring, or None where none works (no session, no desktop)."""
    import keyring
    import keyring.backends.chainer
    import keyring.backends.fail
    import keyring.backends.null
    import keyring.errors

    try:
        backend = keyring.get_keyring()
    except (keyring.errors.KeyringError, RuntimeError):
        return None
    unusable = (keyring.backends.fail.Keyring, keyring.backends.null.Keyring)
    if isinstance(backend, unusable) or backend.priority <= 0:
        return None
    if isinstance(backend, keyring.backends.chainer.ChainerBackend) and not backend.backends:
        return None
    return backend


@dataclass
class Secrets:
    """Keeps secrets in the system's keyring, else in a file that only this account may read.

    ``file_only`` leaves the keyring alone (tests, unattended runs).
    """

    folder: Path = field(default_factory=home)
    file_only: bool = False
    _backend: _Keyring | None = None
    _looked: bool = False

    @property
    def file(self) -> Path:
        """The file used where there is no keyring."""
        return self.folder / "secretos.json"

    @property
    def where(self) -> str:
        """One honest sentence for the person: where secrets are kept on this machine."""
        if self._keyring() is not None:
            return "La contraseña se guarda en el llavero de este equipo, cifrada por el sistema."
        return (
            "Este equipo no tiene un llavero que funcione: la contraseña se guarda sin cifrar en "
            f"el archivo {self.file}, que solo puede leer esta cuenta del equipo."
        )

    def get(self, name: str) -> str | None:
        """The secret, or None. A keyring that fails is asked no more; the file is read then."""
        backend = self._keyring()
        if backend is not None:
            try:
                found = backend.get_password(self._service, name)
            except Exception:
                self._backend = None
            else:
                if found is not None:
                    return found
        return self._read().get(name)

    def set(self, name: str, value: str) -> None:
        """Stores the secret in the keyring, or in the file where the keyring does not take it."""
        backend = self._keyring()
        if backend is not None:
            try:
                backend.set_password(self._service, name, value)
                if backend.get_password(self._service, name) == value:
                    self._forget_in_file(name)
                    return
            except Exception:
                self._backend = None
        self._write(self._read() | {name: value})

    def delete(self, name: str) -> None:
        """Forgets the secret wherever it is; nothing happens when it is nowhere."""
        backend = self._keyring()
        if backend is not None:
            with contextlib.suppress(Exception):  # backends raise when there is nothing to delete
                backend.delete_password(self._service, name)
        self._forget_in_file(name)

    def remember_password(self, server: str, user: str, password: str) -> None:
        """Keeps a person's password, who asked for it. ``server`` as in the profile."""
        self.set(_staff_name(server, user), password)

    def remembered_password(self, server: str, user: str) -> str | None:
        """The password the person asked to keep, or None."""
        return self.get(_staff_name(server, user))

    def forget_password(self, server: str, user: str) -> None:
        """Forgets a kept password."""
        self.delete(_staff_name(server, user))

    @property
    def _service(self) -> str:
        """The name under which the keyring files our secrets; one for each home."""
        return f"{APPLICATION} {self.folder}"

    def _keyring(self) -> _Keyring | None:
        if not self._looked:
            self._looked = True
            self._backend = None if self.file_only else system_keyring()
        return self._backend

    def _read(self) -> dict[str, str]:
        try:
            content = json.loads(self.file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return {str(name): str(value) for name, value in content.items()}

    def _write(self, content: dict[str, str]) -> None:
        text = json.dumps(content, ensure_ascii=False, indent=1)
        write_atomically(self.file, text + "\n", mode=0o600)

    def _forget_in_file(self, name: str) -> None:
        content = self._read()
        if content.pop(name, None) is not None:
            self._write(content)


def _staff_name(server: str, user: str) -> str:
    return f"staff:{user}@{server}"
