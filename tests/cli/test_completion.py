"""Shells complete commands and options with the script that ``sousveil completion`` prints."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("sousveil")
ASK = 'COMP_WORDS=({words}); COMP_CWORD={place}; _sousveil_completion {program}; echo "${{COMPREPLY[@]}}"'


def completed(*words: str) -> list[str]:
    """Return what bash offers for the last of the words."""
    asked = ASK.format(words=" ".join(f"'{word}'" for word in words), place=len(words) - 1, program=PROGRAM)
    source = f'eval "$({PROGRAM} completion bash)"; {asked}'
    ran = subprocess.run(["bash", "-c", source], capture_output=True, text=True, check=True)
    return ran.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("sousveil", "comp"), ["completion"]),
        (("sousveil", "re"), ["review", "resolve", "read", "rebuild"]),
        (("sousveil", "export", "--form"), ["--format"]),
        (("sousveil", "export", "--format", "geo"), ["geojson"]),
    ],
)
def test_bash_offers_commands_options_and_their_values(words, offered):
    assert completed(*words) == offered


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_scripts(shell):
    ran = subprocess.run([PROGRAM, "completion", shell], capture_output=True, text=True, check=True)
    assert f"_SOUSVEIL_COMPLETE={shell}_complete" in ran.stdout
