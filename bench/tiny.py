"""``make tiny``: the whole line on the shipped notices, in seconds: ingest, search, why, export."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import sousveil as sv

SOUSVEIL = Path(sys.executable).with_name("sousveil")


def main() -> int:
    """Run each command as a user would, and stop at the first that fails."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "dataset")
        commands = [
            ["demo", folder],
            ["search", "人脸识别", "--dataset", folder, "--limit", "3"],  # face recognition
            ["stats", "by", "capability", "--dataset", folder],
            ["export", "--format", "csv", "-o", Path(work, "findings.csv"), "--dataset", folder],
            ["runs", "failures", "--dataset", folder],
            ["doctor", "--dataset", folder],
        ]
        with sv.demo(folder) as dataset:
            finding = dataset.store.rows("SELECT id FROM findings ORDER BY id LIMIT 1")[0]["id"]
        commands.append(["why", finding, "--dataset", folder])
        for command in commands:
            print("$ sousveil", *command)
            subprocess.run([SOUSVEIL, *map(str, command)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
