#!/usr/bin/env python3
"""Compares the server with its peers: requests a second, latency, and processor time a request, in turn, in one run.

usage: Scripts/with-mongod compare.py PROGRAM [--completions PROGRAM] [--resumes N] [--large] [--rounds N] [--seconds S] [--json]

PROGRAM        shortlist, built for release
--completions  CompletionBench, built for release; without it completions are not measured
--resumes      how many resumes the job of the ranked page has (10,000)
--large        compares nothing but the ranked page of that job with that of a job of a hundred times as many
--rounds       how often each is timed (5)
--seconds      how long one timing lasts (3)
--json         a last line of JSON, for Scripts/bench

Needs MONGODB_URI and MONGOD_PID, wrk, a C compiler with libmicrohttpd and libmongoc, and Debian's nodejs, node-graphql,
node-express and node-mongodb. 64 connections, all on this machine's loopback interface; all bodies are verified equal first.
"""
import argparse
import base64
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from programs import Server, cpu_of, free_port

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EMAIL = "seed@localhost"
CONNECTIONS = 64

COUNTERS = "totalResumes queuedResumes completedResumes failedResumes passedResumes rejectedResumes scoreHistogram"
RANKED = (
    "query Ranked($id: ID!) { job(id: $id) { resumes(first: 25) { totalCount pageInfo { hasNextPage endCursor } nodes { id passFail "
    "finalScore finalRank stale processedAt file { name } profile { name location yearsExperience skills { name } } "
    "explanation { summary } } } } }"
)
DEEP = RANKED.replace("($id: ID!)", "($id: ID!, $after: String)").replace("first: 25", "first: 25, after: $after")
DASHBOARD = "query Dashboard { jobs(first: 20) { nodes { id title status " + COUNTERS + " lastUpdatedAt } } }"
POLL = "query Poll($id: ID!) { job(id: $id) { " + COUNTERS + " lastUpdatedAt } }"
INVALID = (
    "query Board($id: ID!, $unused: Int) { job(id: $id) { titel resumes(first: \"many\") { nodes { id finalScore { points } "
    "profile } } } viewer { ...Missing } }"
)


def body(query, variables=None, varies=False):
    """A request; @@@ becomes a number that no other request has."""
    text = ("# @@@\n" if varies else "") + query
    return json.dumps({"query": text, "variables": variables} if variables else {"query": text})


def canonical(answer):
    return json.dumps(json.loads(answer), sort_keys=True)


class Bench:
    def __init__(self, args, work):
        self.args = args
        self.work = work
        self.mongod = int(os.environ["MONGOD_PID"])
        self.rows = []
        self.token_until = 0.0

    def token(self):
        """A token lasts for fifteen minutes; this one for some of them at least."""
        if time.monotonic() > self.token_until:
            done = subprocess.run([self.args.program, "token", "--email", EMAIL], check=True, stdout=subprocess.PIPE)
            self._token = json.loads(done.stdout)["accessToken"]
            self.token_until = time.monotonic() + 300
        return self._token

    def seed(self, jobs, resumes, *more):
        print(f"compare: seeding {resumes} resumes", file=sys.stderr)
        command = [self.args.program, "seed", "--jobs", str(jobs), "--resumes", str(resumes), "--without-texts", *more]
        start = time.monotonic()
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout)["jobIds"], time.monotonic() - start

    def load(self, server, request, tag=None):
        """One timing: what wrk measured, and the processor time of server and MongoDB.

        With a tag, of requests under the condition that the answer is another one by now.
        """
        file = self.work / "body.json"
        file.write_text(request)
        own, mongod = server.cpu(), cpu_of(self.mongod)
        done = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{self.args.seconds}s", "--latency", "-s", HERE / "load.lua",
             f"http://127.0.0.1:{server.port}/graphql", "--", file, self.token(), *([tag] if tag else [])],
            check=True, stdout=subprocess.PIPE,
        )
        result = json.loads(done.stdout.splitlines()[-1])
        if result["refused"] and INVALID not in json.loads(request.split("\n")[0])["query"]:
            sys.exit(f"compare: the server on port {server.port} refused {result['refused']} requests")
        count = max(1, result["requests"])
        return {
            "rate": count / result["seconds"], "p50": result["p50"], "p99": result["p99"], "errors": result["errors"],
            "own": 1e6 * (server.cpu() - own) / count, "mongod": 1e6 * (cpu_of(self.mongod) - mongod) / count,
        }

    def rounds(self, servers, requests, tags=None):
        """Each server in turn, so often; the first timing of each warms up and is not counted."""
        turns = list(zip(servers, requests, tags or [None] * len(servers)))
        for turn in turns:
            seconds, self.args.seconds = self.args.seconds, 1
            self.load(*turn)
            self.args.seconds = seconds
        found = [[] for _ in servers]
        for _ in range(self.args.rounds):
            for place, turn in enumerate(turns):
                found[place].append(self.load(*turn))
        return found

    def row(self, title, reach, ratios, note):
        self.rows.append(
            {
                "title": title, "reach": reach, "value": f"{statistics.median(ratios):.2f}",
                "note": f"{min(ratios):.2f}–{max(ratios):.2f}, {len(ratios)} rounds; {note}",
            }
        )

    def compare(self, title, ours, peers, request, request_of=None):
        """`peers` is a list of (name, server, reach of the rate, reach of the processor time)."""
        print(f"compare: {title}", file=sys.stderr)
        servers = [ours] + [peer[1] for peer in peers]
        requests = [request] + [request_of(peer[0]) if request_of else request for peer in peers]
        found = self.rounds(servers, requests)
        own = found[0]

        def middle(rounds, key):
            return statistics.median(entry[key] for entry in rounds)

        def shown(rounds):
            text = f"{middle(rounds, 'rate'):.0f}/s, p50 {middle(rounds, 'p50'):.1f} ms, p99 {middle(rounds, 'p99'):.1f} ms"
            errors = sum(entry["errors"] for entry in rounds)
            return text + (f", {errors} not answered" if errors else "")

        for (name, _, rate_reach, cpu_reach), theirs in zip(peers, found[1:]):
            self.row(
                f"{title}: requests a second, ours over {name}'s", rate_reach,
                [a["rate"] / b["rate"] for a, b in zip(own, theirs)], f"{shown(own)} against {shown(theirs)}",
            )
            is_limit = name == "C"
            self.row(
                f"{title}: processor time a request, " + ("ours over C's" if is_limit else f"{name}'s over ours"), cpu_reach,
                [a["own"] / max(b["own"], 1) if is_limit else b["own"] / max(a["own"], 1) for a, b in zip(own, theirs)],
                f"{middle(own, 'own'):.0f} µs against {middle(theirs, 'own'):.0f} µs; MongoDB {middle(own, 'mongod'):.0f} µs "
                f"against {middle(theirs, 'mongod'):.0f} µs",
            )

    def verify(self, title, request, ours, others, is_canonical=lambda name: name != "C"):
        expected = ours.ask(request, self.token())
        if b'"errors"' in expected:
            sys.exit(f"compare: {title}: {expected[:300]!r}")
        for name, server in others:
            answer = server.ask(request, self.token())
            same = canonical(answer) == canonical(expected) if is_canonical(name) else answer == expected
            if not same:
                sys.exit(f"compare: {title}: {name} answers otherwise:\n{answer[:400]!r}\n{expected[:400]!r}")


def served_types(answer):
    """Types of introspection by name, without what graphql-js 16 does not know yet or prints otherwise."""
    def plain(value):
        if isinstance(value, list):
            return [plain(entry) for entry in value]
        if not isinstance(value, dict):
            return value
        return {key: plain(entry) for key, entry in value.items() if key != "defaultValue"}

    kept = ("kind", "name", "description", "fields", "inputFields", "interfaces", "enumValues", "possibleTypes")
    return {
        entry["name"]: plain({key: entry[key] for key in kept})
        for entry in json.loads(answer)["data"]["__schema"]["types"]
        if not entry["name"].startswith("__") and entry["name"] not in ("ID", "Int", "Float", "String", "Boolean")
    }


def introspection_query():
    script = "process.stdout.write(require('graphql').getIntrospectionQuery({specifiedByUrl: true, inputValueDeprecation: true}))"
    return subprocess.run(
        ["node", "-e", script], check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **NODE}
    ).stdout


NODE = {"NODE_PATH": "/usr/share/nodejs", "NODE_ENV": "production", "NODE_NO_WARNINGS": "1"}


def build_peer(work):
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "libmicrohttpd", "libmongoc-1.0"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.split()
    program = work / "peer"
    subprocess.run(["cc", "-O2", "-o", program, HERE / "peer.c", *flags], check=True)
    return program


def start_to_ready(bench):
    """From the start of the program to the first answer that it is ready, on a database that is there."""
    found, memory = [], []
    for _ in range(bench.args.rounds):
        port = free_port()
        server = Server([bench.args.program, "serve", "--port", str(port)], port, {"LOG_LEVEL": "error", "RATE_LIMITS": "off"}, ready="/readyz")
        found.append(server.seconds_to_ready)
        time.sleep(1)
        memory.append(server.megabytes())
        server.stop()
    bench.row("`serve`, start to ready, seconds", "≤ 1", found, "with model, skills and workers")
    bench.row("`serve`, resident memory a second after that, MB", "", memory, "model and skills included")


def conditions(bench, ours, job):
    """A poll of a job's counters by who has them as they are, against one by who has older ones, and one without condition."""
    print("compare: conditions", file=sys.stderr)
    request, token = body(POLL, {"id": job}), bench.token()
    old = ours.answer(request, token)[1]
    rename = "mutation($id: ID!) { updateJob(input: {id: $id, company: \"Example\"}) { job { company } } }"
    if b'"errors"' in ours.ask(body(rename, {"id": job}), token):
        sys.exit("compare: a job could not be changed")
    new = ours.answer(request, token)[1]
    if not old or not new or old == new:
        sys.exit(f"compare: the counters' tags are {old} and {new}")
    same, changed, plain = bench.rounds([ours] * 3, [request] * 3, [new, old, None])

    def shown(rounds):
        rate, own, mongod = (statistics.median(entry[key] for entry in rounds) for key in ("rate", "own", "mongod"))
        return f"{rate:.0f}/s, processor time {own:.0f} µs, MongoDB {mongod:.0f} µs"

    for name, reach, others in (("changed", "≥ 2.00", changed), ("without condition", "", plain)):
        bench.row(
            f"poll, unchanged (`304`): requests a second over {name} (`200`)", reach,
            [a["rate"] / b["rate"] for a, b in zip(same, others)], f"{shown(same)} against {shown(others)}",
        )


def deep_pages(bench, ours, job, large):
    """The first and the 500th page of both jobs."""
    def cursor(job, pages):
        after = None
        for _ in range(pages):
            text = "query($id: ID!, $after: String) { job(id: $id) { resumes(first: 100, after: $after) { pageInfo { endCursor } } } }"
            answer = json.loads(ours.ask(body(text, {"id": job, "after": after}), bench.token()))
            after = answer["data"]["job"]["resumes"]["pageInfo"]["endCursor"]
        return after

    count = bench.args.resumes
    pages = min(500, count // 25 - 1)
    for page in (1, pages):
        requests = [
            body(DEEP, {"id": which, "after": cursor(which, (page - 1) // 4) if page > 1 else None}) for which in (large, job)
        ]
        print(f"compare: ranked page {page} of jobs of {count} and {100 * count}", file=sys.stderr)
        big, small = bench.rounds([ours, ours], requests)
        bench.row(
            f"ranked page {page} of a job of {100 * count:,} resumes: time over that of {count:,}", "≤ 1.30",
            [b["rate"] / a["rate"] for a, b in zip(big, small)],
            f"p50 {statistics.median(a['p50'] for a in big):.1f} ms against {statistics.median(b['p50'] for b in small):.1f} ms; "
            f"MongoDB {statistics.median(a['mongod'] for a in big):.0f} µs against "
            f"{statistics.median(b['mongod'] for b in small):.0f} µs",
        )


def completions(bench):
    print("compare: completions", file=sys.stderr)
    rates = []
    for _ in range(bench.args.rounds):
        done = subprocess.run([bench.args.completions], check=True, stdout=subprocess.PIPE)
        result = json.loads(done.stdout)
        rates.append(result["completions"] / result["seconds"])
    bench.row(
        "completions of one job's resumes a second, stages empty", "≥ 3,000", rates,
        f"{result['completions']} each, {result['workers']} at a time; every counter audited",
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--completions")
    parser.add_argument("--resumes", type=int, default=10_000)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(args, Path(folder))
        servers = []
        try:
            run(bench, servers)
        finally:
            for server in servers:
                server.stop()
    for row in bench.rows:
        print(f"| {row['title']} | {row['reach']} | {row['value']} | {row['note']} |")
    if args.json:
        print(json.dumps(bench.rows))


def run(bench, servers):
    args = bench.args
    uri = os.environ["MONGODB_URI"]
    ids, seconds = bench.seed(40, args.resumes)
    count = args.resumes + 39 * 25
    bench.row("`seed`, resumes a second, without texts", "", [count / seconds], f"{count} resumes")
    job = ids[0]
    payload = bench.token().split(".")[1]
    recruiter = json.loads(base64.urlsafe_b64decode(payload + "=="))["sub"].split("_")[1]

    def start(command, environment=None, **more):
        port = free_port()
        servers.append(Server([str(part) if part != "PORT" else str(port) for part in command], port, environment, **more))
        return servers[-1]

    ours = start([args.program, "serve", "--workers", "0", "--port", "PORT"], {"LOG_LEVEL": "error", "RATE_LIMITS": "off"}, ready="/readyz")
    if args.large:
        large, seconds = bench.seed(1, 100 * args.resumes, "--random-seed", "2")
        bench.row("`seed` of the large job, resumes a second", "", [100 * args.resumes / seconds], f"{seconds:.0f} s")
        deep_pages(bench, ours, job, large[0])
        return
    c = start([build_peer(bench.work), "PORT", uri, recruiter])
    peer = ["node", HERE / "peer.js"]
    tail = ["PORT", ROOT / "schema.graphql", uri, recruiter]
    express = start([*peer, "express", *tail], NODE)
    bare = start([*peer, "http", *tail], NODE)

    both = [("C", c, "≥ 0.60", "≤ 2.00"), ("Express", express, "", "≥ 4.00")]
    questions = [
        ("ranked page", body(RANKED, {"id": job})), ("dashboard", body(DASHBOARD)),
        # Each job in turn.
        ("poll", "\n".join(body(POLL, {"id": id}) for id in ids)),
    ]
    for title, requests in questions:
        for request in requests.split("\n"):
            bench.verify(title, request, ours, [("C", c), ("Express", express)])
    for title, request in questions:
        bench.compare(title, ours, both if title != "poll" else [("C", c, "≥ 0.60", ""), ("Express", express, "", "")], request)
    conditions(bench, ours, job)
    # Each document is new: nothing of it was parsed before.
    new = [("C", c, "", ""), ("Express", express, "", "≥ 5.00")]
    for title, query, variables in (("ranked page", RANKED, {"id": job}), ("dashboard", DASHBOARD, None)):
        bench.compare(f"{title}, each document new", ours, new, body(query, variables, varies=True))

    typename = body("{ __typename }")
    bench.verify("__typename", typename, ours, [("C", c), ("Express", express)])
    bench.compare(
        "`{ __typename }`", ours, [("C", c, "≥ 0.50", ""), ("Express", express, "", "")], typename,
    )

    introspection = body(introspection_query())
    own, theirs = served_types(ours.ask(introspection, bench.token())), served_types(bare.ask(introspection, bench.token()))
    if own != theirs:
        differing = sorted(name for name in own.keys() | theirs.keys() if own.get(name) != theirs.get(name))
        sys.exit(f"compare: introspection differs in {', '.join(differing)}")
    bench.compare("full introspection", ours, [("bare Node", bare, "≥ 5.00", "")], introspection)

    invalid = body(INVALID, varies=True)
    own, theirs = (json.loads(server.ask(invalid, bench.token()))["errors"] for server in (ours, bare))
    places = [sorted((e["locations"][0]["line"], e["locations"][0]["column"]) for e in errors) for errors in (own, theirs)]
    if places[0] != places[1]:
        sys.exit(f"compare: the errors of the invalid query differ:\n{own}\n{theirs}")
    bench.compare("invalid query, each document new", ours, [("bare Node", bare, "≥ 5.00", "")], invalid)

    bench.rows.append(
        {
            "title": "resident memory after all of the above, Express's over ours", "reach": "",
            "value": f"{express.megabytes() / ours.megabytes():.2f}",
            "note": f"{ours.megabytes():.0f} MB against {express.megabytes():.0f} MB; C {c.megabytes():.0f} MB",
        }
    )
    while servers:
        servers.pop().stop()
    if args.completions:
        completions(bench)
    start_to_ready(bench)


main()
