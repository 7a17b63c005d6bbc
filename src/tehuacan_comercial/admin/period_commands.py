"""The commands of a billing period: open it, read its meters, bill it, accrue surcharges."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from tehuacan_comercial.admin.spanish import SpanishCommand, SpanishGroup  # isort: skip
import typer

from tehuacan_comercial.admin.command_context import access_of

periods = typer.Typer(cls=SpanishGroup)

Period = Annotated[str, typer.Option(metavar="AAAAMM", help="Periodo, p. ej. 202609.")]


@periods.command("open-period", cls=SpanishCommand)
def open_period(context: typer.Context, period: Period) -> int:
    """Abre un periodo de facturación, con sus fechas de emisión y vencimiento."""
    from tehuacan_comercial.admin import billing

    return billing.open_period(access_of(context), period)


@periods.command(cls=SpanishCommand)
def readings(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="ARCHIVO",
            help="Lecturas, .csv o .xlsx; con --template, la hoja que se escribe.",
        ),
    ],
    period: Period,
    template: Annotated[
        str,
        typer.Option(metavar="RUTA", help="Escribe la hoja por llenar de esta ruta y termina."),
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(help="Correspondencia de columnas (.toml).")
    ] = None,
    rows: Annotated[int | None, typer.Option(help="Lecturas que debe tener el archivo.")] = None,
    m3: Annotated[int | None, typer.Option("--m3", help="Suma de consumos, m³.")] = None,
    review_above: Annotated[
        int, typer.Option(min=0, help="Porcentaje sobre el promedio que se manda a revisar.")
    ] = 100,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Sólo revisa; no carga nada.")] = False,
    skip_faulty: Annotated[
        bool,
        typer.Option(
            "--skip-faulty", help="Carga los renglones sin fallas y deja fuera los demás."
        ),
    ] = False,
    faults: Annotated[
        Path | None, typer.Option(help="Libro de Excel con las fallas y lo que hay que revisar.")
    ] = None,
) -> int:
    """Carga las lecturas de un periodo, si los totales coinciden, o escribe la hoja de una ruta."""
    from tehuacan_comercial.admin import readings as work

    return work.readings(
        access_of(context),
        work.Wish(
            file, period, template, mapping, rows, m3, review_above, dry_run, skip_faulty, faults
        ),
    )


@periods.command(cls=SpanishCommand)
def bill(
    context: typer.Context,
    period: Period,
    route: Annotated[str, typer.Option(help="Sólo esta ruta.")] = "",
    pdf: Annotated[
        Path | None, typer.Option(help="Carpeta donde se escriben los recibos, uno por ruta.")
    ] = None,
) -> int:
    """Factura un periodo. Lo ya facturado no se repite."""
    from tehuacan_comercial.admin import billing

    return billing.bill(access_of(context), period, route, pdf)


@periods.command("accrue-surcharges", cls=SpanishCommand)
def accrue_surcharges(
    context: typer.Context,
    through: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="AAAA-MM-DD", help="Hasta este día; hoy."),
    ] = None,
) -> int:
    """Calcula los recargos hasta un día. Repetirlo no cambia nada."""
    from tehuacan_comercial.admin import billing

    return billing.accrue(access_of(context), through.date() if through else None)
