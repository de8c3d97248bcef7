"""schemathesis's made-up operations against the server, signed in; identifiers of its answers are used again.

usage: with_schemathesis.py PROGRAM SECONDS

Ends with a failure where the server ends, answers with a status of 500 or more, with something that is no answer of
GraphQL, or with an error that the contract does not know or that is the server's own.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

import contract
from server import Server, sample_files, sample_job

CREATE_JOB = "mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }"
UPLOAD = "mutation ($input: UploadResumesInput!) { uploadResumes(input: $input) { job { totalResumes } } }"
CREATE_BATCH = "mutation ($id: ID!) { createBatch(input: {jobId: $id}) { batch { id } } }"


def fill(server):
    """Something to find: jobs, resumes, and a batch that is under way."""
    with httpx.Client(headers={"Authorization": f"Bearer {server.token('schemathesis@example.com')}"}) as http:

        def data(**request):
            return contract.succeeded(http.post(server.graphql, **request))

        for name in ("backend-engineer", "registered-nurse"):
            asked = {"query": CREATE_JOB, "variables": {"input": sample_job(name)}}
            job = data(json=asked)["createJob"]["job"]["id"]
            paths = sample_files()[:4]
            asked = {"query": UPLOAD, "variables": {"input": {"jobId": job, "files": [None] * len(paths)}}}
            places = {str(index): [f"variables.input.files.{index}"] for index in range(len(paths))}
            parts = {"operations": json.dumps(asked), "map": json.dumps(places)}
            content = {str(index): (path.name, path.read_bytes()) for index, path in enumerate(paths)}
            data(data=parts, files=content)
        data(json={"query": CREATE_BATCH, "variables": {"id": job}})


def run(server, seconds, folder):
    """One run; gives its report, and the output where something failed."""
    environment = {
        **server.environment, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "SHORTLIST": server.program,
        "PYTHONPATH": str(Path(__file__).parent), "PYTHONWARNINGS": "ignore",
    }
    report = folder / "report.json"
    command = [
        Path(sys.executable).with_name("st"), "run", server.graphql, "--no-color", "--phases", "fuzzing",
        "--checks", "keeps_the_contract", "--max-time", str(seconds), "--request-timeout", "60", "--warnings", "off",
        "--suppress-health-check", "all", "--generation-database", "none", "--report", "json",
        "--report-json-path", report,
    ]
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = done.stdout.decode(errors="replace")
    if not report.is_file():
        sys.exit(f"schemathesis: no report; status {done.returncode}: {output[-3000:]}")
    return json.loads(report.read_text()), output if done.returncode else ""


def main(program, seconds):
    with Server(program) as server, tempfile.TemporaryDirectory() as folder:
        fill(server)
        report, output = run(server, seconds, Path(folder))
        faults = server.stop()
    cases, operations = report["test_cases"], report["operations"]
    tested = f"{cases['generated']} cases of {operations['tested']} of {operations['total']} operations"
    if output or faults or not cases["generated"]:
        print(output[-8000:], *faults[:20], sep="\n", file=sys.stderr)
        failures = f"{cases['unique_failures']} failures, {len(faults)} faults by the server's own account"
        sys.exit(f"schemathesis: {tested}, {failures}")
    print(f"schemathesis: {tested}, seed {report['seed']}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
