"""``sousveil completion``: the script by which a shell completes commands and options."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

VARIABLE = "_SOUSVEIL_COMPLETE"
"""By this variable the script asks the program what may come next (click's convention)."""

_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command("completion")
@click.argument("shell", type=click.Choice(tuple(_SHELLS)))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script that lets a shell complete sousveil's commands and options with the tab key.

    bash: sousveil completion bash > ~/.local/share/bash-completion/completions/sousveil

    zsh: sousveil completion zsh > "${fpath[1]}/_sousveil"

    fish: sousveil completion fish > ~/.config/fish/completions/sousveil.fish
    """
    script = _SHELLS[shell](context.find_root().command, {}, "sousveil", VARIABLE)
    click.echo(script.source())
