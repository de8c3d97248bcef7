"""Programs under measurement: started, asked, and looked at from outside."""
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A process that answers on a port of this machine."""

    def __init__(self, command, port, environment=None, ready="/", stderr=subprocess.DEVNULL):
        self.port = port
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL, stderr=stderr
        )
        while True:
            if self.process.poll() is not None:
                sys.exit(f"{Path(command[0]).name} ended with {self.process.returncode}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=5)
                break
            except urllib.error.HTTPError as error:
                if ready == "/" or error.code != 503:
                    break
            except (urllib.error.URLError, ConnectionError):
                pass
            if time.monotonic() - self.started > 60:
                sys.exit(f"{Path(command[0]).name} does not answer")
            time.sleep(0.005)
        self.seconds_to_ready = time.monotonic() - self.started

    def cpu(self):
        return cpu_of(self.process.pid)

    def megabytes(self):
        return self.kilobytes() / 1024

    def kilobytes(self):
        """Resident memory."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1])
        return 0

    def ask(self, body, token):
        return self.answer(body, token)[0]

    def answer(self, body, token):
        """The body of the answer, and its tag if it has one."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/graphql", body.encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.read(), answer.headers["ETag"]
        except urllib.error.HTTPError as error:
            return error.read(), None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def cpu_of(process):
    """Seconds of processor time, of all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
