#!/usr/bin/env python3
"""Measures what others notice while wrong passwords are tried: the 99th percentile of their requests, with and without.

usage: Scripts/with-mongod logins.py PROGRAM [--rate N] [--rounds N] [--seconds S] [--json]

PROGRAM    shortlist, built for release
--rate     how many log-ins a second are tried (200)
--rounds   how often a quiet time and one with log-ins follow each other (5)
--seconds  how long each is (6)
--json     a last line of JSON, for Scripts/bench

The limits are on, as they are by default. Log-ins come from one client, or each from one of its own and for an address of its
own, so that no limit of a client or an account holds them off. Needs MONGODB_URI. Everything runs on one machine, so what the
attacker's own process takes is part of the times.
"""
import argparse
import asyncio
import json
import random
import statistics
import subprocess
import time

from programs import Server, cpu_of, free_port

PROXY = "127.0.0.1"
LOG_IN = (
    "mutation LogIn($email: EmailAddress!) { logIn(input: {email: $email, password: \"correct horse battery\"}) "
    "{ session { accessToken } } }"
)
POLL = (
    "query Poll($id: ID!) { job(id: $id) { totalResumes queuedResumes completedResumes failedResumes passedResumes "
    "rejectedResumes scoreHistogram lastUpdatedAt } }"
)


def request(query, variables, fields):
    body = json.dumps({"query": query, "variables": variables}).encode()
    head = {"Host": PROXY, "Content-Type": "application/json", "Content-Length": len(body), **fields}
    return "POST /graphql HTTP/1.1\r\n".encode() + "".join(f"{k}: {v}\r\n" for k, v in head.items()).encode() + b"\r\n" + body


async def ask(connection, data):
    """Sends a request over a kept connection; returns the answer's body."""
    reader, writer = connection
    writer.write(data)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    return await reader.readexactly(length)


class Others:
    """Recruiters who look at a job, a hundred times a second all together, each on a connection of its own."""

    connections, gap = 10, 0.1

    def __init__(self, port, token, job):
        self.port = port
        self.data = request(POLL, {"id": job}, {"Authorization": f"Bearer {token}"})
        self.times = []

    async def run(self, until):
        await asyncio.gather(*(self.one(number, until) for number in range(self.connections)))

    async def one(self, number, until):
        connection = await asyncio.open_connection(PROXY, self.port)
        # Never at the same moment.
        due = time.monotonic() + self.gap * number / self.connections
        while due < until:
            await asyncio.sleep(max(0, due - time.monotonic()))
            answer = await ask(connection, self.data)
            # From when it was due: who is late because the last answer was is counted, too.
            self.times.append(1000 * (time.monotonic() - due))
            assert b'"errors"' not in answer, answer
            due += self.gap
        connection[1].close()


class Attack:
    """Log-ins at a steady rate, answered or not."""

    def __init__(self, port, rate, is_spread):
        self.port, self.rate, self.is_spread = port, rate, is_spread
        self.codes = {}
        self.waiting = set()
        self.free = []

    async def run(self, until):
        start, sent = time.monotonic(), 0
        while time.monotonic() < until:
            while sent < (time.monotonic() - start) * self.rate:
                task = asyncio.create_task(self.one())
                self.waiting.add(task)
                task.add_done_callback(self.waiting.discard)
                sent += 1
            await asyncio.sleep(0.005)
        self.sent = sent
        # What is not answered yet is not waited for.
        for task in list(self.waiting):
            task.cancel()
        await asyncio.gather(*self.waiting, return_exceptions=True)

    async def one(self):
        address = ".".join(str(random.randrange(1, 255)) for _ in range(4)) if self.is_spread else "203.0.113.7"
        email = f"user{random.randrange(10**9)}@example.com" if self.is_spread else "user@example.com"
        connection = self.free.pop() if self.free else await asyncio.open_connection(PROXY, self.port)
        answer = json.loads(await ask(connection, request(LOG_IN, {"email": email}, {"X-Forwarded-For": address})))
        self.free.append(connection)
        code = answer["errors"][0]["extensions"]["code"] if "errors" in answer else "none"
        self.codes[code] = self.codes.get(code, 0) + 1


async def one_round(server, token, job, args, is_spread):
    async def quiet_or_not(attack):
        others = Others(server.port, token, job)
        until = time.monotonic() + args.seconds
        await asyncio.gather(others.run(until), *([attack.run(until)] if attack else []))
        return statistics.quantiles(others.times, n=100)[98], len(others.times)

    quiet, _ = await quiet_or_not(None)
    attack = Attack(server.port, args.rate, is_spread)
    before = cpu_of(server.process.pid)
    loud, count = await quiet_or_not(attack)
    return quiet, loud, attack, (cpu_of(server.process.pid) - before) / args.seconds, count


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    seed = subprocess.run([args.program, "seed", "--jobs", "1", "--resumes", "10", "--without-texts"], check=True, stdout=subprocess.PIPE)
    seeded = json.loads(seed.stdout)
    port = free_port()
    server = Server(
        [args.program, "serve", "--workers", "0", "--port", str(port)], port,
        {"LOG_LEVEL": "error", "TRUSTED_PROXIES": PROXY}, ready="/readyz",
    )
    rows = []
    try:
        for title, is_spread in (("of one client", False), ("of as many clients and accounts", True)):
            found = [
                asyncio.run(one_round(server, seeded["accessToken"], seeded["jobIds"][0], args, is_spread)) for _ in range(args.rounds)
            ]
            ratios = [loud / quiet for quiet, loud, *_ in found]
            codes = {}
            for _, _, attack, _, _ in found:
                for code, count in attack.codes.items():
                    codes[code] = codes.get(code, 0) + count
            sent = sum(attack.sent for _, _, attack, _, _ in found)
            told = ", ".join(f"{count} {code}" for code, count in sorted(codes.items()))
            rows.append(
                {
                    "title": f"{args.rate} wrong log-ins a second {title}: others' p99 over that of a quiet time", "reach": "≤ 2.00",
                    "value": f"{statistics.median(ratios):.2f}",
                    "note": f"{min(ratios):.2f}–{max(ratios):.2f}, {args.rounds} rounds; "
                    f"{statistics.median(f[1] for f in found):.1f} ms against {statistics.median(f[0] for f in found):.1f} ms; of {sent} "
                    f"tried {told}; the server took {statistics.median(f[3] for f in found):.2f} processors",
                }
            )
    finally:
        server.stop()
    for row in rows:
        print(f"| {row['title']} | {row['reach']} | {row['value']} | {row['note']} |")
    if args.json:
        print(json.dumps(rows))


main()
