#!/usr/bin/env python3
"""stand-in.py: a server of files as there are elsewhere, and of Cloudinary's uploads as its documentation has them.

Prints its port and another, where it speaks TLS under a certificate that nobody vouches for, and ends when standard
input does. Each request that came is told at /requests.

    /file/NAME         that file of the standard content, the name is part of it
    /same              always the same content
    /large             announces 26 MB and sends nothing; /endless sends without an end and announces nothing
    /empty             nothing
    /status/CODE       that status
    /to?URL            leads there; /loop leads to itself
    /head              a head of 200 KB
    /slow              begins, and says nothing more
    /cut               announces more than comes
    /flaky             503 the first time, then the file
    POST /v1_1/CLOUD/raw/upload    takes a file under a signature; GET /CLOUD/raw/upload/ID gives it back
"""

import email.parser
import email.policy
import hashlib
import json
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

TEXT = (
    "Jane Doe {}\njane@example.com\n\nExperience\nBackend Engineer, Example Ltd, 2015 - 2021\n"
    "Built services in Go and PostgreSQL.\n\nSkills\nGo, PostgreSQL, Docker\n"
)
KEY, SECRET = "key", "a secret"
requests: list[dict] = []
stored: dict[str, bytes] = {}
seen: set[str] = set()
over = threading.Event()


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", **fields: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def note(self) -> None:
        fields = {name.lower(): value for name, value in self.headers.items()}
        requests.append({"method": self.command, "path": self.path, "fields": fields})

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/requests":
            return self.answer(200, json.dumps(requests).encode())
        self.note()
        if path.startswith("/file/"):
            return self.answer(200, TEXT.format(path[6:]).encode(), Set_Cookie="a=b", Content_Type="text/html")
        if path == "/same":
            return self.answer(200, TEXT.format("Same").encode())
        if path.startswith("/status/"):
            return self.answer(int(path[8:]), b"Jane Doe says that this is no resume")
        if path == "/to":
            return self.answer(302, b"Jane Doe is elsewhere", Location=unquote(query))
        if path == "/loop":
            return self.answer(302, Location="/loop")
        if path == "/empty":
            return self.answer(200)
        if path == "/flaky":
            if path in seen:
                return self.answer(200, TEXT.format("Flaky").encode())
            seen.add(path)
            return self.answer(503)
        if path in stored:
            return self.answer(200, stored[path])
        if path in ("/large", "/cut", "/slow"):
            self.send_response(200)
            self.send_header("Content-Length", str(26 << 20 if path == "/large" else 1000))
            self.end_headers()
            self.wfile.write(b"Jane Doe\n")
            self.wfile.flush()
            if path == "/slow":
                over.wait(120)
            return None
        if path == "/endless":
            self.send_response(200)
            self.end_headers()
            while not over.is_set():
                self.wfile.write(b"Jane Doe\n" * 10_000)
        if path == "/head":
            self.send_response(200)
            for number in range(200):
                self.send_header(f"X-{number}", "x" * 1000)
            self.end_headers()
            return None
        return self.answer(404)

    def do_POST(self) -> None:
        self.note()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n"
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
        fields = {}
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True) or b""
            fields[name] = content if name == "file" else content.decode()
        parts = self.path.split("/")
        if len(parts) != 5 or parts[1] != "v1_1" or parts[3:] != ["raw", "upload"]:
            return self.answer(404)
        unsigned = ("file", "api_key", "resource_type", "cloud_name", "signature")
        signed = "&".join(f"{name}={fields[name]}" for name in sorted(fields) if name not in unsigned)
        digest = hashlib.sha256 if len(fields.get("signature", "")) == 64 else hashlib.sha1
        if fields.get("api_key") != KEY or digest((signed + SECRET).encode()).hexdigest() != fields.get("signature"):
            return self.answer(401, b'{"error": {"message": "Invalid Signature"}}')
        if abs(time.time() - int(fields["timestamp"])) > 3600:
            return self.answer(400, b'{"error": {"message": "Stale request"}}')
        place = f"/{parts[2]}/raw/upload/{fields['public_id']}"
        if fields.get("overwrite") != "false" or place not in stored:
            stored[place] = fields["file"]
        return self.answer(200, json.dumps({"public_id": fields["public_id"], "bytes": len(stored[place])}).encode())


def start() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    return server


plain, encrypted = start(), start()
with tempfile.TemporaryDirectory() as folder:
    key, certificate = f"{folder}/key", f"{folder}/certificate"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "1",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
encrypted.socket = context.wrap_socket(encrypted.socket, server_side=True)
print(plain.server_address[1], encrypted.server_address[1], flush=True)
for server in (plain, encrypted):
    threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
over.set()
