"""Follows jobs, batches and resumes in every way while they change and servers die. See Scripts/poll-soak."""
import argparse
import asyncio
import collections
import json
import os
import random
import re
import resource
import signal
import socket
import statistics
import sys
import time

JOB = "subscription($id: ID!) { jobChanged(id: $id) { title totalResumes } }"
BATCH = "subscription($id: ID!) { batchProgress(id: $id) { total completed failed cancelled finishedAt } }"
RESUME = "subscription($id: ID!) { resumeChanged(jobId: $id) { id status lastUpdatedAt } }"
QUERY = "query($id: ID!) { job(id: $id) { title } }"
TABLE = """query($id: ID!, $after: String) { job(id: $id) { title resumes(first: 100, after: $after) {
  nodes { id status lastUpdatedAt } pageInfo { hasNextPage endCursor } } } }"""
PATIENCE = 45


class Gone(Exception):
    """The server did not answer to the end."""


class Server:
    """One process on a port of its own, which may be killed."""

    def __init__(self, program):
        self.program, self.process = program, None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    async def start(self):
        self.process = await asyncio.create_subprocess_exec(
            self.program, "serve", "--port", str(self.port), "--workers", "1", "--log-level", "error", "--rate-limits", "off")
        deadline = time.monotonic() + 60
        while not (await self.metrics()).get("shortlist_mongodb_up"):
            if self.process.returncode is not None or time.monotonic() > deadline:
                sys.exit("poll-soak: a server did not start")
            await asyncio.sleep(0.1)

    async def stop(self, number):
        self.process.send_signal(number)
        await self.process.wait()

    async def metrics(self):
        """What it says of itself; nothing where it does not answer."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            text = (await asyncio.wait_for(reader.read(), PATIENCE)).decode()
            writer.close()
        except (OSError, asyncio.TimeoutError):
            return {}
        return {name: float(value) for name, value in re.findall(r"^(\w+) ([0-9.e+]+)$", text, re.M)}

    async def held(self):
        """What it has open but for this question: connections, waiting requests, files."""
        found = await self.metrics()
        return {
            "connections": found["shortlist_http_connections"] - 1, "waiting": found["shortlist_graphql_waiting"],
            "files": found["process_open_fds"] - 1, "kilobytes": found["process_resident_memory_bytes"] / 1024,
        }


class Client:
    """Asks any of the servers as one recruiter."""

    def __init__(self, program, servers, email):
        self.program, self.servers, self.email = program, servers, email
        self.token, self.tokenTime = None, -1e9

    async def sign_in(self):
        if time.monotonic() - self.tokenTime < 720:
            return
        process = await asyncio.create_subprocess_exec(
            self.program, "token", "--email", self.email, stdout=asyncio.subprocess.PIPE)
        self.token = json.loads((await process.communicate())[0])["accessToken"]
        self.tokenTime = time.monotonic()

    async def open(self, body, headers=(), accept="application/json", kind="application/json"):
        """Sends a request to some server; gives the status, the headers and where the body comes from."""
        server = random.choice(self.servers)
        try:
            reader, writer = await asyncio.wait_for(
                asyncio.open_connection("127.0.0.1", server.port, limit=1 << 22), 10)
        except OSError as error:
            raise Gone(str(error)) from error
        lines = [
            "POST /graphql HTTP/1.1", "Host: localhost", f"Authorization: Bearer {self.token}", f"Accept: {accept}",
            f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
        try:
            writer.write("\r\n".join(lines).encode() + body)
            await writer.drain()
            head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)).decode().split("\r\n")
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
            writer.close()
            raise Gone(str(error)) from error
        except asyncio.CancelledError:
            writer.close()
            raise
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        return int(head[0].split()[1]), fields, reader, writer

    async def pieces(self, fields, reader):
        """The body as it comes."""
        try:
            if "chunked" not in fields.get("transfer-encoding", ""):
                while piece := await asyncio.wait_for(reader.read(65536), PATIENCE):
                    yield piece
                return
            while count := int(await asyncio.wait_for(reader.readline(), PATIENCE) or b"x", 16):
                yield (await reader.readexactly(count + 2))[:-2]
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
            raise Gone(str(error)) from error

    async def ask(self, query, variables, subscription=None, headers=()):
        """One answer: status, headers, JSON."""
        request = {"query": query, "variables": variables}
        if subscription:
            request["extensions"] = {"subscription": subscription}
        status, fields, reader, writer = await self.open(json.dumps(request).encode(), headers)
        try:
            body = b"".join([piece async for piece in self.pieces(fields, reader)])
        finally:
            writer.close()
        try:
            return status, fields, json.loads(body) if body else {}
        except ValueError as error:
            raise Gone("cut off") from error

    async def do(self, query, variables):
        """Data, by as many attempts as it takes."""
        while True:
            try:
                _, _, answer = await self.ask(query, variables)
                if "errors" not in answer:
                    return answer["data"]
                if answer["errors"][0]["extensions"]["code"] not in ("UNAVAILABLE", "INTERNAL", "RATE_LIMITED"):
                    raise RuntimeError(answer["errors"])
            except Gone:
                pass
            await asyncio.sleep(0.2)

    async def upload(self, job, texts):
        mutation = """mutation($job: ID!, $files: [Upload!]!) { uploadResumes(input: {jobId: $job, files: $files}) {
            results { __typename } } }"""
        operations = {"query": mutation, "variables": {"job": job, "files": [None] * len(texts)}}
        parts = [("operations", "", json.dumps(operations)),
                 ("map", "", json.dumps({str(i): [f"variables.files.{i}"] for i in range(len(texts))}))]
        parts += [(str(i), f'; filename="{i}.txt"', text) for i, text in enumerate(texts)]
        body = "".join(
            f'--frontier\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n{content}\r\n'
            for name, extra, content in parts) + "--frontier--\r\n"
        try:
            _, fields, reader, writer = await self.open(
                body.encode(), ["GraphQL-Preflight: 1"], kind="multipart/form-data; boundary=frontier")
            async for _ in self.pieces(fields, reader):
                pass
            writer.close()
        except Gone:
            pass  # Twice is once: the content tells.


class Observer:
    """What was written, what was seen, and what is wrong with that."""

    def __init__(self):
        self.problems, self.counts, self.is_over = [], collections.Counter(), False
        self.title = {}

    def wrong(self, text):
        self.problems.append(text)
        print("WRONG", text, flush=True)


class Follower:
    """Checks the states of one thing that one poller saw."""

    def __init__(self, observer, kind, subject):
        self.observer, self.kind, self.subject = observer, kind, subject
        self.last, self.rows, self.is_done = -1, {}, False

    def see(self, data, way):
        self.observer.counts[f"{self.kind} by {way}"] += 1
        name = f"{self.kind} {self.subject} by {way}"
        if self.kind == "job":
            number = int(data["title"].split()[-1])
        elif self.kind == "batch":
            number = data["completed"] + data["failed"] + data["cancelled"]
            self.is_done = data["finishedAt"] is not None
            if self.is_done and number != data["total"]:
                self.observer.wrong(f"{name} ended as {data}")
        else:
            known = self.rows.get(data["id"])
            if known and known[1] > data["lastUpdatedAt"]:
                self.observer.wrong(f"{name} went back from {known} to {data}")
            self.rows[data["id"]] = (data["status"], data["lastUpdatedAt"])
            return
        if number < self.last:
            self.observer.wrong(f"{name} went back from {self.last} to {number}")
        self.last = number


class Poller:
    """Follows one thing, now in this way and now in that."""

    def __init__(self, client, follower, way):
        self.client, self.follower, self.way, self.cursor = client, follower, way, None
        self.query, self.field = {
            "job": (JOB, "jobChanged"), "batch": (BATCH, "batchProgress"), "resume": (RESUME, "resumeChanged"),
        }[follower.kind]

    async def run(self):
        while not self.follower.is_done:
            way = self.way if self.way != "any" else random.choice(["poll", "events", "parts"])
            try:
                if way == "poll":
                    await self.poll()
                elif way == "conditional":
                    await self.conditional()
                else:
                    await self.stream(way)
            except Gone:
                self.follower.observer.counts["cut off"] += 1
                await asyncio.sleep(0.2)

    def take(self, answer, way):
        told = answer.get("extensions", {}).get("subscription", {})
        if "errors" in answer:
            code = answer["errors"][0]["extensions"]["code"]
            self.follower.observer.counts[code] += 1
            if code not in ("UNAVAILABLE", "INTERNAL", "RATE_LIMITED", "CANCELLED"):
                self.follower.observer.wrong(f"{self.follower.kind} by {way}: {answer['errors']}")
            return 500
        if answer["data"] is not None and (told["changed"] or self.cursor is None or told["done"]):
            self.follower.see(answer["data"][self.field], way)
        self.cursor = told["cursor"]
        return told["retryAfterMs"]

    async def poll(self):
        subscription = {"waitMs": random.choices([0, 2000, 25000], [1, 2, 12])[0]}
        if self.cursor:
            subscription["cursor"] = self.cursor
        _, _, answer = await self.client.ask(self.query, {"id": self.follower.subject}, subscription)
        await asyncio.sleep(self.take(answer, "poll") / 1000)

    async def conditional(self):
        headers = ["Prefer: wait=25"] + ([f"If-None-Match: {self.cursor}"] if self.cursor else [])
        status, fields, answer = await self.client.ask(QUERY, {"id": self.follower.subject}, headers=headers)
        if status == 304:
            self.follower.observer.counts["not modified"] += 1
        elif "errors" in answer:
            self.follower.observer.counts[answer["errors"][0]["extensions"]["code"]] += 1
            await asyncio.sleep(0.5)
        else:
            self.cursor = fields["etag"]
            self.follower.see(answer["data"]["job"], "condition")

    async def stream(self, way):
        accept = "text/event-stream" if way == "events" else "multipart/mixed;subscriptionSpec=1.0"
        headers = [f"Last-Event-ID: {self.cursor}"] if self.cursor else []
        body = json.dumps({"query": self.query, "variables": {"id": self.follower.subject}}).encode()
        _, fields, reader, writer = await self.client.open(body, headers, accept)
        end = time.monotonic() + random.uniform(1, 30)  # now and then another way
        text, separator = b"", b"\n\n" if way == "events" else b"\r\n--graphql"
        try:
            async for piece in self.client.pieces(fields, reader):
                text += piece
                *blocks, text = text.split(separator)
                for block in blocks:
                    if way == "events" and b"event: next" in block:
                        self.take(json.loads(block.split(b"data: ", 1)[1]), way)
                    elif way == "parts" and b'{"payload":' in block:
                        self.take(json.loads(block.split(b"\r\n\r\n", 1)[1])["payload"], way)
                if time.monotonic() > end and self.way == "any":
                    return
        finally:
            writer.close()


async def change(client, job, observer, pollers, pause):
    """Renames a job every `pause` seconds or so, and now and then sends resumes through it."""
    while not observer.is_over:
        number = observer.title[job] + 1
        await client.sign_in()
        await client.do(
            "mutation($id: ID!, $title: String!) { updateJob(input: {id: $id, title: $title}) { job { id } } }",
            {"id": job, "title": f"Cook {number}"})
        observer.title[job] = number
        observer.counts["changes"] += 1
        if random.random() < 1 / 40:
            texts = [f"Jane Doe {number} {i}\nSkills\nBaking, Go\n" for i in range(6)]
            await client.upload(job, texts)
            data = await client.do(
                "mutation($input: CreateBatchInput!) { createBatch(input: $input) { batch { id } } }",
                {"input": {"jobId": job, "idempotencyKey": f"{job} {number}"}})
            batch = data["createBatch"]["batch"]["id"]
            for way in ("poll", "any"):
                pollers.append(Poller(client, Follower(observer, "batch", batch), way))
                pollers[-1].task = asyncio.create_task(pollers[-1].run())
        # Some follow each other at once, and then comes a longer pause.
        end = time.monotonic() + random.choice([0, 0.5, 1, 2.5]) * pause
        while time.monotonic() < end and not observer.is_over:
            await asyncio.sleep(min(1, max(0, end - time.monotonic())))


async def watch(server, samples, observer):
    """Takes down what a server holds that nobody kills."""
    while not observer.is_over:
        samples.append((await server.held())["kilobytes"])
        await asyncio.sleep(2)


async def kill(servers, observer):
    while not observer.is_over:
        await asyncio.sleep(random.uniform(8, 20))
        # One lives to the end, so that it can be seen whether it grows.
        server = random.choice(servers[1:])
        await server.stop(random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
        await server.start()
        observer.counts["servers killed"] += 1


async def table(client, job):
    rows, after = {}, None
    while True:
        data = (await client.do(TABLE, {"id": job, "after": after}))["job"]
        rows |= {row["id"]: (row["status"], row["lastUpdatedAt"]) for row in data["resumes"]["nodes"]}
        if not data["resumes"]["pageInfo"]["hasNextPage"]:
            return rows
        after = data["resumes"]["pageInfo"]["endCursor"]


async def until(seconds, condition):
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.2)
    return True


async def main(options):
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if files != resource.RLIM_INFINITY and files < 2 * options.pollers + 1000:
        sys.exit(f"poll-soak: {options.pollers} pollers need {2 * options.pollers + 1000} open files: ulimit -Hn allows {files}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    servers = [Server(options.program) for _ in range(options.servers)]
    for server in servers:
        await server.start()
    observer, pollers, changers, jobs = Observer(), [], [], []
    ways = [("job", "poll"), ("job", "events"), ("job", "parts"), ("job", "any"), ("job", "conditional"),
            ("resume", "poll"), ("resume", "any")]
    count = (options.pollers + 29) // 30
    clients = [Client(options.program, servers, f"soak{number}@example.com") for number in range(min(count, 10))]
    for client in clients:
        await client.sign_in()
    for number in range(count):
        client = clients[number % len(clients)]
        data = await client.do(
            'mutation { createJob(input: {title: "Cook 0", description: "d", requirements: {requiredSkills: ["Baking"]}})'
            " { job { id } } }", {})
        jobs.append((client, data["createJob"]["job"]["id"]))
        observer.title[jobs[-1][1]] = 0
    quiet = await servers[0].held()
    for number in range(options.pollers):
        client, job = jobs[number % len(jobs)]
        kind, way = ways[number // len(jobs) % len(ways)]
        pollers.append(Poller(client, Follower(observer, kind, job), way))
        pollers[-1].task = asyncio.create_task(pollers[-1].run())
        if number % 50 == 49:
            await asyncio.sleep(0.05)
    changers = [asyncio.create_task(change(client, job, observer, pollers, len(jobs) / options.changes)) for client, job in jobs]
    killer = asyncio.create_task(kill(servers, observer)) if len(servers) > 1 else asyncio.sleep(0)
    samples = []
    watcher = asyncio.create_task(watch(servers[0], samples, observer))
    await asyncio.sleep(options.minutes * 60)
    observer.is_over = True
    await asyncio.gather(*changers, killer, watcher)

    # Nothing changes any more, but for what is still being screened.
    batches = [poller for poller in pollers if poller.follower.kind == "batch"]
    if not await until(120, lambda: all(poller.follower.is_done for poller in batches)):
        for poller in batches:
            if not poller.follower.is_done:
                observer.wrong(f"batch {poller.follower.subject} by {poller.way}: its end was not seen")
    tables = {job: await table(client, job) for client, job in jobs}

    def missing():
        for poller in pollers:
            follower = poller.follower
            if follower.kind == "job" and follower.last != observer.title[follower.subject]:
                yield f"job {follower.subject} by {poller.way}: last seen {follower.last}, is {observer.title[follower.subject]}"
            if follower.kind == "resume":
                final = tables[follower.subject]
                seen = {id: row for id, row in follower.rows.items() if id in final}
                if seen != final:
                    yield f"resumes of {follower.subject} by {poller.way}: {len(final.items() - seen.items())} of {len(final)} not as they are"

    if not await until(60, lambda: next(missing(), None) is None):
        for text in missing():
            observer.wrong(text)
    failed = [poller.task.exception() for poller in pollers if poller.task.done() and poller.task.exception()]
    for error in failed:
        observer.wrong(f"a poller failed: {error!r}")
    for poller in pollers:
        poller.task.cancel()
    third = len(samples) // 3
    middle, last = (statistics.median(part or [0]) for part in (samples[third:2 * third], samples[2 * third:]))
    if last > 1.1 * middle:
        observer.wrong(f"a server grew from {middle / 1024:.0f} MB to {last / 1024:.0f} MB")
    deadline = time.monotonic() + 20
    while (left := await servers[0].held())["connections"] > 2 or left["waiting"] > 0 or left["files"] > quiet["files"] + 5:
        if time.monotonic() > deadline:
            observer.wrong(f"a server has open {left} when nobody asks any more; in the beginning {quiet}")
            break
        await asyncio.sleep(0.5)
    for server in servers:
        await server.stop(signal.SIGTERM)
        if server.process.returncode != 0:
            observer.wrong(f"a server ended with {server.process.returncode}")
    for name, count in sorted(observer.counts.items()):
        print(f"{count:8} {name}")
    resumes = sum(len(rows) for rows in tables.values())
    print(f"memory of a server that nobody killed: {middle / 1024:.0f} MB in the middle third, {last / 1024:.0f} MB in the last;"
          f" left open in the end: {left['connections']:.0f} connections, {left['waiting']:.0f} waiting,"
          f" {left['files'] - quiet['files']:+.0f} files")
    print(f"{len(pollers)} pollers, {len(jobs)} jobs, {len(batches)} batch pollers, {resumes} resumes:"
          f" {len(observer.problems)} problems")
    return 1 if observer.problems else 0


def positive(text):
    number = float(text)
    if number <= 0:
        raise argparse.ArgumentTypeError("must be above 0")
    return number


parser = argparse.ArgumentParser(prog="Scripts/poll-soak")
parser.add_argument("program")
parser.add_argument("--minutes", type=positive, default=5)
parser.add_argument("--pollers", type=int, default=60)
parser.add_argument("--servers", type=int, default=2)
parser.add_argument("--changes", type=positive, default=10)
sys.exit(asyncio.run(main(parser.parse_args())))
