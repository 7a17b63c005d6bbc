"""This station and this machine: folders, the station's profile, secrets."""

from tehuacan_comercial.config.paths import HOME_VARIABLE, embedded_folder, home, write_atomically
from tehuacan_comercial.config.profile import (
    EMBEDDED,
    RECEIPT_FORMATS,
    TEXT_SCALES,
    THEMES,
    ProfileError,
    StationProfile,
    load_profile,
    profile_path,
    save_profile,
)
from tehuacan_comercial.config.secrets import Secrets

__all__ = [
    "EMBEDDED",
    "HOME_VARIABLE",
    "RECEIPT_FORMATS",
    "TEXT_SCALES",
    "THEMES",
    "ProfileError",
    "Secrets",
    "StationProfile",
    "embedded_folder",
    "home",
    "load_profile",
    "profile_path",
    "save_profile",
    "write_atomically",
]
