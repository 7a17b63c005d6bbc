"""Tehuacán Comercial: the daily work of a municipal water utility's commercial office."""

__version__ = "0.1.0"
