"""The built program, serving on a port of its own and a database of its own."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
RESUMES = ROOT / "Examples" / "resumes"
JOBS = ROOT / "Examples" / "jobs"


class Server:
    """Runs while its `with` block does. The log is a file, read where somebody asks for it."""

    def __init__(self, program, **settings):
        uri = os.environ.get("MONGODB_URI") or sys.exit("MONGODB_URI is not set: run this by its script")
        database = urlsplit(uri)._replace(path=f"/clients-{uuid.uuid4().hex}")
        # Without limits: what is tried here comes from one address, and is much.
        self.environment = {
            **os.environ, "MONGODB_URI": urlunsplit(database), "LOG_FORMAT": "json", "RATE_LIMITS": "off", **settings,
        }
        self.program = str(Path(program).resolve())
        self._log = tempfile.NamedTemporaryFile("rb", suffix=".log")
        self.url = None

    def __enter__(self):
        with open(self._log.name, "wb") as log:
            self._process = subprocess.Popen(
                [self.program, "serve", "--port", "0"], env=self.environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=log, cwd="/",
            )
        deadline = time.monotonic() + 60
        while self.url is None:
            if self.ended() or time.monotonic() > deadline:
                self._process.kill()
                sys.exit(f"the server did not start: {self.log[-2000:]}")
            time.sleep(0.1)
            self.url = next((line["url"] for line in self._lines() if line.get("message") == "serving"), None)
        return self

    def __exit__(self, *_):
        if not self.ended():
            self._process.kill()
            self._process.wait()
        self._log.close()

    @property
    def pid(self):
        return self._process.pid

    @property
    def graphql(self):
        return self.url + "/graphql"

    @property
    def log(self):
        return Path(self._log.name).read_text(errors="replace")

    def _lines(self):
        for line in self.log.splitlines():
            try:
                yield json.loads(line)
            except ValueError:  # still being written, or not from the log: a trap's last words
                continue

    def token(self, email):
        """An access token from the command beside the server; good for 15 minutes."""
        command = [self.program, "token", "--email", email]
        done = subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, cwd="/")
        return json.loads(done.stdout)["accessToken"]

    def ended(self):
        """Whether it has ended by itself."""
        return self._process.poll() is not None

    def faults(self):
        """What the server did wrong by its own account: that it ended, or lines of its log."""
        if self.ended():
            return [f"the server ended with {self._process.returncode}: {self.log[-2000:]}"]
        return [json.dumps(line) for line in self._lines() if line.get("level") in ("error", "critical")]

    def stop(self):
        """Asks the server to end, as an operator would. Gives the faults, and what is wrong with the end."""
        faults = self.faults()
        if not self.ended():
            self._process.send_signal(signal.SIGTERM)
            try:
                if status := self._process.wait(timeout=60):
                    faults.append(f"the server ended with {status}: {self.log[-2000:]}")
            except subprocess.TimeoutExpired:
                faults.append("the server did not end within 60 s")
        return faults


def sample_files():
    """The sample resumes, in the order of their names."""
    return sorted(path for path in RESUMES.iterdir() if path.is_file())


def sample_job(name):
    """A sample job as `CreateJobInput`."""
    return json.loads((JOBS / f"{name}.json").read_text())
