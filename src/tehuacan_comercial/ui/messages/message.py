"""The form of every message: four parts, plain words, no codes in the main text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Message:
    """Title, what happened, what stayed safe, what to do; in *usted*, present tense."""

    title: str
    what_happened: str
    what_is_safe: str
    what_to_do: str

    def text(self) -> str:
        """The three sentences as one paragraph."""
        return " ".join(filter(None, (self.what_happened, self.what_is_safe, self.what_to_do)))


Phrase = Callable[[Any], Message]
"""Makes the message of one class of refusal from its facts."""

NOTHING_CHARGED = "El cobro no se registró; el dinero no se ha movido en el sistema."
NOTHING_CHANGED = "No se cambió nada."
