"""What the server alone can take: eight pgbench clients, so no Python competes for its cores.

Each does so many transactions rather than so many seconds: pgbench's clock is SIGALRM, and where
that is blocked by whoever started us it would never end.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benches.bare import bare_url
from benches.desk import account_ids, debtors, open_desk
from benches.measure import Figures, Line
from benches.town import TILLS, Admin, Town

_PATIENCE = 60.0
"""Seconds until a client counts as hung."""
AIM = 1000.0
_COMMANDS = """
DROP TABLE IF EXISTS bench.command;
CREATE TABLE bench.command (till integer, n integer, command jsonb, PRIMARY KEY (till, n));
GRANT USAGE ON SCHEMA bench TO cashier;
GRANT SELECT ON bench.command TO cashier;
GRANT SELECT, INSERT ON bench.bare TO cashier;
"""
_CHARGE = """\\set n :n + 1
SELECT commercial.post_payment(c.command) FROM bench.command c WHERE c.till = :till AND c.n = :n;
"""
_BARE = "INSERT INTO bench.bare (told) VALUES ('cobro');\n"
_COUNTS = {"charge": (_CHARGE, "commercial.payment"), "bare": (_BARE, "bench.bare")}


def measure(town: Town, period: str, rounds: int, most: int) -> Iterator[Line]:
    """Rounds in turn; each client is its own cashier. What was written is counted, not tries."""
    bare_url(town)
    with town.admin() as connection:
        most = min(_prepare(connection, town, period) // rounds, most)
        rates: dict[str, list[float]] = {name: [] for name in _COUNTS}
        for number in range(rounds):
            for name in _COUNTS:
                rates[name].append(_round(connection, town, name, most, number * most))
    ours, limit = (Figures.of([TILLS / rate for rate in rates[name]]) for name in rates)
    more: dict[str, object] = {
        "ours_per_second": round(median(rates["charge"])),
        "limit_per_second": round(median(rates["bare"])),
    }
    met = median(rates["charge"]) >= AIM
    aim = f"ours_per_second >= {AIM:g}"
    yield Line("charge: the server alone", ours, limit, aim, met, town.accounts, TILLS, more)


def _prepare(connection: Admin, town: Town, period: str) -> int:
    """Commands for each till, made beforehand; gives how many each has."""
    connection.execute(_COMMANDS.encode())
    accounts = account_ids(town)
    made = []
    for till in range(1, TILLS + 1):
        desk = open_desk(town, till, town.office.home / "cobros")
        waiting = debtors(connection, accounts[till - 1 :: TILLS], period)
        payloads = [desk.command(debtor).payload() for debtor in waiting]
        desk.database.close()
        made.append(len(payloads))
        with connection.cursor() as cursor, cursor.copy("COPY bench.command FROM STDIN") as copy:
            for number, payload in enumerate(payloads, 1):
                copy.write_row((till, number, json.dumps(payload)))
    connection.execute("VACUUM ANALYZE bench.command")
    return min(made)


def _round(connection: Admin, town: Town, name: str, times: int, offset: int) -> float:
    """Rows a second that eight clients wrote."""
    text, table = _COUNTS[name]
    script = town.office.home / f"{name}.pgbench"
    script.write_text(text, encoding="utf-8")
    before, begun = _rows(connection, table), time.perf_counter()
    running = [_client(town, till, script, times, offset) for till in range(1, TILLS + 1)]
    try:
        codes = [client.wait(_PATIENCE) for client in running]
    finally:
        for client in running:
            client.kill()  # of one that has ended, nothing
            client.wait()
    elapsed = time.perf_counter() - begun
    if any(codes):
        raise RuntimeError(f"pgbench ended with {codes}")
    return (_rows(connection, table) - before) / elapsed


def _client(
    town: Town, till: int, script: Path, times: int, offset: int
) -> subprocess.Popen[bytes]:
    url = urlsplit(town.office.login_url(town.database, f"caja{till}"))
    program = town.office.cluster.binaries.tool("pgbench")
    return subprocess.Popen(
        [
            *(str(program), "--no-vacuum", "--protocol=prepared", f"--transactions={times}"),
            *(f"--define=till={till}", f"--define=n={offset}", f"--file={script}"),
            *("-h", str(url.hostname), "-p", str(url.port), "-U", str(url.username)),
            town.database,
        ],
        env={**os.environ, "PGPASSWORD": url.password or ""},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _rows(connection: Admin, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    return 0 if row is None else int(row[0])
