"""Every use case names its permission; a test walks them all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")


class HasActor(Protocol):
    """A service: it acts for somebody."""

    @property
    def actor(self) -> Actor:
        """Who asks."""
        ...


S = TypeVar("S", bound=HasActor)


def requires(
    permission: Permission,
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Mark a use case with its permission and check it first.

    Raises (from the marked method):
        NotPermitted: the actor's job does not include the act.
    """

    def mark(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        @wraps(method)
        def checked(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
            if self.actor.job != "office":  # the server's own account; PostgreSQL decides
                self.actor.require(permission)
            return method(self, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[S, P], R], checked)

    return mark
