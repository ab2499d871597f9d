"""How much memory an import takes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
from pathlib import Path
from kbsearch.intake.importer import Importer
from tests.masking import unmasked
from kbsearch.progress import silent
from kbsearch.records.import_options import ImportOptions
from kbsearch.store.store import Store

path = Path(sys.argv[1])
store = Store.open(f"sqlite:///{path}.db", masking=unmasked)
report = Importer(
    store, ImportOptions(), rejects_folder=path.parent, progress=silent
).run([path])
print(report.read)
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc"
)


def _peak(path: Path) -> tuple[int, int]:
    """Import a file in a process of its own; return the rows read and the peak in KiB."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)], check=True, capture_output=True, text=True
    )
    read, peak = done.stdout.split()
    return int(read), int(peak)


def _row(number: int) -> dict[str, str]:
    return {"id": str(number), "subject": f"Printer {number} jams", "body": f"{number} " * 100}


def _write(path: Path, rows: int) -> Path:
    with path.open("w") as file:
        if path.suffix == ".csv":
            file.write("id,subject,body\n")
            file.writelines(",".join(_row(n).values()) + "\n" for n in range(rows))
        elif path.suffix == ".json":
            file.write("[" + json.dumps(_row(0)))
            file.writelines(",\n" + json.dumps(_row(n)) for n in range(1, rows))
            file.write("]")
    return path


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_ten_times_the_rows_take_no_more_memory(tmp_path: Path, ending: str) -> None:
    few, small = _peak(_write(tmp_path / f"few{ending}", 3_000))
    many, large = _peak(_write(tmp_path / f"many{ending}", 30_000))
    assert (few, many) == (3_000, 30_000)
    assert large - small < 6_000


@pytest.mark.parametrize("ending", [".csv", ".json", ".jsonl"])
def test_a_cell_of_fifty_megabytes_is_not_kept(tmp_path: Path, ending: str) -> None:
    _, usual = _peak(_write(tmp_path / "few.csv", 1))
    path = tmp_path / f"long{ending}"
    if ending == ".csv":
        path.write_text('id,subject\n1,"' + "x" * 50_000_000 + '"\n')
    else:
        text = json.dumps({"id": 1, "subject": "x" * 50_000_000})
        path.write_text(f"[{text}]" if ending == ".json" else text)
    read, peak = _peak(path)
    assert read == 1
    assert peak - usual < 40_000
