"""The program `zeitstrahl`: its global options, and a table of commands that are imported only when called."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from kb.cli.localized import LocalizedContext, LocalizedFormatter, LocalizedOption, show_usage_error
from kb.cli.session import Session, session_of
from kb.cli.streams import print_remark, soften_streams
from kb.cli.version import VERSION
from kb.cli.wording import UI_LANGUAGES

# name: (module, attribute); the order is that of the help. Modules are imported only when their command is called:
# `--help`, `--version` and completion must load no language model, no pandas, plotly or networkx.
COMMANDS: dict[str, tuple[str, str]] = {
    "add": ("kb.cli.add", "add_command"),
    "events": ("kb.cli.listing", "events_command"),
    "show": ("kb.cli.event", "show_command"),
    "explain": ("kb.cli.event", "explain_command"),
    "chain": ("kb.cli.chain", "chain_command"),
    "timeline": ("kb.cli.timeline", "timeline_command"),
    "graph": ("kb.cli.graph", "graph_command"),
    "background": ("kb.cli.timeline", "background_command"),
    "handout": ("kb.cli.timeline", "handout_command"),
    "actors": ("kb.cli.listing", "actors_command"),
    "documents": ("kb.cli.listing", "documents_command"),
    "document": ("kb.cli.document", "document_command"),
    "add-event": ("kb.cli.by_hand", "add_event_command"),
    "import": ("kb.cli.by_hand", "import_command"),
    "review": ("kb.cli.review", "review_command"),
    "confirm": ("kb.cli.judging", "confirm_command"),
    "correct": ("kb.cli.judging", "correct_command"),
    "prefer": ("kb.cli.judging", "prefer_command"),
    "merge": ("kb.cli.judging", "merge_command"),
    "split": ("kb.cli.judging", "split_command"),
    "retract": ("kb.cli.judging", "retract_command"),
    "pin": ("kb.cli.judging", "pin_command"),
    "dossier": ("kb.cli.dossier", "dossier_command"),
    "undo": ("kb.cli.judging", "undo_command"),
    "history": ("kb.cli.judging", "history_command"),
    "withdraw": ("kb.cli.judging", "withdraw_command"),
    "forget": ("kb.cli.judging", "forget_command"),
    "export": ("kb.cli.export", "export_command"),
    "backup": ("kb.cli.export", "backup_command"),
    "timex": ("kb.cli.timex", "timex_command"),
    "doctor": ("kb.cli.doctor", "doctor_command"),
}


class Program(click.Group):
    """The group of all commands; each is imported on demand, its one-line help comes from the tables of words."""

    context_class = LocalizedContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; an unknown one is answered with the nearest names."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            wording = session_of(ctx).wording
            message = wording("errors.no_such_command", command=args[0])
            if near := get_close_matches(args[0], COMMANDS, 2):
                message += wording("errors.near", options=", ".join(near))
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[click.shell_completion.CompletionItem]:
        """The commands that begin so, with their one-line help, none of them imported."""
        wording = session_of(ctx).wording
        names = [
            click.shell_completion.CompletionItem(name, help=wording(f"commands.{name}.short"))
            for name in COMMANDS
            if name.startswith(incomplete)
        ]
        return names + (click.Command.shell_complete(self, ctx, incomplete) if incomplete.startswith("-") else [])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the program does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(session_of(ctx).wording("program.help"))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All commands, one line each."""
        wording = session_of(ctx).wording
        assert isinstance(formatter, LocalizedFormatter)
        with formatter.section(wording("help.headings.Commands")):
            formatter.write_dl([(name, wording(f"commands.{name}.short")) for name in COMMANDS])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in the interface language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = session_of(ctx).wording("options.help")
        return option


def _choose_language(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        session_of(context).language = "en" if value == "en" else "de"


def _print_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"zeitstrahl {VERSION}")
        context.exit()


@click.command("zeitstrahl", cls=Program)
@click.option("--kb", "path", cls=LocalizedOption, metavar="FILE", envvar="ZEITSTRAHL_KB", default="zeitstrahl.db",
              type=click.Path(dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--ui", cls=LocalizedOption, type=click.Choice(UI_LANGUAGES), is_eager=True, expose_value=False,
              callback=_choose_language)  # fmt: skip
@click.option("--version", cls=LocalizedOption, is_flag=True, is_eager=True, expose_value=False,
              callback=_print_version)  # fmt: skip
@click.pass_context
def zeitstrahl(context: click.Context, path: Path) -> None:
    """Timelines and event chains from news text."""
    session_of(context).path = path


def run_program(arguments: list[str] | None = None) -> int:
    """Run one command line and return its exit code: 0, 1 for an error a user can mend, 2 for a wrong usage.

    This is the one place where errors become exit codes.
    """
    soften_streams()
    session = Session()
    try:
        return _invoke(arguments, session)
    except click.exceptions.NoArgsIsHelpError as error:
        print_remark(error.format_message())
        return 2
    except click.UsageError as error:
        show_usage_error(error, session.wording)
        return 2
    except click.Abort:
        print_remark(session.wording("errors.aborted"))
        return 130
    except BrokenPipeError:
        # The reader of our output (`| head`) has seen enough; Python must not complain again when it closes.
        sys.stdout = None
        return 0
    except ImportError as error:
        return _report_import(error, session)


def _invoke(arguments: list[str] | None, session: Session) -> int:
    result: object
    try:
        result = zeitstrahl.main(arguments, prog_name="zeitstrahl", standalone_mode=False, obj=session)
    except click.exceptions.Exit as finished:
        result = finished.exit_code
    except click.UsageError:
        raise
    except click.ClickException as error:
        print_remark(session.wording("errors.prefix", message=error.format_message()))
        return 1
    except _timeline_error() as error:
        print_remark(session.wording("errors.prefix", message=str(error)))
        return 1
    return result if isinstance(result, int) else 0


def _timeline_error() -> type[Exception]:
    # Looked up only once something was raised: importing `events` costs more than `--version` may take.
    from events import TimelineError

    return TimelineError


def _report_import(error: ImportError, session: Session) -> int:
    """Names the distribution that overwrote one of our packages, or the library that is missing."""
    from kb.cli.installation import OUR_PACKAGES, find_intruders

    package = (error.name or "").split(".")[0]
    if package in OUR_PACKAGES and (intruders := find_intruders()):
        modules = ", ".join(dict.fromkeys(intruder.package for intruder in intruders))
        culprit = ", ".join(dict.fromkeys(intruder.distribution for intruder in intruders))
        message = session.wording("errors.foreign_module", modules=modules, culprit=culprit)
    elif package and package not in OUR_PACKAGES and isinstance(error, ModuleNotFoundError):
        message = session.wording("errors.missing_module", module=error.name)
    else:
        raise error
    print_remark(session.wording("errors.prefix", message=message))
    return 1
