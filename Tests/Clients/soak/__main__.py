"""usage: soak PROGRAM [--minutes M] [--recruiters N] [--rude N] [--out FILE]"""

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from server import Server
from soak.recruiter import Recruiter
from soak.rude import misbehave
from soak.samples import Process, Samples, settled
from soak.tally import Tally

# The second half of a run may take this much more memory than the time before.
GROWTH = 1.1
# Connections to the database come and go by one or two.
SPARE_FDS = 4
CODES_OF_CLIENTS = {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT", "NOT_FOUND", "CONFLICT"}


def sessions(count, kind, server, tally, http):
    return [Recruiter(f"{kind}-{index}@example.com", server, tally, http) for index in range(count)]


async def warm_up(server, tally, http):
    """Every kind of operation once or more, so that what is opened once is open."""
    stop = asyncio.Event()
    working = [asyncio.create_task(each.work(stop)) for each in sessions(2, "first", server, tally, http)]
    await asyncio.sleep(30)
    stop.set()
    await asyncio.gather(*working)


async def soak(server, args, tally):
    """The run; gives the samples, and what was held before and after it."""
    address = urlsplit(server.url)
    process = Process(server.pid, address.port)
    # A connection of its own for each request would leave thousands of them waiting for their end.
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90)) as http:
        await warm_up(server, tally, http)
    before = await settled(process, None)
    samples = Samples(process)
    sampling = asyncio.create_task(samples.run())
    stop = asyncio.Event()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90)) as http:
        recruiters = sessions(args.recruiters, "recruiter", server, tally, http)
        await recruiters[0].renew()
        tasks = [asyncio.create_task(each.work(stop)) for each in recruiters]
        for _ in range(args.rude):
            token = lambda: recruiters[0].token
            tasks.append(asyncio.create_task(misbehave(address.hostname, address.port, token, tally, stop)))
        end = time.monotonic() + args.minutes * 60
        while time.monotonic() < end and not (fault := server.ended()):
            await asyncio.sleep(1)
        stop.set()
        sampling.cancel()
        if fault:
            for task in tasks:
                task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                tally.fault(f"a client broke off: {result!r}")
    after = {} if fault else await settled(process, {"fds": before["fds"] + SPARE_FDS})
    return samples, before, after


def verdict(samples, before, after, tally, faults):
    """What is wrong, line by line; prints what was seen."""
    wrong = list(faults)
    middle, last = samples.median("rssKB", 1 / 3, 2 / 3), samples.median("rssKB", 2 / 3, 1)
    halves = [samples.median("rssKB", 0.5, 0.75), samples.median("rssKB", 0.75, 1)]
    print(f"operations: {sum(tally.operations.values())}")
    for kind, count in sorted(tally.operations.items()):
        print(f"{count:8} {kind}")
    print("statuses: " + ", ".join(f"{count} × {status}" for status, count in sorted(tally.statuses.items())))
    print("errors: " + (", ".join(f"{count} × {code}" for code, count in sorted(tally.errors.items())) or "none"))
    print(f"memory, second half: {halves[0] / 1024:.0f} MB in its first part, {halves[1] / 1024:.0f} MB in its last")
    print(f"memory, whole run: {middle / 1024:.0f} MB in the middle third, {last / 1024:.0f} MB in the last")
    for key in ("rssKB", "fds", "threads", "children", "connections"):
        most = max(sample[key] for sample in samples.series)
        print(f"{key}: {before[key]} before, at most {most}, {after.get(key, 'gone')} after")
    if last > middle * GROWTH:
        wrong.append(f"memory grows: {middle / 1024:.0f} MB in the middle third, {last / 1024:.0f} MB in the last")
    if after:
        if after["fds"] > before["fds"] + SPARE_FDS:
            wrong.append(f"descriptors leak: {before['fds']} before, {after['fds']} after")
        if after["connections"]:
            wrong.append(f"{after['connections']} connections are open though every client has left")
        if after["children"] > before["children"]:
            wrong.append(f"{after['children']} children are left")
    if unexpected := set(tally.errors) - CODES_OF_CLIENTS:
        wrong.append(f"errors that should not be: {', '.join(sorted(unexpected))}")
    wrong += [f"{count} answers with the status {status}" for status, count in tally.statuses.items() if status >= 500]
    return wrong + tally.faults()


def main():
    parser = argparse.ArgumentParser(prog="soak")
    parser.add_argument("program")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--recruiters", type=int, default=4)
    parser.add_argument("--rude", type=int, default=6)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    tally = Tally()
    with Server(args.program) as server:
        samples, before, after = asyncio.run(soak(server, args, tally))
        faults = server.stop()
    wrong = verdict(samples, before, after, tally, faults)
    if args.out:
        counts = {"operations": tally.operations, "errors": tally.errors, "statuses": tally.statuses}
        args.out.write_text(json.dumps({**counts, "wrong": wrong, "samples": samples.series}, indent=1) + "\n")
    for line in wrong:
        print(f"wrong: {line}")
    print(f"soak: {args.minutes:g} minutes, {'flat and clean' if not wrong else f'{len(wrong)} wrong'}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
