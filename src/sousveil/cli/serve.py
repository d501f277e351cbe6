"""``sousveil serve``: the dataset in a browser, from this machine."""

from __future__ import annotations

import ipaddress
import secrets
import webbrowser
from pathlib import Path

import click

from sousveil.cli.options import dataset_option
from sousveil.dataset import open_dataset
from sousveil.exceptions import UsageError


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where it listens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name under which others reach it, with --host.")
@click.option("--open", "is_opening", is_flag=True, help="Open the browser.")
@dataset_option
def command(*, port: int, host: str, names: tuple[str, ...], is_opening: bool, dataset: Path | None) -> None:
    """Show the dataset as web pages: search, documents with their findings, institutions, flags, data.

    Only this machine can reach them, and nothing can be changed. With --host others can, who have the address with
    the key that is printed.
    """
    try:
        import uvicorn

        from sousveil.web import make_app
        from sousveil.web.guard import LOOPBACK
    except ImportError as error:
        raise UsageError(
            f"The web interface needs the extra `web` ({error.name} is missing): pip install 'sousveil[web]'"
        ) from error
    is_local = _is_loopback(host)
    key = "" if is_local else secrets.token_urlsafe(24)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{names[0] if names else shown}:{port}/{f'key/{key}' if key else ''}"
    with open_dataset(dataset) as opened:
        opened.store  # noqa: B018 (a folder that cannot be opened is told before anything listens)
        app = make_app(opened, hosts=(*LOOPBACK, shown, *names), key=key)
        click.echo(f"{opened.title}: {address}   (Ctrl-C ends it)", err=True)
        if not is_local:
            click.echo("Whoever has this address can read the dataset, unencrypted on its way.", err=True)
        if is_opening:
            webbrowser.open(address)
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, date_header=True)


def _is_loopback(host: str) -> bool:
    """Return whether only this machine reaches an address.

    >>> [_is_loopback(one) for one in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "192.0.2.7")]
    [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
