"""The engine's side: `graphql-probe`, one JSON line in, one JSON line out."""

import json
import subprocess
import threading


class Probe:
    """A running probe. Requests are written from a thread of their own, so that neither side waits on a full pipe."""

    def __init__(self, program):
        self.process = subprocess.Popen([str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, requests):
        """Starts answering; gives a function that waits for the answers, in the order of the requests."""
        text = "".join(json.dumps(request) + "\n" for request in requests).encode()
        writer = threading.Thread(target=self._write, args=(text,), daemon=True)
        writer.start()
        return lambda: self._read(requests, writer)

    def answer(self, request):
        """One request, one answer."""
        return self.ask([request])()[0]

    def close(self):
        """Ends the program."""
        self.process.stdin.close()
        self.process.wait(timeout=30)

    def _write(self, text):
        try:
            self.process.stdin.write(text)
            self.process.stdin.flush()
        except OSError:
            pass  # The reader says which request ended the probe.

    def _read(self, requests, writer):
        answers = []
        for request in requests:
            line = self.process.stdout.readline()
            if not line:
                status = self.process.wait(timeout=30)
                raise ProbeEnded(status, request)
            answers.append(json.loads(line))
        writer.join()
        return answers


class ProbeEnded(Exception):
    """The probe ended, which it must not do whatever it is asked."""

    def __init__(self, status, request):
        super().__init__(f"the probe ended with status {status} on {json.dumps(request)[:2000]}")
        self.request = request
