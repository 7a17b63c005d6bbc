"""The command line: every command with its options and help in Spanish; the work is elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from tehuacan_comercial.admin.spanish import SpanishCommand, SpanishGroup  # isort: skip
import typer

from tehuacan_comercial.admin.access import Access
from tehuacan_comercial.admin.command_context import access_of
from tehuacan_comercial.admin.period_commands import periods

_HELP = {"help_option_names": ["--help", "-h"]}
app = typer.Typer(
    name="tehuacan-admin",
    cls=SpanishGroup,
    help="Herramientas de la oficina: instalar, personal, reglas, padrón, facturación y libros.\n\n"
    "Sin --server actúa sobre la base de datos que diga el archivo de la estación (normalmente la "
    "de este equipo). Sin --user, en la base de este equipo usa su cuenta interna y lo dice.\n\n"
    "Códigos de salida: 0 hecho; 1 no se permite o hay faltas; 2 orden mal escrita; 3 problema del "
    "equipo o de la red.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
)
staff = typer.Typer(cls=SpanishGroup, help="Personal que inicia sesión.", no_args_is_help=True)
station = typer.Typer(cls=SpanishGroup, help="Estaciones de trabajo.", no_args_is_help=True)
till = typer.Typer(cls=SpanishGroup, help="Cajas.", no_args_is_help=True)
channel = typer.Typer(cls=SpanishGroup, help="Canales de pago.", no_args_is_help=True)
app.add_typer(channel, name="channel")
bank = typer.Typer(cls=SpanishGroup, help="Cuentas bancarias de la oficina.", no_args_is_help=True)
app.add_typer(bank, name="bank")
app.add_typer(staff, name="staff")
app.add_typer(station, name="station")
app.add_typer(till, name="till")
app.add_typer(periods)

PasswordStdin = Annotated[
    bool,
    typer.Option("--password-stdin", help="Lee la contraseña nueva de la entrada estándar."),
]
Username = Annotated[str, typer.Argument(metavar="USUARIO", help="Usuario, p. ej. rosa.hernandez.")]


@app.callback()
def options(
    context: typer.Context,
    server: Annotated[
        str,
        typer.Option(
            envvar="TEHUACAN_SERVER",
            help="Servidor de la oficina, p. ej. postgresql://servidor:5432/tehuacan; "
            "«embedded» es la base de este equipo.",
        ),
    ] = "",
    sslmode: Annotated[
        str, typer.Option(help="Cifrado con el servidor: verify-full, require, disable…")
    ] = "",
    user: Annotated[
        str, typer.Option(envvar="TEHUACAN_USER", help="Usuario con el que se entra.")
    ] = "",
    login_stdin: Annotated[
        bool,
        typer.Option(
            "--login-stdin",
            help="Lee la contraseña de --user de la entrada estándar (también TEHUACAN_PASSWORD).",
        ),
    ] = False,
) -> None:
    """What holds for every command."""
    context.obj = Access(server, sslmode, user, login_stdin)


@app.command(cls=SpanishCommand)
def init(
    context: typer.Context,
    administrator: Annotated[
        str, typer.Option(help="Usuario de la primera persona que administra.")
    ] = "administrador",
    full_name: Annotated[str, typer.Option(help="Nombre completo de esa persona.")] = "",
    password_stdin: PasswordStdin = False,
) -> int:
    """Instala: crea la base de datos, carga las reglas y da de alta a quien administra."""
    from tehuacan_comercial.admin import installing

    return installing.init(access_of(context), administrator, full_name, password_stdin)


@app.command(cls=SpanishCommand)
def upgrade(context: typer.Context) -> int:
    """Pone al día la base de datos para esta versión del programa."""
    from tehuacan_comercial.admin import installing

    return installing.upgrade(access_of(context))


@staff.command("add", cls=SpanishCommand)
def staff_add(
    context: typer.Context,
    username: Annotated[
        str, typer.Argument(metavar="USUARIO", help="Usuario, p. ej. rosa.hernandez.")
    ],
    job: Annotated[
        str,
        typer.Option(
            help="Función: counter, cashier, head_cashier, registry, metering, field_collector, "
            "manager, director, auditor o administrator."
        ),
    ],
    full_name: Annotated[str, typer.Option(help="Nombre completo.")],
    position: Annotated[str, typer.Option(help="Puesto.")] = "",
    password_stdin: PasswordStdin = False,
) -> int:
    """Da de alta a una persona, con su propio usuario de la base de datos."""
    from tehuacan_comercial.admin import people

    return people.add(access_of(context), username, job, full_name, position, password_stdin)


@staff.command("disable", cls=SpanishCommand)
def staff_disable(context: typer.Context, username: Username) -> int:
    """Da de baja a una persona: ya no puede iniciar sesión; lo que hizo queda."""
    from tehuacan_comercial.admin import people

    return people.disable(access_of(context), username)


@staff.command("password", cls=SpanishCommand)
def staff_password(
    context: typer.Context, username: Username, password_stdin: PasswordStdin = False
) -> int:
    """Cambia la contraseña de una persona."""
    from tehuacan_comercial.admin import people

    return people.password(access_of(context), username, password_stdin)


@staff.command("list", cls=SpanishCommand)
def staff_list(context: typer.Context) -> int:
    """Muestra al personal."""
    from tehuacan_comercial.admin import people

    return people.show(access_of(context))


@station.command("add", cls=SpanishCommand)
def station_add(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CLAVE", help="Clave, p. ej. E1.")],
    name: Annotated[str, typer.Option(help="Nombre.")],
    desk: Annotated[str, typer.Option(help="Ventanilla.")] = "",
) -> int:
    """Da de alta o cambia una estación."""
    from tehuacan_comercial.admin import places

    return places.add_station(access_of(context), code, name, desk)


@station.command("list", cls=SpanishCommand)
def station_list(context: typer.Context) -> int:
    """Muestra las estaciones."""
    from tehuacan_comercial.admin import places

    return places.show_stations(access_of(context))


@till.command("add", cls=SpanishCommand)
def till_add(
    context: typer.Context,
    code: Annotated[
        str,
        typer.Argument(metavar="CLAVE", help="Clave, p. ej. C1; es también la serie de recibos."),
    ],
    name: Annotated[str, typer.Option(help="Nombre.")],
    station_code: Annotated[str, typer.Option("--station", help="Estación donde está.")],
    opening_float: Annotated[str, typer.Option(help="Fondo fijo, pesos.")] = "500.00",
    cash_limit: Annotated[str, typer.Option(help="Tope de efectivo, pesos.")] = "30000.00",
) -> int:
    """Da de alta o cambia una caja."""
    from tehuacan_comercial.admin import places

    return places.add_till(access_of(context), code, name, station_code, opening_float, cash_limit)


@till.command("list", cls=SpanishCommand)
def till_list(context: typer.Context) -> int:
    """Muestra las cajas."""
    from tehuacan_comercial.admin import places

    return places.show_tills(access_of(context))


@bank.command("add", cls=SpanishCommand)
def bank_add(
    context: typer.Context,
    code: Annotated[
        str, typer.Argument(metavar="CLAVE", help="Clave, p. ej. BBVA; en los libros es BANK_BBVA.")
    ],
    bank_name: Annotated[str, typer.Option("--bank", help="Banco.")],
    name: Annotated[str, typer.Option(help="Nombre de la cuenta.")],
    clabe: Annotated[str, typer.Option(help="CLABE, 18 dígitos.")],
) -> int:
    """Da de alta o cambia una cuenta bancaria, para las fichas de depósito."""
    from tehuacan_comercial.admin import banks

    return banks.add_account(access_of(context), code, bank_name, name, clabe)


@bank.command("list", cls=SpanishCommand)
def bank_list(context: typer.Context) -> int:
    """Muestra las cuentas bancarias."""
    from tehuacan_comercial.admin import banks

    return banks.show_accounts(access_of(context))


@channel.command("add", cls=SpanishCommand)
def channel_add(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="Clave, p. ej. OXXO; es la serie de sus recibos.")],
    name: Annotated[str, typer.Option(help="Nombre.")],
) -> int:
    """Da de alta o cambia un banco o una tienda que cobra por la oficina."""
    from tehuacan_comercial.admin import bank_files

    return bank_files.add_channel(access_of(context), code, name)


@channel.command("list", cls=SpanishCommand)
def channel_list(context: typer.Context) -> int:
    """Muestra los canales de pago."""
    from tehuacan_comercial.admin import bank_files

    return bank_files.show_channels(access_of(context))


@app.command("channel-import", cls=SpanishCommand)
def channel_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Archivo de pagos del canal.", exists=True)],
    mapping: Annotated[Path, typer.Option(help="Correspondencia (.toml).", exists=True)],
    code: Annotated[str, typer.Option("--channel", help="Clave del canal.")],
    rows: Annotated[int | None, typer.Option(help="Pagos, si el archivo no trae totales.")] = None,
    amount: Annotated[str, typer.Option(help="Importe, si el archivo no trae totales.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Sólo revisa; no registra.")] = False,
) -> int:
    """Registra un archivo de pagos completo, o nada; lo desconocido queda por identificar."""
    from tehuacan_comercial.admin import bank_files

    wish = bank_files.ChannelWish(file, mapping, code, rows, amount, dry_run)
    return bank_files.import_channel(access_of(context), wish)


@app.command("statement-import", cls=SpanishCommand)
def statement_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Estado de cuenta del banco.", exists=True)],
    mapping: Annotated[Path, typer.Option(help="Correspondencia (.toml).", exists=True)],
    account: Annotated[str, typer.Option(help="Clave de la cuenta bancaria.")],
) -> int:
    """Carga un estado de cuenta y concilia las fichas de depósito."""
    from tehuacan_comercial.admin import bank_files

    return bank_files.import_statement(access_of(context), file, mapping, account)


@app.command("load-rules", cls=SpanishCommand)
def load_rules(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(metavar="ARCHIVO", help="Archivo .toml de reglas, o carpeta con varios."),
    ],
) -> int:
    """Carga reglas: tarifas, impuestos, recargos, UMA, calendario, oficina."""
    from tehuacan_comercial.admin import rules

    return rules.load(access_of(context), path)


@app.command("import-registry", cls=SpanishCommand)
def import_registry(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="ARCHIVO", help="Padrón del sistema anterior, .csv o .xlsx.")
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="Correspondencia de columnas (.toml).")
    ] = None,
    rows: Annotated[int | None, typer.Option(help="Cuentas que debe tener el archivo.")] = None,
    balance: Annotated[str, typer.Option(help="Suma de saldos iniciales, pesos.")] = "",
    credit: Annotated[str, typer.Option(help="Suma de saldos a favor, pesos.")] = "0.00",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Sólo revisa; no carga nada.")] = False,
    skip_faulty: Annotated[
        bool,
        typer.Option(
            "--skip-faulty", help="Carga los renglones sin fallas y deja fuera los demás."
        ),
    ] = False,
    faults: Annotated[
        Path | None, typer.Option(help="Libro de Excel donde se escriben las fallas.")
    ] = None,
) -> int:
    """Carga el padrón del sistema anterior, si los totales de control coinciden."""
    from tehuacan_comercial.admin import registry

    wish = registry.Wish(file, mapping, rows, balance, credit, dry_run, skip_faulty, faults)
    return registry.import_registry(access_of(context), wish)


@app.command(cls=SpanishCommand)
def demo(
    context: typer.Context,
    accounts: Annotated[int, typer.Option(min=1, max=500_000, help="Cuentas.")] = 2000,
    seed: Annotated[int, typer.Option(help="Semilla: la misma da el mismo pueblo.")] = 1,
    fast: Annotated[
        bool, typer.Option("--fast", help="Historia de cuatro meses en lugar de dos años.")
    ] = False,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Si ya hay cuentas, no hace nada y termina bien.")
    ] = False,
) -> int:
    """Llena una base vacía con un pueblo de DEMOSTRACIÓN: personas y cuentas inventadas."""
    from tehuacan_comercial.admin import demonstration

    return demonstration.demo(access_of(context), accounts, seed, fast, if_empty)


@app.command(cls=SpanishCommand)
def verify(context: typer.Context) -> int:
    """Revisa los libros completos; dice cada falta y sale con 1 si hay alguna."""
    from tehuacan_comercial.admin import books

    return books.verify(access_of(context))


@app.command(cls=SpanishCommand)
def backup(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="ARCHIVO", help="Archivo de respaldo que se escribe.")
    ],
) -> int:
    """Respalda la base de datos en un archivo."""
    from tehuacan_comercial.admin import books

    return books.backup(access_of(context), file)


@app.command(cls=SpanishCommand)
def restore(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="ARCHIVO", help="Archivo de respaldo.", exists=True)
    ],
    into: Annotated[
        str, typer.Option(help="Base de datos que se reemplaza; normalmente la de la oficina.")
    ] = "",
    only_try: Annotated[
        bool, typer.Option("--try", help="Sólo prueba que el respaldo sirve; no cambia nada.")
    ] = False,
) -> int:
    """Restaura un respaldo: primero en una base de ensayo que se verifica, después en su lugar."""
    from tehuacan_comercial.admin import books

    return books.restore(access_of(context), file, into, only_try)
