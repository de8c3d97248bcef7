#!/usr/bin/env python3
"""Measures a batch from createBatch to its end, everything stored, against embedding the same texts and nothing else, in turn.

usage: Scripts/with-mongod batch.py PROGRAM [--rounds N] [--different N] [--json] FILE…

PROGRAM   shortlist, built for release
--rounds  how often both are timed (1)
--different  how many of the files are no copies of others; all by default
--json    a last line of JSON, for Scripts/bench

Both use every core. The files are uploaded before, as a frontend does it; how fast that goes is told beside. Needs MONGODB_URI.
"""
import argparse
import concurrent.futures
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from programs import Server, free_port

CREATE = "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }"
UPLOADS = "mutation($input: CreateUploadsInput!) { createUploads(input: $input) { uploads { method url fileUrl } } }"
REGISTER = "mutation($input: RegisterResumesInput!) { registerResumes(input: $input) { results { __typename } } }"
BATCH = "mutation($input: CreateBatchInput!) { createBatch(input: $input) { batch { id total } } }"
FOLLOW = "query($id: ID!) { batch(id: $id) { status total completed failed createdAt finishedAt } }"
JOB = {
    "title": "Operations Manager",
    "description": "You lead a team, plan budgets, improve processes and report results to management and customers.",
    "requirements": {
        "requiredSkills": ["Budgeting", "Process improvement", "Customer service", "Microsoft Excel"],
        "minYearsExperience": 3,
        "minEducation": "BACHELOR",
    },
}
# So many files a request.
PORTION = 50


class Frontend:
    def __init__(self, server, token):
        self.server, self.token = server, token

    def ask(self, query, **variables):
        answer = json.loads(self.server.ask(json.dumps({"query": query, "variables": variables}), self.token))
        if "errors" in answer:
            sys.exit(f"batch: {answer['errors'][0]}")
        return next(iter(answer["data"].values()))

    def upload(self, job, files):
        named = [{"name": file.name, "mediaType": "application/octet-stream", "byteCount": file.stat().st_size} for file in files]
        targets = self.ask(UPLOADS, input={"jobId": job, "files": named})["uploads"]
        for file, target in zip(files, targets):
            urllib.request.urlopen(urllib.request.Request(target["url"], file.read_bytes(), method=target["method"]), timeout=60).read()
        entries = [{**entry, "url": target["fileUrl"]} for entry, target in zip(named, targets)]
        results = self.ask(REGISTER, input={"jobId": job, "resumes": entries})["results"]
        return sum(result["__typename"] == "RegisteredResume" for result in results)

    def batch(self, job):
        """Seconds from the request to the end, and how many files were completed and failed."""
        start = time.monotonic()
        made = self.ask(BATCH, input={"jobId": job})["batch"]
        while True:
            batch = self.ask(FOLLOW, id=made["id"])
            if batch["finishedAt"]:
                return time.monotonic() - start, batch["completed"], batch["failed"]
            time.sleep(0.1)


def embed(program, texts):
    start = time.monotonic()
    subprocess.run([program, "embed", "--long"], input=texts, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--different", type=int)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    done = subprocess.run(
        [args.program, "extract", "--format", "json", *map(str, args.files)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    texts = [" ".join((row["text"] or "").split()) for row in json.loads(done.stdout)]
    lines = ("\n".join(text for text in texts if text) + "\n").encode()
    token = json.loads(
        subprocess.run([args.program, "token", "--email", "bench@localhost"], check=True, stdout=subprocess.PIPE).stdout
    )["accessToken"]
    port = free_port()
    server = Server(
        [args.program, "serve", "--port", str(port)], port, {"LOG_LEVEL": "error", "RATE_LIMITS": "off"}, ready="/readyz"
    )
    limits, batches, uploads = [], [], []
    try:
        frontend = Frontend(server, token)
        for number in range(args.rounds):
            print(f"batch: round {number + 1} of {args.rounds}", file=sys.stderr)
            limits.append(embed(args.program, lines))
            job = frontend.ask(CREATE, input=JOB)["job"]["id"]
            start = time.monotonic()
            portions = [args.files[at:at + PORTION] for at in range(0, len(args.files), PORTION)]
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                registered = sum(pool.map(lambda portion: frontend.upload(job, portion), portions))
            uploads.append(time.monotonic() - start)
            seconds, completed, failed = frontend.batch(job)
            if completed + failed != registered:
                sys.exit(f"batch: of {registered} registered {completed} were completed and {failed} failed")
            batches.append(seconds)
        memory = server.megabytes()
    finally:
        server.stop()
    ratios = [limit / seconds for limit, seconds in zip(limits, batches)]
    size = sum(file.stat().st_size for file in args.files) / 2**20
    different = f", {args.different} of them different" if args.different not in (None, len(args.files)) else ""
    row = {
        "title": f"batch of {len(args.files):,} files{different}, createBatch to its end: files a second over those that embedding alone allows",
        "reach": "≥ 0.70", "value": f"{statistics.median(ratios):.2f}",
        "note": f"{min(ratios):.2f}–{max(ratios):.2f}, {args.rounds} rounds; {statistics.median(batches):.1f} s against "
        f"{statistics.median(limits):.1f} s; {completed} completed, {failed} failed, {registered} registered; uploading "
        f"{size:.0f} MB took {statistics.median(uploads):.1f} s; {memory:.0f} MB resident after, {os.cpu_count()} cores",
    }
    print(f"| {row['title']} | {row['reach']} | {row['value']} | {row['note']} |")
    if args.json:
        print(json.dumps([row]))


main()
