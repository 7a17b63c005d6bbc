"""Meter readings that come in by file: the sheet to fill in, its checks, its loading."""
