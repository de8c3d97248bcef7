#!/usr/bin/env python3
"""Measures what thousands of clients cost that wait for news: memory, how soon they hear, and what others notice of them.

usage: Scripts/with-mongod crowd.py PROGRAM [--waiters N] [--rounds N] [--json]

PROGRAM    shortlist, built for release
--waiters  how many wait, a hundred for each job (10,000)
--rounds   how often they come, wait, hear of changes, and leave again (3)
--json     a last line of JSON, for Scripts/bench

Needs MONGODB_URI and MONGOD_PID, wrk, and file descriptors for all of them, twice. Each way to wait has a server of its own. The
clients are one process over raw sockets on the same machine: what it takes to read their answers is part of every time.
"""
import argparse
import asyncio
import json
import os
import random
import re
import resource
import select
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from programs import Server, cpu_of, free_port

HERE = Path(__file__).resolve().parent
PER_JOB = 100
FIELDS = (
    "title totalResumes queuedResumes completedResumes failedResumes passedResumes rejectedResumes scoreHistogram lastUpdatedAt"
)
SUBSCRIPTION = "subscription Follow($id: ID!) { jobChanged(id: $id) { " + FIELDS + " } }"
QUERY = "query Follow($id: ID!) { job(id: $id) { " + FIELDS + " } }"
RENAME = "mutation Rename($id: ID!, $title: String!) { updateJob(input: {id: $id, title: $title}) { job { title } } }"
RANKED = (
    "query Ranked($id: ID!) { job(id: $id) { resumes(first: 25) { totalCount nodes { id passFail finalScore finalRank "
    "profile { name location yearsExperience skills { name } } explanation { summary } } } } }"
)
# An answer is held no longer than this.
LONGEST = 30
WAYS = {"polls": "polled subscriptions", "conditions": "conditional requests", "streams": "event streams"}


class Job:
    """Something to follow, and where its followers are."""

    def __init__(self, token, id):
        self.token, self.id, self.renames = token, id, 0
        self.place = None  # a cursor or a tag, where somebody is who comes now


class Waiter:
    """One client on a connection of its own."""

    __slots__ = ("crowd", "job", "place", "socket", "unread")

    def __init__(self, crowd, job, seconds):
        self.crowd, self.job, self.place, self.unread = crowd, job, job.place, b""
        self.socket = socket.create_connection(("127.0.0.1", crowd.server.port), timeout=30)
        self.ask(seconds)
        self.socket.setblocking(False)

    def ask(self, seconds=LONGEST):
        self.socket.sendall(request(self.job, self.place, self.crowd.way, seconds))

    def read(self, now):
        try:
            piece = self.socket.recv(65536)
        except BlockingIOError:
            return
        if not piece:
            raise RuntimeError("the server closed the connection of somebody who waits")
        if self.crowd.way == "streams":
            # The end may come with the next piece; only whole events are counted.
            *events, self.unread = (self.unread + piece).split(b"\n\n")
            for event in events:
                if b"event: next" in event:
                    self.crowd.heard(self.job, now, re.search(rb"id: (\S+)", event)[1].decode())
            return
        self.unread += piece
        head, end, rest = self.unread.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: *(\d+)", head, re.I)
        if not end or (length and len(rest) < int(length[1])):
            return
        self.unread = b""
        status = int(head[9:12])
        if status == 304:
            return self.ask()
        if status != 200 or rest.startswith(b'{"errors"'):
            raise RuntimeError(f"somebody who waits was answered {head[:15]!r} {rest[:300]!r}")
        if self.crowd.way == "conditions":
            place, has_changed = re.search(rb"etag: *(\S+)", head, re.I)[1].decode(), True
        else:
            told = json.loads(rest)["extensions"]["subscription"]
            place, has_changed = told["cursor"], told["changed"]
        self.place = place
        if has_changed:
            self.crowd.heard(self.job, now, place)
        self.ask()


def request(job, place, way, seconds):
    """A request of somebody who has seen the job up to a place, and would wait for so long."""
    parameters = {"query": QUERY if way == "conditions" else SUBSCRIPTION, "variables": {"id": job.id}}
    fields = ["Accept: text/event-stream" if way == "streams" else "Accept: application/json"]
    if way == "polls":
        parameters["extensions"] = {"subscription": {"cursor": place, "waitMs": int(seconds * 1000)}}
    elif way == "conditions":
        fields += [f"If-None-Match: {place}", f"Prefer: wait={int(seconds)}"]
    else:
        fields += [f"Last-Event-ID: {place}"]
    return post(job.token, parameters, fields)


def post(token, parameters, fields=()):
    body = json.dumps(parameters).encode()
    head = [
        "POST /graphql HTTP/1.1", "Host: localhost", f"Authorization: Bearer {token}", "Content-Type: application/json",
        f"Content-Length: {len(body)}", *fields, "", "",
    ]
    return "\r\n".join(head).encode() + body


class Changer:
    """Sends one change at a time, from among those who wait."""

    def __init__(self, crowd):
        self.crowd = crowd
        self.socket = socket.create_connection(("127.0.0.1", crowd.server.port), timeout=30)
        self.is_answered = True

    def rename(self, job):
        job.renames += 1
        self.is_answered = False
        title = f"Cook {job.renames}"
        self.socket.sendall(post(job.token, {"query": RENAME, "variables": {"id": job.id, "title": title}}))

    def read(self, now):
        answer = self.socket.recv(65536)
        if not answer.startswith(b"HTTP/1.1 200") or b'"errors"' in answer:
            raise RuntimeError(f"a change was answered {answer[:500]!r}")
        self.is_answered = True


class Crowd:
    """All who wait in one way at one server."""

    def __init__(self, server, way):
        self.server, self.way = server, way
        self.epoll, self.members = select.epoll(), {}
        self.arrivals = None

    def add(self, member):
        self.members[member.socket.fileno()] = member
        self.epoll.register(member.socket.fileno(), select.EPOLLIN)

    def come(self, jobs):
        """As many clients as `jobs` has entries."""
        self.changer = Changer(self)
        self.add(self.changer)
        for number, job in enumerate(jobs):
            # As if they had come one after the other, so that they do not all ask again in the same moment.
            self.add(Waiter(self, job, random.uniform(LONGEST / 3, LONGEST)))
            if number % 100 == 99:
                self.pump(0.01)
                self.wait_until_waiting(number + 1)
        self.wait_until_waiting(len(jobs))

    def leave(self):
        for member in self.members.values():
            member.socket.close()
        self.epoll.close()
        self.epoll, self.members = select.epoll(), {}
        self.wait_until_waiting(0)

    def wait_until_waiting(self, count):
        """Until so many wait, but for those that are just asking again."""
        deadline = time.monotonic() + 60
        while abs(waiting(self.server) - count) > count / 200:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{waiting(self.server)} wait instead of {count}")
            self.pump(0.02)

    def pump(self, seconds, is_over=lambda: False):
        """Reads what comes, for so long or until something holds."""
        end = time.monotonic() + seconds
        while not is_over() and (left := end - time.monotonic()) > 0:
            for descriptor, _ in self.epoll.poll(min(left, 0.02)):
                self.members[descriptor].read(time.monotonic())

    def heard(self, job, now, place):
        job.place = place
        if self.arrivals is not None:
            self.arrivals.append(now - self.sent)

    def change(self, job, count):
        """How long after a change was sent each of the job's `count` clients has heard of it, in milliseconds."""
        self.arrivals = []
        self.sent = time.monotonic()
        self.changer.rename(job)
        self.pump(30, lambda: len(self.arrivals) >= count and self.changer.is_answered)
        arrivals, self.arrivals = self.arrivals, None
        if len(arrivals) != count:
            raise RuntimeError(f"{len(arrivals)} of {count} heard of a change")
        return [1000 * seconds for seconds in arrivals]


def waiting(server):
    text = urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=30).read().decode()
    return int(float(re.search(r"^shortlist_graphql_waiting (\S+)", text, re.M)[1]))


def at(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


class Bench:
    def __init__(self, args, work):
        self.args, self.work, self.rows = args, work, []

    def token(self, email):
        done = subprocess.run([self.args.program, "token", "--email", email], check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout)["accessToken"]

    async def tokens(self, count):
        """A token for each of so many recruiters."""
        gate = asyncio.Semaphore(2)

        async def one(number):
            async with gate:
                process = await asyncio.create_subprocess_exec(
                    self.args.program, "token", "--email", f"r{number}@localhost", stdout=asyncio.subprocess.PIPE)
                return json.loads((await process.communicate())[0])["accessToken"]

        return await asyncio.gather(*(one(number) for number in range(count)))

    def row(self, title, reach, value, note):
        self.rows.append({"title": title, "reach": reach, "value": value, "note": note})

    def others(self, crowd, seconds):
        """What clients notice that ask for a ranked page meanwhile: milliseconds at the median and for the slowest hundredth."""
        command = [
            "wrk", "-t1", "-c4", f"-d{seconds}s", "--latency", "-s", HERE / "load.lua",
            f"http://127.0.0.1:{crowd.server.port}/graphql", "--", self.page, self.owner,
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            crowd.pump(seconds + 30, lambda: process.poll() is not None)
            result = json.loads(process.stdout.read().splitlines()[-1])
        if result["errors"] or result["refused"]:
            raise RuntimeError(f"others were not answered: {result}")
        return result

    def measure(self, way):
        count, name = self.args.waiters, WAYS[way]
        port = free_port()
        server = Server(
            [self.args.program, "serve", "--workers", "0", "--port", str(port)], port,
            {"LOG_LEVEL": "error", "RATE_LIMITS": "off"}, ready="/readyz", stderr=None,
        )
        try:
            crowd = Crowd(server, way)
            for job in self.jobs:
                job.place = None
                self.begin(server, job, way)
            everyone = [job for job in self.jobs for _ in range(PER_JOB)]
            # What every server needs once is no cost of those who wait.
            crowd.come(everyone[:PER_JOB])
            crowd.change(self.jobs[0], PER_JOB)
            self.others(crowd, 2)
            crowd.leave()
            alone = server.kilobytes()
            held, soon, among, without = [], [], [], []
            for number in range(self.args.rounds):
                print(f"crowd: {name}, round {number + 1} of {self.args.rounds}", file=sys.stderr)
                without.append(self.others(crowd, 5))
                crowd.come(everyone)
                held.append(server.kilobytes() - alone)
                among.append(self.others(crowd, 5))
                for job in random.sample(self.jobs, min(20, len(self.jobs))):
                    soon.append(crowd.change(job, PER_JOB))
                    crowd.wait_until_waiting(count)
                held.append(server.kilobytes() - alone)
                start, begun = server.cpu(), time.monotonic()
                crowd.pump(5)
                idle = 100 * (server.cpu() - start) / (time.monotonic() - begun)
                crowd.leave()
            crowd.come([self.jobs[0]] * count)
            all_at_once = [crowd.change(self.jobs[0], count)]
            for _ in range(2):
                crowd.wait_until_waiting(count)
                all_at_once.append(crowd.change(self.jobs[0], count))
            crowd.leave()
        except OSError as error:
            time.sleep(1)
            sys.exit(f"crowd: {error}; the server " + ("lives" if server.process.poll() is None else "has ended"))
        finally:
            server.stop()
        each = [kilobytes / count for kilobytes in held]
        self.row(
            f"{count:,} {name}: resident memory each, KB", "≤ 16", f"{max(each):.1f}",
            f"{min(each):.1f}–{max(each):.1f}, when they have come and after changes, {self.args.rounds} rounds; "
            f"{alone / 1024:.0f} MB without them; waiting they take {idle:.0f} % of one core",
        )
        slowest = [at(times, 0.99) for times in soon]
        everything = [each for times in soon for each in times]
        self.row(
            f"{count:,} {name}: a change reaches the {PER_JOB} of its job, p99, ms", "≤ 250", f"{at(everything, 0.99):.0f}",
            f"{min(slowest):.0f}–{max(slowest):.0f}, {len(slowest)} changes; p50 {at(everything, 0.5):.0f} ms; from the sending of "
            "the change; the clients share the server's cores",
        )
        slowest = [at(times, 0.99) for times in all_at_once]
        self.row(
            f"{count:,} {name}: a change reaches all of them, who follow one job, p99, ms", "", f"{statistics.median(slowest):.0f}",
            f"{min(slowest):.0f}–{max(slowest):.0f}, {len(slowest)} changes; p50 "
            f"{statistics.median(at(times, 0.5) for times in all_at_once):.0f} ms; the clients share the server's cores",
        )
        ratios = [a["p99"] / b["p99"] for a, b in zip(among, without)]
        self.row(
            f"{count:,} {name}: p99 of others' ranked pages, with them over without", "≤ 1.50", f"{statistics.median(ratios):.2f}",
            f"{min(ratios):.2f}–{max(ratios):.2f}, {len(ratios)} rounds; p99 {statistics.median(a['p99'] for a in among):.1f} ms "
            f"against {statistics.median(b['p99'] for b in without):.1f} ms, p50 {statistics.median(a['p50'] for a in among):.1f} ms "
            f"against {statistics.median(b['p50'] for b in without):.1f} ms, 4 at a time",
        )

    def begin(self, server, job, way):
        """Finds where somebody stands who has seen the job as it is."""
        parameters = {"query": QUERY if way == "conditions" else SUBSCRIPTION, "variables": {"id": job.id}}
        answer = urllib.request.urlopen(urllib.request.Request(
            f"http://127.0.0.1:{server.port}/graphql", json.dumps(parameters).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {job.token}"},
        ), timeout=30)
        if way == "conditions":
            job.place = answer.headers["ETag"]
        else:
            job.place = json.load(answer)["extensions"]["subscription"]["cursor"]

    def prepare(self):
        """Recruiters with a job each; and a job with resumes, of somebody else."""
        done = subprocess.run(
            [self.args.program, "seed", "--jobs", "1", "--resumes", "1000", "--without-texts"], check=True, stdout=subprocess.PIPE
        )
        seeded = json.loads(done.stdout)
        self.owner = seeded["accessToken"]
        self.page = self.work / "page.json"
        self.page.write_text(json.dumps({"query": RANKED, "variables": {"id": seeded["jobIds"][0]}}))
        port = free_port()
        server = Server([self.args.program, "serve", "--workers", "0", "--port", str(port)], port, {"LOG_LEVEL": "error"}, "/readyz")
        create = 'mutation { createJob(input: {title: "Cook 0", description: "d", requirements: {}}) { job { id } } }'
        try:
            self.jobs = []
            for token in asyncio.run(self.tokens(self.args.waiters // PER_JOB)):
                answer = json.loads(server.ask(json.dumps({"query": create}), token))
                self.jobs.append(Job(token, answer["data"]["createJob"]["job"]["id"]))
        finally:
            server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--waiters", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = args.waiters + 1_000
    if hard != resource.RLIM_INFINITY and hard < needed:
        sys.exit(f"crowd: {args.waiters} waiters need {needed} file descriptors, and only {hard} are allowed: ulimit -Hn {needed}")
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(args, Path(folder))
        bench.prepare()
        for way in args.ways.split(","):
            bench.measure(way)
    for row in bench.rows:
        print(f"| {row['title']} | {row['reach']} | {row['value']} | {row['note']} |")
    if args.json:
        print(json.dumps(bench.rows))


main()
