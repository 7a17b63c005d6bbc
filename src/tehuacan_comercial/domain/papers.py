"""The papers of custody that a station prints (H5, H9, H17)."""

from __future__ import annotations

from enum import StrEnum


class CustodyPaper(StrEnum):
    """Which paper; its subject is the number of what it tells of."""

    INTERIM_REPORT = "interim_report"
    CASH_COUNT = "cash_count"
    WITHDRAWAL = "withdrawal"
    HANDOVER = "handover"
    SHORTAGE_REPAID = "shortage_repaid"
