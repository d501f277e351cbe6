"""``python -m sousveil.run MODULE:FUNCTION CONFINEMENT``: the process that workers are copies of, started by the pool."""

import sys

from sousveil.run.zygote import main

if __name__ == "__main__":
    main(sys.argv[1:])
