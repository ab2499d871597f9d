"""How long tests wait: no test depends on the speed of the machine."""

PATIENT = {"KBSEARCH_QUERY_DEADLINE_MS": "60000", "KBSEARCH_SUGGEST_DEADLINE_MS": "60000"}
"""Settings by which a search answers whole, however slow the machine is."""
PATIENCE = 600
"""Seconds until a test takes a process for hung; only a defect makes it wait so long."""
PAGE_PATIENCE = 60
"""The same for what a page shows: a wrong sentence on it must not use up the time of all tests."""
