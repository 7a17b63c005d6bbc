"""What proves a payment that is not cash: which fields it has, and what is wrong in them."""

from __future__ import annotations

from dataclasses import dataclass

from tehuacan_comercial.domain.tendering import TenderKind


@dataclass(frozen=True)
class ProofFields:
    """The two fields of a form of payment; an empty label means that the field does not exist."""

    reference: str = ""
    least: int = 0
    most: int = 0
    digits_only: bool = False
    example: str = ""
    bank: str = ""
    bank_required: bool = False


PROOFS: dict[TenderKind, ProofFields] = {
    TenderKind.CASH: ProofFields(),
    TenderKind.CREDIT: ProofFields(),
    TenderKind.CARD: ProofFields(
        "Número de autorización", 4, 12, example="064512", bank="Banco de la tarjeta"
    ),
    TenderKind.TRANSFER: ProofFields(
        "Clave de rastreo", 6, 30, example="MBAN01002411240067", bank="Banco de origen",
        bank_required=True,
    ),
    TenderKind.CHEQUE: ProofFields(
        "Número de cheque", 3, 12, digits_only=True, example="0001234", bank="Banco librado",
        bank_required=True,
    ),
}  # fmt: skip
"""By form of payment; lengths in characters, as vouchers, the SPEI and cheques print them."""


def reference_problem(kind: TenderKind, text: str) -> str:
    """What is wrong with the reference, as a sentence that says the rule; nothing when right."""
    fields, text = PROOFS[kind], text.strip()
    if not fields.reference:
        return ""
    if not text:
        article = "la" if fields.reference.startswith("Clave") else "el"
        return f"Escriba {article} {_lower(fields.reference)}; viene en el comprobante."
    if fields.digits_only and not text.isdigit():
        return f"Solo lleva números. Ejemplo: {fields.example}."
    if not fields.least <= len(text) <= fields.most:
        return (
            f"Lleva de {fields.least} a {fields.most} caracteres y tiene {len(text)}."
            f" Ejemplo: {fields.example}."
        )
    return ""


def bank_problem(kind: TenderKind, text: str) -> str:
    """What is wrong with the bank; nothing when right."""
    fields = PROOFS[kind]
    if fields.bank_required and len(text.strip()) < 2:
        return f"Escriba el {_lower(fields.bank)}."
    return ""


def proof_problems(kind: TenderKind, reference: str, bank: str) -> tuple[str, ...]:
    """Everything that is wrong with the proof of a line."""
    return tuple(filter(None, (reference_problem(kind, reference), bank_problem(kind, bank))))


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
