"""Files of banks and shops: a mapping file says how to read them, the database what they mean."""

from .layout import FileKind, FileLayout, load_layout
from .reading import BankFile, BankRow, Control, read_file

__all__ = [
    "BankFile",
    "BankRow",
    "Control",
    "FileKind",
    "FileLayout",
    "load_layout",
    "read_file",
]
