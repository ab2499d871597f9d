"""The short form of scripts/mutate-imports: damaged files make no defect, and lose no row."""

from itertools import islice
from random import Random

import pytest

from tests.intake.conftest import Desk
from tests.intake.mutations import damaged_files, fault_of


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_file_holds_every_record_is_accounted_for(desk: Desk, seed: int) -> None:
    for number, damaged in enumerate(islice(damaged_files(Random(seed)), 60)):
        assert fault_of(damaged, desk.folder, desk.store) == "", (seed, number, damaged.name)
