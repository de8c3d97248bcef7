"""What a process holds, as the kernel tells it."""

import asyncio
import os
import statistics
import time
from pathlib import Path


class Process:
    """The server, seen from outside."""

    def __init__(self, pid, port):
        self._folder = Path(f"/proc/{pid}")
        self._pid = pid
        self._port = port

    def _status(self, key):
        for line in (self._folder / "status").read_text().splitlines():
            if line.startswith(key + ":"):
                return int(line.split()[1])
        raise KeyError(key)

    def sample(self):
        """What it holds now."""
        return {
            "rssKB": self._status("VmRSS"), "threads": self._status("Threads"),
            "fds": len(os.listdir(self._folder / "fd")), "children": self.children(),
            "connections": self.connections(),
        }

    def children(self):
        """How many processes it started and has not buried yet."""
        count = 0
        for task in (self._folder / "task").iterdir():
            try:
                count += len((task / "children").read_text().split())
            except FileNotFoundError:  # the thread has ended meanwhile
                continue
        return count

    def connections(self):
        """How many connections of clients it has open, also those whose client has left."""
        count = 0
        for table in ("tcp", "tcp6"):
            try:
                lines = (self._folder / "net" / table).read_text().splitlines()[1:]
            except FileNotFoundError:
                continue
            for line in lines:
                cells = line.split()
                # Established, or closed by the client alone.
                count += int(cells[1].rsplit(":", 1)[1], 16) == self._port and cells[3] in ("01", "08")
        return count


class Samples:
    """A series of samples, taken every few seconds."""

    def __init__(self, process, seconds=2):
        self.process = process
        self.series = []
        self._seconds = seconds
        self._start = time.monotonic()

    def take(self):
        self.series.append({"at": round(time.monotonic() - self._start, 1), **self.process.sample()})
        return self.series[-1]

    async def run(self):
        """Takes samples until it is cancelled."""
        while True:
            self.take()
            await asyncio.sleep(self._seconds)

    def median(self, key, start, end):
        """Of the samples between two parts of the whole, such as 1/3 and 2/3."""
        count = len(self.series)
        part = self.series[int(count * start):max(int(count * end), int(count * start) + 1)]
        return statistics.median(sample[key] for sample in part)


async def settled(process, baseline, seconds=90):
    """Waits until connections, children and all but the descriptors of before are gone; gives what is left."""
    deadline = time.monotonic() + seconds
    while True:
        sample = process.sample()
        quiet = sample["connections"] == 0 and sample["children"] == 0
        if quiet and (baseline is None or sample["fds"] <= baseline["fds"]) or time.monotonic() > deadline:
            return sample
        await asyncio.sleep(1)
