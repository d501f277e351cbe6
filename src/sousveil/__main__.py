"""``python -m sousveil``: the command line, where the program is not on the path."""

from sousveil.cli import main

if __name__ == "__main__":
    main()
