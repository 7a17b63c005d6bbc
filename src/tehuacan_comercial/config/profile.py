"""Which station this is: one small TOML file that a person can read and mend."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import tomlkit

from tehuacan_comercial.config.paths import home, write_atomically

EMBEDDED = "embedded"
RECEIPT_FORMATS = ("80mm", "half-letter", "letter")
THEMES = ("system", "light", "dark")
TEXT_SCALES = (100, 115, 130, 150)


class ProfileError(ValueError):
    """The station's file cannot be used; the text says why, in Spanish."""


@dataclass(frozen=True)
class StationProfile:
    """Which station this is. Chosen once in the first-run dialog.

    ``server`` is ``embedded`` or the URL of the office's server without user and password;
    ``text_scale`` is a percentage. ``read_url`` names a replica of the office's server in the same
    form as ``server``; the manager's window reads from it while it keeps up.
    """

    server: str = EMBEDDED
    sslmode: str = "verify-full"
    station: str = ""
    till: str = ""
    receipt_printer: str = ""
    letter_printer: str = ""
    receipt_format: str = "80mm"
    theme: str = "system"
    text_scale: int = 100
    read_url: str = ""

    @property
    def embedded(self) -> bool:
        """Whether the database lives on this machine."""
        return self.server == EMBEDDED

    @property
    def chosen(self) -> bool:
        """Whether somebody said which station this is."""
        return bool(self.station)

    def login_url(self, user: str, password: str) -> str:
        """The office server's URL with a person's user and password, for the data layer.

        Raises:
            ProfileError: ``server`` is not a URL with a host.
        """
        return self._login_url(self.server, user, password)

    def replica_url(self, user: str, password: str) -> str:
        """The replica's URL with a person's user and password; ``read_url`` must be set.

        Raises:
            ProfileError: ``read_url`` is not a URL with a host.
        """
        return self._login_url(self.read_url, user, password)

    def _login_url(self, server: str, user: str, password: str) -> str:
        parts = urlsplit(server)
        if not parts.hostname:
            raise ProfileError(f"«{server}» no es la dirección de un servidor.")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        login = f"{quote(user, safe='')}:{quote(password, safe='')}"
        database = parts.path.strip("/") or "tehuacan"
        place = f"{host}:{parts.port or 5432}/{database}"
        return f"postgresql+psycopg://{login}@{place}?sslmode={self.sslmode}"


_CHOICES: dict[str, tuple[object, ...]] = {
    "receipt_format": RECEIPT_FORMATS,
    "theme": THEMES,
    "text_scale": TEXT_SCALES,
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
}


def profile_path() -> Path:
    """The station's file."""
    return home() / "estacion.toml"


def load_profile(path: Path | None = None) -> StationProfile:
    """The station's profile; the defaults when none was written yet.

    Raises:
        ProfileError: the file is not TOML or holds a value that does not exist.
    """
    file = path or profile_path()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return StationProfile()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"El archivo {file} no se puede leer: {error}") from error
    known = {entry.name for entry in dataclasses.fields(StationProfile)}
    given = {name: value for name, value in content.items() if name in known}
    profile = dataclasses.replace(StationProfile(), **given)
    _check(profile, file)
    return profile


def _check(profile: StationProfile, file: Path) -> None:
    for entry in dataclasses.fields(StationProfile):
        value = getattr(profile, entry.name)
        wanted = type(entry.default)
        if type(value) is not wanted:
            raise ProfileError(f"En {file}, «{entry.name}» no puede ser {value!r}.")
        choices = _CHOICES.get(entry.name)
        if choices is not None and value not in choices:
            listed = ", ".join(str(choice) for choice in choices)
            raise ProfileError(f"En {file}, «{entry.name}» debe ser uno de: {listed}.")


def save_profile(profile: StationProfile, path: Path | None = None) -> None:
    """Writes the profile whole or not at all; comments and unknown keys in the file are kept.

    Raises:
        ProfileError: a value does not exist.
    """
    file = path or profile_path()
    _check(profile, file)
    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        document = tomlkit.document()
        document.add(tomlkit.comment("Esta estación. La escribe el programa."))
    for name, value in dataclasses.asdict(profile).items():
        document[name] = value
    write_atomically(file, tomlkit.dumps(document))
