#!/usr/bin/env python3
"""A mail server that keeps what it is sent: one JSON object a line on standard output.

smtp-sink.py [--port N] [--tls CERTIFICATE KEY] [--implicit] [--user NAME PASSWORD] [--refuse ADDRESS]

The first line is {"port": N}. With --tls it offers STARTTLS, or speaks TLS from the start with --implicit; with --user nobody
sends anything without logging in; mail to --refuse gets 550. It ends with its standard input.
"""
import argparse
import base64
import json
import socketserver
import ssl
import sys
import threading

arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int, default=0)
arguments.add_argument("--tls", nargs=2)
arguments.add_argument("--implicit", action="store_true")
arguments.add_argument("--user", nargs=2)
arguments.add_argument("--refuse")
options = arguments.parse_args()
context = None
if options.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)


class Session(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")
        self.wfile.flush()

    def encrypt(self):
        self.request = context.wrap_socket(self.request, server_side=True)
        self.setup()

    def handle(self):
        try:
            self.converse()
        except (OSError, ssl.SSLError):
            pass

    def converse(self):
        encrypted = user = None
        if context and options.implicit:
            self.encrypt()
            encrypted = True
        self.say("220 sink ESMTP")
        mail = {}
        while line := self.rfile.readline().decode("utf-8").rstrip("\r\n"):
            verb = line.split(" ")[0].upper()
            if verb == "EHLO":
                offers = ["sink", "SMTPUTF8", "8BITMIME"]
                offers += ["STARTTLS"] * bool(context and not encrypted) + ["AUTH PLAIN"] * bool(options.user)
                for place, offer in enumerate(offers):
                    self.say(f"250{' ' if place == len(offers) - 1 else '-'}{offer}")
            elif verb == "STARTTLS" and context:
                self.say("220 go")
                self.encrypt()
                encrypted = True
            elif verb == "AUTH":
                parts = line.split(" ")
                if len(parts) < 3:
                    self.say("334 ")
                    parts.append(self.rfile.readline().decode().strip())
                given = base64.b64decode(parts[2]).decode().split("\0")[1:]
                user = given[0] if given == options.user else None
                self.say("235 welcome" if user else "535 no")
            elif options.user and not user and verb in ("MAIL", "RCPT", "DATA"):
                self.say("530 log in first")
            elif verb == "MAIL":
                mail = {"from": line[10:].split(">")[0].lstrip("<"), "to": []}
                self.say("250 ok")
            elif verb == "RCPT":
                address = line[8:].split(">")[0].lstrip("<")
                if address == options.refuse:
                    self.say("550 nobody here")
                else:
                    mail["to"].append(address)
                    self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                data = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    data += part[1:] if part.startswith(b".") else part
                mail.update(data=data.decode("utf-8"), encrypted=bool(encrypted), user=user)
                print(json.dumps(mail), flush=True)
                self.say("250 kept")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok" if verb in ("RSET", "NOOP") else "502 what?")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


server = Server(("127.0.0.1", options.port), Session)
print(json.dumps({"port": server.server_address[1]}), flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
