"""``sousveil serve``: the dataset in a browser, from this machine."""

from __future__ import annotations

import importlib
import webbrowser
from pathlib import Path

import click

from sousveil.cli.options import dataset_option
from sousveil.dataset import open_dataset
from sousveil.exceptions import UsageError

_SERVING = "sousveil.web.serving"
"""The pages are started by name, as commands and workers are: the rooms ``cli`` and ``web`` do not know each other."""


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where it listens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name under which others reach it, with --host.")
@click.option("--read-only", "is_read_only", is_flag=True, help="Nothing can be changed from a page.")
@click.option("--by", default="", help="Who judges findings on the pages.")
@click.option("--open/--no-browser", "is_opening", help="Open the browser, or not.  [default: not]")
@dataset_option
def command(
    *, port: int, host: str, names: tuple[str, ...], is_read_only: bool, by: str, is_opening: bool, dataset: Path | None
) -> None:
    """Show the dataset as web pages: search, documents with their findings, institutions, flags, data.

    Only this machine can reach them. With --host others can, who have the address with the key that is printed. On the
    Data page runs can be started, paused and stopped, and on a document findings judged, unless --read-only is given.
    """
    serve(dataset, host=host, port=port, names=names, is_read_only=is_read_only, by=by, is_opening=is_opening)


def serve(
    dataset: Path | None,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    names: tuple[str, ...] = (),
    is_read_only: bool = False,
    by: str = "",
    is_opening: bool = False,
) -> None:
    """Serve a dataset until it is interrupted.

    Raises:
        UsageError: the extra ``web`` is not installed.
    """
    try:
        serving = importlib.import_module(_SERVING)
    except ImportError as error:
        raise UsageError(
            f"The web interface needs the extra `web` ({error.name} is missing): pip install 'sousveil[web]'"
        ) from error
    with open_dataset(dataset) as opened:
        opened.counts()  # a folder that cannot be opened is told before anything listens

        def ready(address: str, is_reachable: bool) -> None:
            click.echo(f"{opened.title}: {address}   (Ctrl-C ends it)", err=True)
            if is_reachable:
                click.echo("Whoever has this address can read the dataset, unencrypted on its way.", err=True)
                if not is_read_only:
                    click.echo(
                        "They can also pause, stop and retry runs, and judge findings; --read-only forbids it.",
                        err=True,
                    )
            if is_opening:
                webbrowser.open(address)

        serving.serve(opened, host=host, port=port, names=names, is_read_only=is_read_only, by=by, ready=ready)
