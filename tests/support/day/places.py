"""Faults inside the server, at every statement of a posting function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tests.support.day.office import Office

Act = Literal["full", "terminate", "wait"]

PLACES = (
    "journal", "charge", "allocation", "payment", "payment_tender", "journal_line",
    "credit_movement", "change_notice", "folio_series", "receipt", "commit",
)  # fmt: skip
"""The tables in the order in which a charge with an advance writes them, and its commit."""

VOID_PLACES = (
    "journal", "allocation", "charge", "credit_movement", "receipt_void", "receipt_refund",
    "journal_line", "change_notice", "authorisation", "commit",
)  # fmt: skip
"""The same of the approval of a void, whose advance and allocations are taken back."""

CLOSE_PLACES = (
    "cash_count", "change_notice", "folio_series", "cash_closing", "cash_closing_line", "journal",
    "journal_line", "cash_session", "commit",
)  # fmt: skip
"""The same of a close with a difference."""

HANDOVER_PLACES = ("handover", "handover_item", "change_notice", "commit")
"""The same of a handover that is sent."""

LOCK = 20261124
"""The advisory lock at which a backend waits to be killed."""

_INSTALL = f"""
CREATE TABLE IF NOT EXISTS public.fault (place text PRIMARY KEY, act text NOT NULL);
CREATE SEQUENCE IF NOT EXISTS public.fault_struck;
CREATE OR REPLACE FUNCTION public.fault_here() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    wanted text := (SELECT act FROM public.fault WHERE place = TG_ARGV[0]);
BEGIN
    -- Once: what a sequence gave out stays given when the transaction fails.
    IF wanted IS NULL OR nextval('public.fault_struck') > 1 THEN
        RETURN NULL;
    ELSIF wanted = 'full' THEN
        RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100';
    ELSIF wanted = 'terminate' THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
        PERFORM pg_sleep(0.001);
    ELSIF wanted = 'wait' THEN
        PERFORM pg_advisory_xact_lock({LOCK});
    END IF;
    RETURN NULL;
END $$;
"""


def install(office: Office, tables: tuple[str, ...] = PLACES[:-1], last: str = "receipt") -> None:
    """The places, with no fault armed; the commit is met by who inserts into ``last``."""
    office.run(_INSTALL)
    for place in tables:
        office.run(
            f"CREATE TRIGGER zz_fault AFTER INSERT OR UPDATE ON commercial.{place}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION public.fault_here('{place}')"
        )
    office.run(
        "CREATE CONSTRAINT TRIGGER zz_fault_at_commit AFTER INSERT ON"
        f" commercial.{last} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        " EXECUTE FUNCTION public.fault_here('commit')"
    )


def arm(office: Office, place: str, act: Act) -> None:
    """The next statement at the place meets the fault, once."""
    office.run(
        "DELETE FROM public.fault; ALTER SEQUENCE public.fault_struck RESTART;"
        f" INSERT INTO public.fault VALUES ('{place}', '{act}')"
    )


def disarm(office: Office) -> None:
    office.run("DELETE FROM public.fault")


def struck(office: Office) -> bool:
    """Whether the armed fault was met."""
    return office.ask("SELECT is_called FROM public.fault_struck") == [(True,)]


def backend_waiting(office: Office) -> int | None:
    """The process number of the backend that waits at the place, if it is there already."""
    found = office.ask(
        f"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = {LOCK} AND NOT granted"
    )
    return int(str(found[0][0])) if found else None


def until(found: Callable[[], int | None], tries: int = 20_000) -> int:
    """Asks again and again; each question is a round trip to the server."""
    for _ in range(tries):
        answer = found()
        if answer is not None:
            return answer
    raise TimeoutError("nobody came to the place")
