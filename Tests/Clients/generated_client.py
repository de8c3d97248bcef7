"""A client that ariadne-codegen generates from the served schema: each answer must fit the types that it made.

usage: generated_client.py PROGRAM
"""

import asyncio
import importlib
import json
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import httpx

from server import Server, sample_files, sample_job

OPERATIONS = Path(__file__).with_name("operations.graphql")
SETTINGS = """
[tool.ariadne-codegen]
schema_path = "schema.graphql"
queries_path = {queries}
target_package_name = "shortlist_client"

[tool.ariadne-codegen.scalars.DateTime]
type = "datetime.datetime"
[tool.ariadne-codegen.scalars.UnitInterval]
type = "float"
[tool.ariadne-codegen.scalars.URL]
type = "str"
[tool.ariadne-codegen.scalars.EmailAddress]
type = "str"
"""


def generate(folder, url):
    """The package, made from what the server says its schema is."""
    schema = httpx.get(f"{url}/schema.graphql")
    schema.raise_for_status()
    (folder / "schema.graphql").write_text(schema.text)
    (folder / "settings.toml").write_text(SETTINGS.format(queries=json.dumps(str(OPERATIONS))))
    tool = Path(sys.executable).with_name("ariadne-codegen")
    subprocess.run([tool, "--config", "settings.toml"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    sys.path.insert(0, str(folder))
    return importlib.import_module("shortlist_client")


class Counted:
    """The client; counts the operations asked."""

    def __init__(self, client):
        self._client = client
        self.count = 0

    def __getattr__(self, name):
        self.count += 1
        return getattr(self._client, name)


async def codes(module, awaitable):
    """The codes of a request that must fail."""
    try:
        answer = await awaitable
    except module.GraphQLClientGraphQLMultiError as error:
        return [each.extensions["code"] for each in error.errors]
    raise AssertionError(f"was not refused, but answered {answer}")


async def jobs(client, module, email):
    """Makes a job and finds it in every way; gives it."""
    viewer = (await client.me()).viewer
    assert viewer.email == email and viewer.email_verified, viewer
    assert abs(viewer.created_at - datetime.now(timezone.utc)) < timedelta(minutes=5), viewer
    made = []
    for name in ("backend-engineer", "registered-nurse"):
        job = (await client.make_job(module.CreateJobInput.model_validate(sample_job(name)))).create_job.job
        assert job.status is module.JobStatus.OPEN and job.revision == 1, job
        made.append(job)
    job = (await client.one_job(made[0].id)).job
    assert job == made[0], (job, made[0])
    node = (await client.find(job.id)).node
    assert node.typename__ == "Job" and node.title == job.title, node
    assert (await client.find(viewer.id)).node.email == email

    order = module.JobOrder(field=module.JobOrderField.TITLE, direction=module.OrderDirection.DESC)
    seen, after = [], None
    while True:
        page = (await client.dashboard(first=1, after=after, order_by=order)).jobs
        assert page.total_count == len(made), page
        seen += [edge.node.title for edge in page.edges]
        if not page.page_info.has_next_page:
            break
        after = page.page_info.end_cursor
    assert seen == sorted((each.title for each in made), reverse=True), seen

    weights = module.ScoringWeightsInput(
        semantic=0.5, required_skills=0.5, preferred_skills=0, experience=0, education=0
    )
    change = module.UpdateJobInput(id=job.id, weights=weights, expected_revision=1)
    revised = (await client.revise_job(change)).update_job.job
    assert revised.revision == 2 and revised.weights.semantic == 0.5, revised
    assert await codes(module, client.revise_job(change)) == ["CONFLICT"]
    assert (await client.archive(made[1].id)).archive_job.job.status is module.JobStatus.ARCHIVED
    assert (await client.remove_job(made[1].id)).delete_job.deleted_id == made[1].id
    assert await codes(module, client.remove_job(made[1].id)) == ["NOT_FOUND"]
    return revised


async def files(client, module, job):
    """Brings in files in both ways; gives the identifiers of the resumes."""
    chosen = sample_files()[5:9]
    with open(chosen[0], "rb") as content:
        upload = module.Upload(filename=chosen[0].name, content=content, content_type="application/octet-stream")
        sent = (await client.send_files(module.UploadResumesInput(job_id=job.id, files=[upload]))).upload_resumes
    infos = [
        module.FileInput(name=path.name, media_type="application/octet-stream", byte_count=path.stat().st_size)
        for path in chosen[1:]
    ]
    plan = (await client.plan_uploads(module.CreateUploadsInput(job_id=job.id, files=infos))).create_uploads.uploads
    assert len(plan) == len(infos), plan
    async with httpx.AsyncClient() as http:
        for path, target in zip(chosen[1:], plan):
            assert target.method == "PUT" and target.fields == [] and target.file_url, target
            assert target.expires_at > datetime.now(timezone.utc), target
            (await http.put(target.url, content=path.read_bytes())).raise_for_status()
    entries = [
        module.RegisterResumeInput(
            url=target.file_url, name=info.name, media_type=info.media_type, byte_count=info.byte_count
        )
        for info, target in zip(infos, plan)
    ]
    registered = await client.register(module.RegisterResumesInput(job_id=job.id, resumes=entries))
    results = sent.results + registered.register_resumes.results
    assert [each.typename__ for each in results] == ["RegisteredResume"] * len(chosen), results
    assert registered.register_resumes.job.total_resumes == len(chosen), registered
    again = await client.register(module.RegisterResumesInput(job_id=job.id, resumes=entries[:1]))
    assert [each.typename__ for each in again.register_resumes.results] == ["DuplicateResume"], again
    return [each.resume.id for each in results]


async def judge(client, module, job, ids):
    """Runs a batch, reads the table, decides, and deletes."""
    target = module.BatchTarget(resume_ids=ids)
    batch = (await client.start_batch(module.CreateBatchInput(job_id=job.id, target=target))).create_batch.batch
    ended = (module.BatchStatus.COMPLETED, module.BatchStatus.CANCELLED)
    deadline = time.monotonic() + 300
    while batch.status not in ended:
        assert time.monotonic() < deadline, f"the batch did not end: {batch}"
        await asyncio.sleep(0.5)
        batch = (await client.one_batch(batch.id)).batch
    assert batch.status is module.BatchStatus.COMPLETED and batch.completed == batch.total == len(ids), batch

    order = module.ResumeOrder(field=module.ResumeOrderField.FINAL_SCORE, direction=module.OrderDirection.DESC)
    rows, after = [], None
    while True:
        page = (await client.ranked(job.id, first=3, after=after, order_by=order)).job.resumes
        rows += page.nodes
        if not page.page_info.has_next_page:
            break
        after = page.page_info.end_cursor
    assert sorted(row.id for row in rows) == sorted(ids), rows
    scores = [row.final_score for row in rows]
    assert scores == sorted(scores, reverse=True) and all(0 <= score <= 100 for score in scores), scores
    async with httpx.AsyncClient() as http:
        file = await http.get(rows[0].file.url)
        assert file.status_code == 200 and len(file.content) == rows[0].file.byte_count, file
    strict = module.ResumeFilter(status=[module.ResumeStatus.COMPLETED], min_score=scores[0])
    best = (await client.ranked(job.id, first=9, filter_=strict)).job.resumes
    assert best.nodes[0].id == rows[0].id and best.total_count == scores.count(scores[0]), best

    assert (await client.verify(rows[0].id)).verify_score.matches
    decision = module.DecideResumeInput(id=rows[0].id, outcome=module.DecisionOutcome.HOLD)
    decided = (await client.decide(decision)).decide_resume.resume.decision
    assert decided.outcome is module.DecisionOutcome.HOLD and decided.note is None, decided
    assert (await client.remove_resume(rows[0].id)).delete_resume.job.total_resumes == len(ids) - 1
    await client.remove_job(job.id)


async def main(program):
    email = "generated@example.com"
    with Server(program) as server, tempfile.TemporaryDirectory() as folder:
        module = generate(Path(folder), server.url)
        headers = {"Authorization": f"Bearer {server.token(email)}"}
        async with module.Client(url=server.graphql, headers=headers) as made:
            client = Counted(made)
            job = await jobs(client, module, email)
            await judge(client, module, job, await files(client, module, job))
        if faults := server.stop():
            sys.exit("ariadne-codegen: " + "\n".join(faults))
    print(f"ariadne-codegen: {client.count} operations by a generated client")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
