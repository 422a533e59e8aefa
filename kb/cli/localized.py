"""click's commands and options, with help in the interface language out of `text/`.

The help of a command NAME stands under `commands.NAME` (`short`, `help`, `example`), that of its option OPT under
`commands.NAME.OPT` or, where several commands share it, under `options.OPT`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import IO, Any, TypeVar

import click

from kb.cli.session import session_of
from kb.cli.wording import Wording

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class LocalizedFormatter(click.HelpFormatter):
    """click's formatter with its few fixed headings translated."""

    wording: Wording

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line, headed in the interface language."""
        super().write_usage(prog, args, self.wording("help.usage") + " ")

    def write_heading(self, heading: str) -> None:
        """A heading, translated where it is one of click's own."""
        super().write_heading(self.wording.lookup(f"help.headings.{heading}") or heading)


class LocalizedContext(click.Context):
    """A context whose help is written by the localized formatter."""

    def make_formatter(self) -> click.HelpFormatter:
        """A formatter that knows the words of this session."""
        formatter = LocalizedFormatter(width=self.terminal_width, max_width=self.max_content_width)
        formatter.wording = session_of(self).wording
        return formatter


class LocalizedCommand(click.Command):
    """A command whose help stands in the tables of words."""

    context_class = LocalizedContext

    @property
    def words(self) -> str:
        """Where the tables have its words, below `commands`."""
        return self.name or ""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(inspect.cleandoc(session_of(ctx).wording(f"commands.{self.words}.help")))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """An example that a test runs."""
        wording = session_of(ctx).wording
        if example := self.example(wording):
            with formatter.section(wording("help.example")):
                for line in example.strip().splitlines():
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")

    def example(self, wording: Wording) -> str | None:
        """Command lines that a test runs."""
        return wording.lookup(f"commands.{self.words}.example")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described in the interface language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = session_of(ctx).wording("options.help")
        return option


class LocalizedOption(click.Option):
    """An option whose help stands in the tables of words."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's names and its help in the interface language."""
        wording = session_of(ctx).wording
        command = ctx.command
        words = command.words if isinstance(command, LocalizedCommand) else command.name
        own, shared = f"commands.{words}.{self.name}", f"options.{self.name}"
        self.help = wording.lookup(own) or wording.lookup(shared) or self.help
        return super().get_help_record(ctx)


def localized_option(*names: str, **settings: Any) -> Callable[[Decorated], Decorated]:
    """`click.option` with help from the tables of words."""
    return click.option(*names, cls=LocalizedOption, **settings)


def show_usage_error(error: click.UsageError, wording: Wording, stream: IO[str] | None = None) -> None:
    """A usage error in the interface language: what is wrong, and which help says what is right."""
    path = error.ctx.command_path if error.ctx is not None else "zeitstrahl"
    click.echo(wording("errors.prefix", message=describe_usage_error(error, wording)), file=stream, err=True)
    click.echo(wording("errors.see_help", command=f"{path} --help"), file=stream, err=True)


def _missing(error: click.MissingParameter) -> str:
    if error.param is None or error.ctx is None:
        return ""
    place = error.param.make_metavar(error.ctx)
    return f"{'/'.join(error.param.opts)} {place}" if isinstance(error.param, click.Option) else place


def describe_usage_error(error: click.UsageError, wording: Wording) -> str:
    """What is wrong with a command line; the reasons that click words itself stay as they are."""
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(error.possibilities or ())
        words = wording("errors.no_such_option", option=error.option_name)
        return words + (wording("errors.near", options=near) if near else "")
    if isinstance(error, click.MissingParameter):
        return wording("errors.missing", what=_missing(error) or error.format_message())
    if isinstance(error, click.BadParameter) and error.param is not None and error.ctx is not None:
        return wording("errors.bad_value", what=error.param.get_error_hint(error.ctx), reason=error.message)
    return error.format_message()
