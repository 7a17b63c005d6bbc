"""A notice that goes away as soon as one of its acts is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tehuacan_comercial.ui.theme.tokens import Tone
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeAct, NoticeStrip


def tell_until_answered(
    strip: NoticeStrip, tone: Tone, icon: str, title: str, text: str, acts: Sequence[NoticeAct]
) -> InlineNotice:
    """Show a notice whose every act first puts it away."""
    told: list[InlineNotice] = []

    def answered(act: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            told[0].dismiss()
            act()

        return run

    wrapped = [NoticeAct(each.text, answered(each.act), each.icon) for each in acts]
    told.append(strip.tell(tone, icon, title, text, wrapped))
    return told[0]
