"""Deliberately wrong programs: each must turn a day red, or the day proves nothing (D16)."""

from __future__ import annotations

import uuid

from tehuacan_comercial.domain.cash import Charged
from tehuacan_comercial.domain.refusals import ResultUnknown, ServerUnreachable
from tehuacan_comercial.services.cash import CashService, ChargeResult
from tehuacan_comercial.services.intents import Intent, IntentJournal
from tests.support.day.office import Office


class NewKeyOnRetry(CashService):
    """Makes a new UUID for every try."""

    def _post(self, intent: Intent) -> Charged:
        fresh = {**intent.payload, "command_id": str(uuid.uuid4())}
        return super()._post(Intent(intent.username, fresh))


class LostMeansFailed(CashService):
    """Tells the cashier that a charge failed when its answer was lost."""

    def _send(self, intent: Intent, *, doubtful: bool) -> ChargeResult:
        try:
            return super()._send(intent, doubtful=doubtful)
        except ResultUnknown as lost:
            self._intents.forget(intent.command_id)
            raise ServerUnreachable from lost


class TwoTransactions(CashService):
    """Posts the money first and the receipt afterwards."""

    def _post(self, intent: Intent) -> Charged:
        half = self._call("first_half", intent.payload, intent.command_id)
        if "folio" in half:  # both were done before
            return Charged.of(half)
        order = {"half": half, "command": intent.payload}
        return Charged.of(self._call("second_half", order, intent.command_id))


class ForgetfulJournal(IntentJournal):
    """Keeps nothing over a restart."""

    def write(self, _intent: Intent) -> bool:
        return True


def rewrite(office: Office, function: str, old: str, new: str) -> None:
    """Puts other text into a function of the schema."""
    source = source_of(office, function)
    assert old in source, f"{function} does not say {old!r} any more"
    office.run(source.replace(old, new))


def source_of(office: Office, function: str) -> str:
    query = f"SELECT pg_get_functiondef('commercial.{function}'::regproc)"
    return str(office.ask(query)[0][0])


def folio_from_a_sequence(office: Office) -> None:
    """Fast, and with a gap for every charge that fails after it."""
    office.run(
        "CREATE SEQUENCE commercial.folio; GRANT USAGE ON SEQUENCE commercial.folio TO PUBLIC;"
        " DROP TRIGGER keep_folio_series ON commercial.folio_series;"
    )
    rewrite(office, "chain_document", "s.last_number + 1", "nextval('commercial.folio')")


def no_account_lock(office: Office) -> None:
    rewrite(office, "post_payment", "FROM account a WHERE a.id = account FOR NO KEY UPDATE",
            "FROM account a WHERE a.id = account")  # fmt: skip


def no_session_lock(office: Office) -> None:
    rewrite(office, "lock_open_session", "WHERE id = wanted FOR SHARE", "WHERE id = wanted")


def forgetful_commit(office: Office) -> None:
    """Answers before the commit is on disk, and takes its time to write it."""
    rewrite(office, "post_payment", "set_config('synchronous_commit', 'on', true)",
            "set_config('synchronous_commit', 'off', true)")  # fmt: skip
    with office.town.admin() as connection:
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        connection.execute("SELECT pg_reload_conf()")


def two_transactions(office: Office) -> None:
    """Cuts ``post_payment`` in two where it takes the folio."""
    source = source_of(office, "post_payment")
    cut = source.index("document := chain_document")
    half = (
        source[:cut]
        + "RETURN jsonb_build_object('payment_id', fresh, 'content', content,"
        + " 'series', known.receipt_series);\n"
        + source[source.rindex("END") :]
    )
    office.run(half.replace("commercial.post_payment", "commercial.first_half"))
    office.run(_SECOND_HALF)


_SECOND_HALF = """
CREATE FUNCTION commercial.second_half(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    half jsonb := command -> 'half';
    document record;
BEGIN
    document := chain_document(half ->> 'series', half -> 'content');
    INSERT INTO receipt (payment_id, account_id, session_id, series, number, folio, content,
                         previous_hash, hash)
    SELECT p.id, p.account_id, p.session_id, half ->> 'series', document.number, document.folio,
           document.sealed, document.previous, document.hash
    FROM payment p WHERE p.id = (half ->> 'payment_id')::bigint;
    RETURN payment_result((command #>> '{command,command_id}')::uuid,
                          fingerprint_of(command -> 'command'));
END $$;
GRANT EXECUTE ON FUNCTION commercial.first_half(jsonb), commercial.second_half(jsonb) TO PUBLIC;
"""
