"""How long tests wait: no test depends on the speed of the machine."""

PATIENT = {"KBSEARCH_QUERY_DEADLINE_MS": "60000", "KBSEARCH_SUGGEST_DEADLINE_MS": "60000"}
"""Settings by which a search answers whole, however slow the machine is."""
PATIENCE = 600
"""Seconds until a test takes for hung what it waits for; only a defect makes it wait so long."""
