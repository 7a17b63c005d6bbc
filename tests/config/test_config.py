"""The station's file and its secrets, with and without a keyring."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tehuacan_comercial.config import (
    HOME_VARIABLE,
    ProfileError,
    Secrets,
    StationProfile,
    home,
    load_profile,
    profile_path,
    save_profile,
)
from tehuacan_comercial.config import secrets as secrets_module


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "casa con espacios y ñ"
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    return folder


def test_home_is_the_variables_folder_or_the_platforms(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home() == own_home
    monkeypatch.delenv(HOME_VARIABLE)
    assert home().name == "tehuacan-comercial"
    assert home() != own_home


def test_a_profile_not_written_yet_is_the_default() -> None:
    assert load_profile() == StationProfile()
    assert not load_profile().chosen
    assert load_profile().embedded


def test_a_profile_comes_back_as_it_was_saved() -> None:
    profile = StationProfile(
        server="postgresql://servidor.oficina/comercial",
        station="C2",
        till="CAJA-2",
        receipt_printer="Térmica «2»",
        text_scale=130,
        theme="dark",
    )
    save_profile(profile)
    assert load_profile() == profile


def test_saving_keeps_what_a_person_wrote_in_the_file() -> None:
    profile_path().parent.mkdir(parents=True)
    profile_path().write_text('# no tocar\nstation = "A1"\nmine = 3\n', encoding="utf-8")
    save_profile(replace(load_profile(), till="CAJA-1"))
    text = profile_path().read_text(encoding="utf-8")
    assert "# no tocar" in text
    assert "mine = 3" in text
    assert load_profile() == StationProfile(station="A1", till="CAJA-1")


@pytest.mark.parametrize(
    "text", ["esto no es toml", 'theme = "pink"', "text_scale = true", "station = 4"]
)
def test_a_wrong_file_is_refused_by_name(text: str) -> None:
    profile_path().parent.mkdir(parents=True)
    profile_path().write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"estacion\.toml"):
        load_profile()


def test_a_value_that_does_not_exist_is_not_saved() -> None:
    with pytest.raises(ProfileError, match="receipt_format"):
        save_profile(StationProfile(receipt_format="A4"))
    assert not profile_path().exists()


def test_an_office_url_carries_the_login_escaped() -> None:
    profile = StationProfile(server="postgresql://servidor:5433/comercial", sslmode="require")
    url = profile.login_url("ana", "p@ss/ñ")
    expected = "postgresql+psycopg://ana:p%40ss%2F%C3%B1@servidor:5433/comercial?sslmode=require"
    assert url == expected
    with pytest.raises(ProfileError):
        StationProfile().login_url("ana", "x")


@dataclass
class _Keyring:
    """A keyring in memory that can be broken."""

    broken: bool = False
    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise RuntimeError("no D-Bus")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise RuntimeError("no D-Bus")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_without_a_keyring_secrets_go_to_a_file_only_we_read(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets_module, "system_keyring", lambda: None)
    secrets = Secrets()
    assert secrets.get("x") is None
    secrets.set("x", "ñandú")
    assert Secrets().get("x") == "ñandú"
    assert str(own_home / "secretos.json") in secrets.where
    if sys.platform != "win32":
        assert stat.S_IMODE(secrets.file.stat().st_mode) == 0o600
    secrets.delete("x")
    assert Secrets().get("x") is None


def test_with_a_keyring_nothing_is_written_to_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = _Keyring()
    monkeypatch.setattr(secrets_module, "system_keyring", lambda: keyring)
    secrets = Secrets()
    secrets.remember_password("embedded", "ana", "secreta")
    assert secrets.remembered_password("embedded", "ana") == "secreta"
    assert secrets.remembered_password("otro", "ana") is None
    assert not secrets.file.exists()
    assert "llavero" in secrets.where
    secrets.forget_password("embedded", "ana")
    assert secrets.remembered_password("embedded", "ana") is None
    assert keyring.kept == {}


def test_a_keyring_that_breaks_is_replaced_by_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets_module, "system_keyring", lambda: _Keyring(broken=True))
    secrets = Secrets()
    secrets.set("x", "1")
    assert secrets.file.exists()
    assert secrets.get("x") == "1"
    assert "sin cifrar" in secrets.where


def test_two_homes_do_not_share_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = _Keyring()
    monkeypatch.setattr(secrets_module, "system_keyring", lambda: keyring)
    Secrets(tmp_path / "a").set("x", "1")
    assert Secrets(tmp_path / "b").get("x") is None


def test_the_real_keyring_of_this_machine_never_raises(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path)
    assert secrets.get("never-stored-by-anybody") is None
    assert secrets.where.endswith(".")
