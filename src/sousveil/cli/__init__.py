"""The command line: a command per file, loaded when it is used.

Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 error, 2 wrong usage, 3 nothing
found with ``--fail-empty``, 4 no dataset or locked, 5 finished with failed files or lines, 10 something new, 130
interrupted (safe).
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click
from click.shell_completion import CompletionItem

from sousveil.exceptions import SousveilError
from sousveil.settings import VERSION

COMMANDS = {
    "demo": "make the demonstration dataset and look around",
    "init": "make an empty dataset",
    "ingest": "read files, folders and archives into the dataset",
    "sources": "where files come from, and what the columns of dumps are for",
    "runs": "what the runs did, and which files failed",
    "search": "find notices by words, capability, buyer, place, date, amount",
    "batch": "a list of words or bodies, one search each",
    "watch": "searches that are kept, and what is new in them",
    "list": "purchases, institutions and systems, by filters",
    "show": "a notice, purchase, institution, system or place in full",
    "why": "from a finding back to the words, the page, the bytes",
    "original": "the untouched original of a notice, after logging who and why",
    "stats": "counts and known amounts by field",
    "flags": "reasons to look at purchases",
    "serve": "the dataset in a browser, from this machine",
    "export": "tables for a spreadsheet or a script",
    "review": "findings that you confirm, reject, or are unsure of",
    "resolve": "which names are one institution, and what you decide on them",
    "glossary": "the terms that are looked for",
    "read": "read files without a dataset, one JSON object per notice",
    "rebuild": "make rows and search index again from the evidence",
    "doctor": "check the dataset and this machine",
    "completion": "let a shell complete commands and options",
}
"""Every command with its one-line help, in the order a newcomer meets them; ``NAME`` lives in ``cli/NAME.py``."""


class _Lazy(click.Group):
    """A group whose commands are imported when they run: ``--help`` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"sousveil.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Return the commands that begin so; none is imported for it."""
        return [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="sousveil")
def group() -> None:
    """Report from procurement documents what surveillance technology public bodies buy, with quotations.

    Start with `sousveil demo`. sousveil watches institutions, never people: names of persons are masked.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code; a SousveilError is one line on standard error."""
    try:
        code: Any = group.main(args=arguments, prog_name="sousveil", standalone_mode=False)
    except SousveilError as error:
        click.echo(f"sousveil: {error}", err=True)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("sousveil: interrupted; everything acknowledged is safe, the same command goes on.", err=True)
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)
