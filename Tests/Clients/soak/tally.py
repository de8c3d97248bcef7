"""What was done, and what came of it."""

import re
from collections import Counter


class Tally:
    """Counts operations by kind and errors by code, and keeps what should not have been, likes together."""

    def __init__(self):
        self.operations = Counter()
        self.errors = Counter()
        self.statuses = Counter()
        self._faults = {}

    def done(self, kind):
        self.operations[kind] += 1

    def fault(self, what):
        like = re.sub(r"[0-9a-f_]{8,}|\d+", "…", what)[:160]
        first, count = self._faults.get(like, (what[:1000], 0))
        self._faults[like] = first, count + 1

    def faults(self):
        """The first of each kind, and how many were like it, most first."""
        found = sorted(self._faults.values(), key=lambda each: -each[1])
        return [f"{count} × {first}" for first, count in found]
