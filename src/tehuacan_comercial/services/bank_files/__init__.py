"""Files of banks and shops: a mapping file says how to read them, the database what they mean."""

from .layout import FileKind, FileLayout, load_layout
from .reading import examine, read_file
from .records import BankFile, BankRow, Control

__all__ = [
    "BankFile",
    "BankRow",
    "Control",
    "FileKind",
    "FileLayout",
    "examine",
    "load_layout",
    "read_file",
]
