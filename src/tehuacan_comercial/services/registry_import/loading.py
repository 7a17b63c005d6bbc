"""Loads the clean rows of a checked registry file, all or none, against the control totals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import AmountsDisagree, InvalidCommand, InvalidImport
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.permission import requires

from .control import ControlTotals, ImportPlan, require_faultless, require_totals
from .records import RegistryRow

if TYPE_CHECKING:
    from tehuacan_comercial.data.engine import Database
    from tehuacan_comercial.data.registry_load import StagedRow

_IN_THE_WAY = {
    "account_number": "La cuenta {} ya está en el sistema.",
    "meter_serial": "El medidor {} ya está en el sistema.",
    "contract_on": "La fecha {} es posterior a hoy.",
    "use_class": "El uso {} no está en las reglas cargadas; cargue antes el catálogo.",
    "zone": "La zona {} no está en las reglas cargadas; cargue antes el catálogo.",
}


class RegistryLoader:
    """The use case of loading a registry, for one signed-in person."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database = database
        self.actor = actor

    @requires(Permission.ACCOUNTS_IMPORT)
    def load(
        self,
        plan: ImportPlan,
        expected: ControlTotals,
        *,
        leave_out_faulty: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> ControlTotals:
        """Load the clean rows as one act; gives what was loaded.

        ``expected`` are the old system's totals and are compared with the whole file. Rows with
        faults refuse the load unless ``leave_out_faulty``; then only the clean ones are loaded.

        Raises:
            InvalidImport: totals differ, rows are at fault, or the database already has one of
                the accounts; nothing is loaded then.
        """
        require_totals(plan, expected)
        if not leave_out_faulty:
            require_faultless(plan)
        try:
            return self._load(plan, progress)
        except InvalidCommand as refused:
            sentence = _IN_THE_WAY.get(refused.field)
            if sentence is None:
                raise
            raise InvalidImport(str(plan.path), (sentence.format(refused.problem),)) from refused
        except AmountsDisagree as refused:
            problem = f"Al cargar resultó {refused.given} en lugar de {refused.expected}."
            raise InvalidImport(str(plan.path), (problem,)) from refused

    def _load(self, plan: ImportPlan, progress: Callable[[int], None] | None) -> ControlTotals:
        from tehuacan_comercial.data.registry_load import LoadTotals, load_registry

        wanted = plan.loadable
        loaded = load_registry(
            self._database,
            (staged(row) for row in plan.rows),
            LoadTotals(wanted.rows, wanted.opening_balance, wanted.credit_balance),
            source=plan.path.name,
            sha256=plan.digest,
            progress=progress,
        )
        return ControlTotals(loaded.rows, loaded.opening_balance, loaded.credit_balance)


def staged(row: RegistryRow) -> StagedRow:
    """The row as the data layer stages it."""
    from tehuacan_comercial.data.registry_load import COLUMNS, StagedRow

    services: dict[str, Any] = {
        name: name in row.services for name in ("water", "sewerage", "sanitation")
    }
    plain = {name: getattr(row, name) for name in COLUMNS if name not in services}
    return StagedRow(**plain, **services)
