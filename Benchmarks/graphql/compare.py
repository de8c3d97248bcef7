#!/usr/bin/env python3
"""Compares the GraphQL engine with graphql-js: processor time an operation, in turn, in one run.

usage: compare.py PROGRAM [--rounds N] [--seconds S] [--json]

PROGRAM   GraphQLBench, built for release
--rounds  how often each is timed (5)
--seconds processor time of one timing, roughly (0.3)
--json    a last line of JSON, for Scripts/bench

Needs node and Debian's node-graphql; a C compiler for counting allocations. Every result is verified equal first.
"""
import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

KITCHEN_SINK = """\
# Everything that an operation can hold, on our own schema.
query Board($jobs: Int = 20, $after: String, $filter: ResumeFilter = {status: [COMPLETED, FAILED], passFail: PASSED},
            $detail: Boolean! = true, $id: ID!) {
  viewer { id email name usage { periodStart resumesProcessed resumesQuota analyses } }
  first: jobs(first: $jobs, after: $after, filter: {status: OPEN, search: "engineer"},
              orderBy: {field: LAST_UPDATED_AT, direction: DESC}) {
    totalCount
    pageInfo { ...Page }
    edges { cursor node { ...Row scoreHistogram skillCoverage { skill required resumes } } }
  }
  job(id: $id) {
    ...Row
    description
    requirements { requiredSkills preferredSkills minYearsExperience minEducation }
    weights { semantic requiredSkills preferredSkills experience education }
    resumes(first: 25, filter: $filter, orderBy: {field: FINAL_RANK}) {
      pageInfo { ...Page }
      nodes {
        id status finalScore finalRank passFail stale
        profile @include(if: $detail) { name headline skills { name } experience { title organization start end current } }
        explanation @include(if: $detail) {
          summary matchedSkills { skill required evidence { quote offset page } } missingSkills
        }
        analysis @skip(if: $detail) { status summary strengths { claim supported evidence { quote } } }
      }
    }
    preview(requirements: {requiredSkills: ["Swift", "C++"], minYearsExperience: 2.5}, first: 3) { finalScore finalRank }
  }
  node(id: $id) {
    __typename
    ... on Job { title }
    ... on Resume { file { name mediaType byteCount } decision { outcome note decidedBy { name } } }
    ... on Batch { progress job { title } }
  }
}
fragment Row on Job { id title company location status revision totalResumes completedResumes lastUpdatedAt }
fragment Page on PageInfo { hasNextPage hasPreviousPage startCursor endCursor }
"""

HELLO = "{ hello }"
LIST = "{ items(count: 1000) { id name price } }"
NESTED = "{ authors { id books { id reviews { id text } } } }"


def large(size: int) -> str:
    """A valid operation of about `size` bytes on our own schema, of many fields, arguments and fragments."""
    parts, fragments, length, number = [], [], 0, 0
    while length < size - 200:
        fields = "id status finalScore finalRank passFail createdAt profile { name headline skills { name } }"
        part = (
            f'  job{number}: job(id: "{number:08d}") {{ id title ...Part{number} resumes(first: {number % 100}, '
            f"filter: {{minScore: {number}.5, skills: [\"Swift\", \"SQL\"]}}) {{ nodes {{ {fields} }} }} }}"
        )
        fragment = f"fragment Part{number} on Job {{ company location weights {{ semantic experience }} batches(first: 3) {{ totalCount }} }}"
        parts.append(part)
        fragments.append(fragment)
        length += len(part) + len(fragment) + 2
        number += 1
    return "query Large {\n" + "\n".join(parts) + "\n}\n" + "\n".join(fragments) + "\n"


class Peer:
    def __init__(self, command, environment):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
        )

    def run(self, what, file, iterations):
        self.process.stdin.write(f"{what} {file} {iterations}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"compare: a peer ended while it did {what}")
        return json.loads(line)

    def peak_megabytes(self):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
        return math.nan

    def iterations(self, what, file, seconds):
        """As many as take about `seconds`."""
        count = 1
        while True:
            cpu = self.run(what, file, count)["cpu"]
            if cpu > seconds / 8:
                return max(1, int(count * seconds / cpu))
            count *= 4


def exponent(points):
    """Of the power law through (size, time): 1 is linear."""
    xs = [math.log(x) for x, _ in points]
    ys = [math.log(y) for _, y in points]
    mean_x, mean_y = statistics.mean(xs), statistics.mean(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)


def normal(check):
    """Peers may print equal numbers differently: 0.0 and 0."""
    try:
        return json.dumps(json.loads(check))
    except (TypeError, ValueError):
        return check


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        schema, small = work / "schema.graphql", work / "small.graphql"
        schema.write_text((ROOT / "schema.graphql").read_text())
        workloads = (HERE / "GraphQLBench/Workloads.swift").read_text()
        small.write_text(workloads.split('"""')[1])
        introspection = subprocess.run(
            ["node", "-e", "process.stdout.write(require('graphql').getIntrospectionQuery())"],
            capture_output=True, text=True, check=True, env={**os.environ, "NODE_PATH": "/usr/share/nodejs"},
        ).stdout
        texts = {
            "kitchen": KITCHEN_SINK, "large": large(100_000), "hello": HELLO, "list": LIST, "nested": NESTED,
            "introspection": introspection,
        }
        files = {}
        for name, text in texts.items():
            files[name] = work / f"{name}.graphql"
            files[name].write_text(text)
        ours = Peer([args.program, str(schema)], {})
        js = Peer(["node", str(HERE / "peer.js"), str(schema), str(small)], {"NODE_PATH": "/usr/share/nodejs"})
        rows = []
        cases = [
            ("parse, kitchen sink", "parse", "kitchen", None),
            ("validate, kitchen sink", "validate", "kitchen", None),
            ("parse + validate, kitchen sink", "parse+validate", "kitchen", 5),
            ("parse, 100 KB", "parse", "large", None),
            ("validate, 100 KB", "validate", "large", None),
            ("parse + validate, 100 KB", "parse+validate", "large", 5),
            ("execute `{ hello }`", "execute", "hello", None),
            ("execute 1,000 objects × 3 scalars", "execute", "list", 10),
            ("execute three nested levels, batched", "execute", "nested", None),
            ("execute introspection", "execute", "introspection", None),
        ]
        for title, what, name, reach in cases:
            print(f"compare: {title}", file=sys.stderr)
            a, b = ours.run(what, files[name], 1), js.run(what, files[name], 1)
            # Introspection of graphql-js 16 lacks what came later; it is enough that both have answered.
            if name == "introspection":
                a["check"], b["check"] = ("errors" in json.loads(answer["check"]) for answer in (a, b))
            if normal(a["check"]) != normal(b["check"]):
                sys.exit(f"compare: {title}: the results differ:\n{a['check'][:300]}\n{b['check'][:300]}")
            counts = ours.iterations(what, files[name], args.seconds), js.iterations(what, files[name], args.seconds)
            ratios, own, peer = [], [], []
            for _ in range(args.rounds):
                own.append(ours.run(what, files[name], counts[0])["cpu"] / counts[0])
                peer.append(js.run(what, files[name], counts[1])["cpu"] / counts[1])
                ratios.append(peer[-1] / own[-1])
            rows.append(
                {
                    "title": f"{title}, graphql-js's CPU time over ours", "reach": f"≥ {reach}" if reach else "",
                    "value": f"{statistics.median(ratios):.1f}",
                    "note": f"{min(ratios):.1f}–{max(ratios):.1f}, {args.rounds} rounds; {1e6 * statistics.median(own):.1f} µs "
                    f"against {1e6 * statistics.median(peer):.1f} µs",
                }
            )
        rows.append(
            {
                "title": "peak resident memory, graphql-js's over ours", "reach": "",
                "value": f"{js.peak_megabytes() / ours.peak_megabytes():.1f}",
                "note": f"{ours.peak_megabytes():.0f} MB against {js.peak_megabytes():.0f} MB after all of the above",
            }
        )
        # Allocations, counted in a process of its own: counting slows it.
        library = work / "allocations.so"
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, HERE / "allocations.c"], check=True)
        counted = Peer([args.program, str(schema)], {"LD_PRELOAD": str(library)})
        for title, what, name in (
            ("parse + validate, kitchen sink", "parse+validate", "kitchen"),
            ("execute `{ hello }`", "execute", "hello"),
            ("execute 1,000 objects × 3 scalars", "execute", "list"),
        ):
            answer = counted.run(what, files[name], 100)
            count, size = answer["allocations"] / 100, answer["bytes"] / 100
            is_list = name == "list"
            rows.append(
                {
                    "title": f"{title}, allocations an {'object' if is_list else 'operation'}",
                    "reach": "< 2" if is_list else "",
                    "value": f"{count / 1000:.3f}" if is_list else f"{count:.0f}",
                    "note": f"{count:.0f} allocations and {size / 1024:.1f} KB an operation",
                }
            )
        # Growth from 1 KB to 1 MB.
        for what in ("parse", "validate"):
            points = []
            for size in (1_000, 10_000, 100_000, 1_000_000):
                file = work / f"grow{size}.graphql"
                file.write_text(large(size))
                count = ours.iterations(what, file, args.seconds)
                cpu = statistics.median(ours.run(what, file, count)["cpu"] / count for _ in range(3))
                points.append((len(file.read_bytes()), cpu))
            rows.append(
                {
                    "title": f"growth of {what} from 1 KB to 1 MB: exponent", "reach": "≈ 1", "value": f"{exponent(points):.2f}",
                    "note": ", ".join(f"{size // 1000} KB {1e3 * cpu:.2f} ms" for size, cpu in points),
                }
            )
        points = []
        for count in (30, 300, 3_000, 30_000):
            file = work / f"items{count}.graphql"
            file.write_text("{ items(count: %d) { id name price } }" % count)
            answer = ours.run("execute", file, 1)
            times = ours.iterations("execute", file, args.seconds)
            cpu = statistics.median(ours.run("execute", file, times)["cpu"] / times for _ in range(3))
            points.append((len(answer["check"]), cpu))
        rows.append(
            {
                "title": "growth of execute from 1 KB to 1 MB of answer: exponent", "reach": "≈ 1",
                "value": f"{exponent(points):.2f}",
                "note": ", ".join(f"{size // 1000} KB {1e3 * cpu:.3f} ms" for size, cpu in points),
            }
        )
    for row in rows:
        print(f"| {row['title']} | {row['reach']} | {row['value']} | {row['note']} |")
    if args.json:
        print(json.dumps(rows))


main()
