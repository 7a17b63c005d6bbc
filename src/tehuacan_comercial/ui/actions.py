"""The table of actions: one row for each thing a key does; menus, buttons and F1 read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.permissions import Permission

Allowed = Callable[[Permission], bool]
"""Answers whether the signed-in person may do what a permission names."""


@dataclass(frozen=True)
class ActionSpec:
    """One action: stable id, Spanish text, key, permission it asks (or none), tip, icon."""

    name: str
    text: str
    key: str
    tip: str
    icon: str = ""
    permission: Permission | None = None
    group: str = "General"


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "search.focus",
        "Buscar",
        "F3",
        "Busca por cuenta, nombre, domicilio, medidor, teléfono o folio.",
        "search",
    ),
    ActionSpec(
        "section.dashboard",
        "Hoy",
        "Ctrl+1",
        "Muestra el día: cajas, recaudación, avisos.",
        "gauge",
        Permission.DASHBOARD_READ,
        "Secciones",
    ),
    ActionSpec(
        "section.account",
        "Cuenta",
        "Ctrl+2",
        "Abre el estado de cuenta, los pagos y las lecturas.",
        "file-search",
        group="Secciones",
    ),
    ActionSpec(
        "section.inbox",
        "Autorizaciones",
        "Ctrl+3",
        "Muestra lo que espera una decisión.",
        "shield-check",
        Permission.AUTHORISATIONS_READ,
        "Secciones",
    ),
    ActionSpec(
        "section.cash",
        "Caja",
        "Ctrl+4",
        "Abre la caja: cargos por cobrar, cobro y corte.",
        "banknote",
        group="Secciones",
    ),
    ActionSpec(
        "section.queue",
        "Turnos",
        "Ctrl+5",
        "Abre la fila: quién espera, su ventanilla y la recepción.",
        "users",
        Permission.QUEUE_READ,
        "Secciones",
    ),
    ActionSpec(
        "cash.charge",
        "Cobrar",
        "F12",
        "Cobra los cargos seleccionados.",
        "hand-coins",
        Permission.CASH_CHARGE,
        "Caja",
    ),
    ActionSpec(
        "cash.partial",
        "Abono",
        "F4",
        "Cobra una cantidad menor o un pago adelantado.",
        "coins",
        Permission.CASH_CHARGE,
        "Caja",
    ),
    ActionSpec(
        "cash.hold",
        "Espera",
        "F6",
        "Deja este cobro en espera, o recupera uno.",
        "hourglass",
        Permission.CASH_CHARGE,
        "Caja",
    ),
    ActionSpec(
        "receipts.reprint",
        "Reimprimir",
        "Ctrl+R",
        "Vuelve a imprimir un recibo, marcado como reimpresión.",
        "printer",
        Permission.RECEIPTS_REPRINT,
        "Caja",
    ),
    ActionSpec(
        "receipts.check",
        "Comprobar recibo",
        "Ctrl+K",
        "Dice si un papel es un recibo nuestro y si su código es el suyo.",
        "shield-check",
        Permission.RECEIPTS_VERIFY,
    ),
    ActionSpec(
        "cash.deliver",
        "Entregar efectivo",
        "Ctrl+Shift+E",
        "Saca efectivo de la caja y lo entrega a otra persona.",
        "arrow-right-left",
        Permission.CASH_SESSION,
        "Caja",
    ),
    ActionSpec(
        "session.open",
        "Abrir caja",
        "Ctrl+Shift+A",
        "Cuenta el fondo y abre la sesión de caja.",
        "lock-open",
        Permission.CASH_SESSION,
        "Caja",
    ),
    ActionSpec(
        "session.close",
        "Corte de caja",
        "Ctrl+Shift+K",
        "Cuenta el efectivo y cierra la sesión de caja.",
        "calculator",
        Permission.CASH_SESSION,
        "Caja",
    ),
    ActionSpec(
        "queue.next",
        "Llamar siguiente",
        "F8",
        "Llama a la siguiente persona a su ventanilla.",
        "bell",
        Permission.QUEUE_ATTEND,
        "Turnos",
    ),
    ActionSpec(
        "queue.step",
        "Ya está aquí, o terminar",
        "Shift+F8",
        "Empieza a atender el turno llamado; o termina el que atiende.",
        "circle-check",
        Permission.QUEUE_ATTEND,
        "Turnos",
    ),
    ActionSpec(
        "queue.take",
        "Dar turno",
        "Ctrl+T",
        "Da un turno a quien llega, con una tecla por trámite.",
        "plus",
        Permission.QUEUE_RECEIVE,
        "Turnos",
    ),
    ActionSpec(
        "accounts.statement",
        "Estado de cuenta",
        "F9",
        "Imprime el estado de cuenta.",
        "printer",
        Permission.ACCOUNTS_STATEMENT,
        "Cuenta",
    ),
    ActionSpec(
        "print.tray",
        "Impresiones",
        "Ctrl+P",
        "Muestra lo que se imprimió y lo que falta por imprimir.",
        "printer",
    ),
    ActionSpec(
        "station.lock",
        "Bloquear",
        "Ctrl+L",
        "Bloquea la ventana sin perder lo que está en pantalla.",
        "lock",
    ),
    ActionSpec("help.keys", "Ayuda", "F1", "Muestra las teclas de esta ventana.", "circle-help"),
)

SECTION_ACTIONS = frozenset(spec.name for spec in ACTIONS if spec.group == "Secciones")
"""The actions that open a section; those of sections that a window lacks rest."""

TABLE_KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+F", "Filtrar la tabla"),
    ("Ctrl+C", "Copiar los renglones con su encabezado"),
    ("Ctrl+E", "Exportar la tabla a Excel"),
    ("Espacio", "Seleccionar o quitar el renglón"),
    ("Esc", "Cerrar la hoja o la lista abierta"),
)
"""Keys that tables and sheets answer to wherever they stand."""


class Actions:
    """The window's actions, made from the table; a screen connects to those it serves."""

    def __init__(self, window: QWidget, allowed: Allowed) -> None:
        self._actions: dict[str, QAction] = {}
        for spec in ACTIONS:
            self._actions[spec.name] = _make_action(spec, window, allowed)

    def __getitem__(self, name: str) -> QAction:
        """The action of an id.

        Raises:
            KeyError: the table has no such row.
        """
        return self._actions[name]

    def enable(self, states: Mapping[str, bool]) -> None:
        """Set what is possible now; what the person may not do stays grey.

        Under the lock everything rests: what is possible then holds once the lock is lifted.
        """
        for name, possible in states.items():
            action = self._actions[name]
            wanted = possible and not action.property("forbidden")
            if action.property("resting"):
                action.setProperty("before_lock", wanted)
            else:
                action.setEnabled(wanted)


def _make_action(spec: ActionSpec, window: QWidget, allowed: Allowed) -> QAction:
    action = QAction(spec.text, window)
    action.setObjectName(spec.name)
    action.setShortcut(QKeySequence(spec.key))
    forbidden = spec.permission is not None and not allowed(spec.permission)
    action.setProperty("forbidden", forbidden)
    action.setEnabled(not forbidden)
    action.setToolTip(f"{spec.tip} ({spec.key})")
    action.setStatusTip(spec.tip)
    window.addAction(action)
    return action


def spec_of(name: str) -> ActionSpec:
    """The row of an id.

    Raises:
        KeyError: the table has no such row.
    """
    return _BY_NAME[name]


_BY_NAME = {spec.name: spec for spec in ACTIONS}
