"""Hypothesis without a deadline: a shared machine may be slow, which is not a fault."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("domain", deadline=None)
settings.load_profile("domain")
