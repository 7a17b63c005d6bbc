"""The people who work at the office of the demonstration, one at least for each job."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "Demostracion-2026"  # noqa: S105 - printed by the command, for a town that is invented


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """User name, full name, position and job of an invented member of staff."""

    username: str
    full_name: str
    position: str
    job: str


STAFF = tuple(
    DemoPerson(username, f"{full_name} (DEMOSTRACIÓN)", position, job)
    for username, full_name, position, job in (
        ("rosa.hernandez", "Rosa Hernández Flores", "Cajera, caja 1", "cashier"),
        ("guadalupe.torres", "Guadalupe Torres Zárate", "Cajera, caja 2", "cashier"),
        ("javier.mendoza", "Javier Mendoza Cruz", "Cajero, caja 3", "cashier"),
        ("elena.carrera", "Elena Carrera Salas", "Jefa de cajas", "head_cashier"),
        ("beatriz.lopez", "Beatriz López Peña", "Ventanilla 1", "counter"),
        ("patricia.rosas", "Patricia Rosas Muñoz", "Padrón de usuarios", "registry"),
        ("guillermo.cortes", "Guillermo Cortés Ramírez", "Micromedición", "metering"),
        ("antonio.vazquez", "Antonio Vázquez Luna", "Ejecutor", "field_collector"),
        ("marta.gutierrez", "Marta Gutiérrez Olivares", "Gerente comercial", "manager"),
        ("ines.palacios", "Inés Palacios Romero", "Directora general", "director"),
        ("hugo.sandoval", "Hugo Sandoval Ibarra", "Auditor", "auditor"),
        ("raul.nieto", "Raúl Nieto Vargas", "Administrador del sistema", "administrator"),
    )
)
CASHIERS = {"C1": "rosa.hernandez", "C2": "guadalupe.torres", "C3": "javier.mendoza"}
"""Till → who charges there."""
HEAD_CASHIER = "elena.carrera"
"""Who takes the money to the bank."""
MANAGER = "marta.gutierrez"

STATIONS = (
    ("E1", "Estación 1", "Caja 1"),
    ("E2", "Estación 2", "Caja 2"),
    ("E3", "Estación 3", "Caja 3"),
    ("E4", "Estación 4", "Ventanilla 1"),
)
"""Code, name and desk."""

BANK_ACCOUNT = {
    "code": "BBVA",
    "bank": "BBVA",
    "name": "Cuenta de ingresos, DEMOSTRACIÓN",
    "clabe": "012650001000000010",
}
TILLS = (("C1", "Caja 1", "E1"), ("C2", "Caja 2", "E2"), ("C3", "Caja 3", "E3"))
"""Code, name and station."""
QUEUE_DESKS = {"V1": "beatriz.lopez", "V2": "patricia.rosas", **CASHIERS}
"""Desk of the queue → who attends there."""
HOST = "beatriz.lopez"
"""Who gives the tickets."""
