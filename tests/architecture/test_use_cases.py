"""Every use case names its permission, and every permission belongs to some job."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

from tehuacan_comercial import services
from tehuacan_comercial.domain.permissions import BY_JOB, JOB_NAMES, Permission


def service_classes() -> Iterator[type[Any]]:
    for module in pkgutil.walk_packages(services.__path__, services.__name__ + "."):
        loaded = importlib.import_module(module.name)
        for name, found in inspect.getmembers(loaded, inspect.isclass):
            if name.endswith("Service") and found.__module__ == module.name:
                yield found


def use_cases() -> list[tuple[str, Any]]:
    return [
        (f"{found.__name__}.{name}", method)
        for found in service_classes()
        for name, method in inspect.getmembers(found, inspect.isfunction)
        if not name.startswith("_")
    ]


def test_there_are_use_cases_to_walk() -> None:
    names = {name for name, _ in use_cases()}
    assert {"CashService.charge", "AccountsService.search", "ReceiptsService.reprint"} <= names


@pytest.mark.parametrize(("name", "method"), use_cases())
def test_a_use_case_names_its_permission(name: str, method: Any) -> None:
    assert isinstance(getattr(method, "permission", None), Permission), name
    assert method.__doc__, f"{name} says nothing of itself"


def test_every_permission_belongs_to_a_job_and_every_job_has_a_name() -> None:
    granted = frozenset().union(*BY_JOB.values())
    assert granted == frozenset(Permission)
    assert set(BY_JOB) == set(JOB_NAMES)


def test_no_job_both_moves_money_and_administers() -> None:
    money = {Permission.CASH_CHARGE, Permission.BILLING_RUN}
    for job, permissions in BY_JOB.items():
        assert not (permissions & money and Permission.STAFF_ADMINISTER in permissions), job
