"""``python -m sousveil.run MODULE:FUNCTION CONFINEMENT``: the process that a pool copies its workers from."""

import sys

from sousveil.run.zygote import main

if __name__ == "__main__":
    main(sys.argv[1:])
