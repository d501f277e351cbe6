"""``python -m sousveil.run MODULE:FUNCTION CONFINEMENT``: a worker process, started by the pool."""

import sys

from sousveil.run.worker import main

if __name__ == "__main__":
    main(sys.argv[1:])
