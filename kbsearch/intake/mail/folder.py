"""A folder of which each file is a mail: a Maildir, or one of .eml files."""

from collections.abc import Sequence
from pathlib import Path

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import InputFile

MAILDIR = ("cur", "new")
"""The folders of a Maildir that hold its mails."""
MAILDIR_FOLDERS = (*MAILDIR, "tmp")
ENDING = ".eml"


class MailFolder(InputFile):
    """A folder of mails, imported as if it were one file, because a conversation is many mails."""

    def _check(self) -> int:
        return sum(mail.stat().st_size for mail in mails_of(self.path))


def mails_of(folder: Path) -> Sequence[Path]:
    """Return the mails of a folder, sorted; hidden files and links are passed over.

    Raises FileUnreadable if the folder cannot be read.
    """
    whole = is_maildir(folder)
    places = [folder / name for name in MAILDIR] if whole else [folder]
    try:
        every = [mail for place in places for mail in sorted(place.iterdir())]
    except OSError as error:
        raise FileUnreadable(
            f"{folder} cannot be read ({error.strerror}); check who may read it."
        ) from None
    return [
        mail
        for mail in every
        if (whole or is_mail(mail))
        and not mail.name.startswith(".")
        and not mail.is_symlink()
        and mail.is_file()
    ]


def is_mail(path: Path) -> bool:
    """Tell whether the name of a file says that it is one mail."""
    return path.name.casefold().endswith(ENDING)


def is_maildir(folder: Path) -> bool:
    """Tell whether a folder is a Maildir."""
    return all((folder / name).is_dir() for name in MAILDIR)


def holds_mails(folder: Path) -> bool:
    """Tell whether the files of a folder, without those below it, are mails."""
    return bool(mails_of(folder))
