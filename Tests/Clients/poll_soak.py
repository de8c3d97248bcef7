"""Follows jobs, batches and resumes in every way while they change and servers die. See Scripts/poll-soak."""
import argparse
import asyncio
import collections
import json
import os
import random
import signal
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
        self.program, self.process, self.port = program, None, None

    async def start(self):
        self.process = await asyncio.create_subprocess_exec(
            self.program, "serve", "--port", str(self.port or 0), "--workers", "1", "--log-format", "json", "--rate-limits", "off",
            stderr=asyncio.subprocess.PIPE)
        while line := await self.process.stderr.readline():
            if not line.startswith(b"{"):
                sys.exit(f"poll-soak: a server did not start: {line.decode()}")
            entry = json.loads(line)
            if entry.get("message") == "serving":
                self.port = entry["port"]
                break
        else:
            sys.exit("poll-soak: a server did not start")
        self.drain = asyncio.create_task(self.process.stderr.read())

    async def stop(self, number):
        self.process.send_signal(number)
        await self.process.wait()


class Client:
    """Asks any of the servers as one recruiter."""

    def __init__(self, program, servers, email):
        self.program, self.servers, self.email = program, servers, email
        self.token, self.tokenTime = None, -1e9

    async def sign_in(self):
        if time.monotonic() - self.tokenTime < 600:
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
        subscription = {"waitMs": random.choice([0, 2000, 25000])}
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


async def change(client, job, observer, pollers):
    """Renames a job, and sends resumes through it."""
    number = 0
    while not observer.is_over:
        number += 1
        await client.sign_in()
        await client.do(
            "mutation($id: ID!, $title: String!) { updateJob(input: {id: $id, title: $title}) { job { id } } }",
            {"id": job, "title": f"Cook {number}"})
        observer.title[job] = number
        if number % 40 == 1:
            texts = [f"Jane Doe {number} {i}\nSkills\nBaking, Go\n" for i in range(6)]
            await client.upload(job, texts)
            data = await client.do(
                "mutation($input: CreateBatchInput!) { createBatch(input: $input) { batch { id } } }",
                {"input": {"jobId": job, "idempotencyKey": f"{job} {number}"}})
            batch = data["createBatch"]["batch"]["id"]
            for way in ("poll", "any"):
                pollers.append(Poller(client, Follower(observer, "batch", batch), way))
                pollers[-1].task = asyncio.create_task(pollers[-1].run())
        await asyncio.sleep(random.choice([0, 0.05, 0.2, 1]))


async def kill(servers, observer):
    while not observer.is_over:
        await asyncio.sleep(random.uniform(8, 20))
        server = random.choice(servers)
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
    os.environ.setdefault("LOG_LEVEL", "info")
    servers = [Server(options.program) for _ in range(options.servers)]
    for server in servers:
        await server.start()
    observer, pollers, changers, jobs = Observer(), [], [], []
    ways = [("job", "poll"), ("job", "events"), ("job", "parts"), ("job", "any"), ("job", "conditional"),
            ("resume", "poll"), ("resume", "any")]
    for number in range((options.pollers + 29) // 30):
        client = Client(options.program, servers, f"soak{number}@example.com")
        await client.sign_in()
        data = await client.do(
            'mutation { createJob(input: {title: "Cook 0", description: "d", requirements: {requiredSkills: ["Baking"]}})'
            " { job { id } } }", {})
        jobs.append((client, data["createJob"]["job"]["id"]))
    for number in range(options.pollers):
        client, job = jobs[number % len(jobs)]
        kind, way = ways[number // len(jobs) % len(ways)]
        pollers.append(Poller(client, Follower(observer, kind, job), way))
        pollers[-1].task = asyncio.create_task(pollers[-1].run())
    changers = [asyncio.create_task(change(client, job, observer, pollers)) for client, job in jobs]
    killer = asyncio.create_task(kill(servers, observer))
    await asyncio.sleep(options.minutes * 60)
    observer.is_over = True
    await asyncio.gather(*changers, killer)

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
    for server in servers:
        await server.stop(signal.SIGTERM)
        if server.process.returncode != 0:
            observer.wrong(f"a server ended with {server.process.returncode}")
    for name, count in sorted(observer.counts.items()):
        print(f"{count:8} {name}")
    resumes = sum(len(rows) for rows in tables.values())
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
sys.exit(asyncio.run(main(parser.parse_args())))
