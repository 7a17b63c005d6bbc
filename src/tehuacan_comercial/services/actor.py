"""Who is signed in, and what they may ask for."""

from __future__ import annotations

from dataclasses import dataclass

from tehuacan_comercial.domain.permissions import JOB_NAMES, Permission, permissions_of
from tehuacan_comercial.domain.refusals import NotPermitted


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in member of staff; ``username`` is their own PostgreSQL role (D2)."""

    username: str
    full_name: str
    position: str
    job: str
    demonstration: bool = False

    @property
    def job_name(self) -> str:
        """The job in Spanish, as screens show it."""
        return JOB_NAMES.get(self.job, self.job)

    @property
    def permissions(self) -> frozenset[Permission]:
        """Every act of the job."""
        return permissions_of(self.job)

    def may(self, permission: Permission) -> bool:
        """Whether the job includes the act; screens ask it to grey out a button."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Go on only with the permission.

        Raises:
            NotPermitted: naming the act.
        """
        if not self.may(permission):
            raise NotPermitted(permission.value)


OFFICE = Actor("", "Servidor", "Herramientas de administración", "office")
"""The office tools on the server's own account: PostgreSQL decides what it may."""
