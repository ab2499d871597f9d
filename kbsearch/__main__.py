"""Run `python -m kbsearch` as the command `kbsearch`."""

from kbsearch.cli.main import main

if __name__ == "__main__":
    main(prog_name="kbsearch")
