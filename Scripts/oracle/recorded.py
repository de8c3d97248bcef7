"""The cases of the reference's own tests, which its source distribution ships.

They are downloaded once, run with the calls of its public functions recorded, and kept in .local/oracle: nothing of
them is committed. Each recorded text becomes a request like the generated ones, answered again by both sides.
"""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

VERSION = "3.3.2"
DIGEST = "15d6eee7d4364fbc202833bc6bd0d504004d8ae7c0aaf620fa884d8e437622f2"
SUITES = ["language", "validation", "utilities", "type", "execution"]
LONGEST = 20_000


def recorded_requests(root):
    """Every distinct request, in a fixed order."""
    folder = root / ".local" / "oracle"
    kept = folder / f"recorded-{VERSION}.json"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        record(folder, kept)
    return json.loads(kept.read_text(encoding="utf-8"))


def record(folder, kept):
    """Downloads the tests, runs them, and writes what they called."""
    print("differential: downloading and running the reference's own tests, once", file=sys.stderr)
    archive = folder / f"graphql_core-{VERSION}.tar.gz"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    # Hashes would also be asked of what builds the package, so the digest is checked here.
    subprocess.run([*pip, "--no-binary", "graphql-core", "--dest", folder, f"graphql-core=={VERSION}"], check=True)
    if digest(archive) != DIGEST:
        sys.exit(f"differential: {archive} is not the file that was pinned")
    with tarfile.open(archive) as bundle:
        bundle.extractall(folder, filter="data")
    tests = folder / f"graphql_core-{VERSION}"
    calls = folder / "calls.jsonl"
    calls.unlink(missing_ok=True)
    environment = {**os.environ, "RECORDED_CALLS": str(calls), "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "oracle.recorder", "-p", "no:cacheprovider", "-o", "addopts="]
        # These take minutes, and their texts are made by the thousand.
        + ["-k", "not budget and not deeply and not fuzz"]
        + [f"tests/{suite}" for suite in SUITES],
        cwd=tests, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if not calls.is_file():
        sys.exit("differential: the reference's own tests did not run")
    requests = list(dict.fromkeys(calls.read_text(encoding="utf-8").splitlines()))
    requests = [json.loads(line) for line in requests if len(line) <= LONGEST]
    partial = kept.with_suffix(".partial")
    partial.write_text(json.dumps(requests), encoding="utf-8")
    partial.rename(kept)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
