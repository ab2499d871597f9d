"""What a crash, a power cut or a bad disk does to an index, for the tests and scripts/faults."""
