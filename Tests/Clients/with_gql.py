"""The library gql against the server: a recruiter's day, over both of its transports, each query validated beforehand.

usage: with_gql.py PROGRAM
"""

import asyncio
import sys
import time

from gql import Client, FileVar, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport
from graphql import GraphQLError

from server import Server, sample_files, sample_job

ROW = """
  fragment Row on Resume {
    id status stage attempts error { code message } file { name mediaType byteCount sha256 }
    passFail finalScore finalRank stale
    profile { name skills { name evidence { quote offset page } } yearsExperience highestEducation }
    scores {
      semantic { ...Part } requiredSkills { ...Part } preferredSkills { ...Part } experience { ...Part }
      education { ...Part } version jobRevision fingerprint
    }
    explanation { summary matchedSkills { skill required } missingSkills strengths gaps }
    integrity { findings { code message } }
    decision { outcome note decidedBy { email } }
  }
  fragment Part on ScoreComponent { value weight points }
"""
PARTS = ("semantic", "requiredSkills", "preferredSkills", "experience", "education")


class Asker:
    """Runs documents over either transport, and counts them."""

    def __init__(self, session):
        self._session = session
        self.count = 0

    async def __call__(self, document, upload=False, **variables):
        self.count += 1
        request = gql(document)
        request.variable_values = variables
        if asyncio.iscoroutinefunction(self._session.execute):
            return await self._session.execute(request, upload_files=upload)
        return await asyncio.to_thread(self._session.execute, request, upload_files=upload)

    async def refused(self, document, **variables):
        """The codes of a request that must fail."""
        try:
            answer = await self(document, **variables)
        except TransportQueryError as error:
            return [each.get("extensions", {}).get("code") for each in error.errors]
        raise AssertionError(f"was not refused, but answered {answer}")


async def jobs(ask, email):
    """Makes a job and finds it in every way; gives its identifier."""
    viewer = (await ask("{ viewer { id email name emailVerified createdAt } }"))["viewer"]
    assert viewer["email"] == email and viewer["emailVerified"], viewer
    create = "mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id title revision status } } }"
    job = (await ask(create, input=sample_job("backend-engineer")))["createJob"]["job"]
    assert job["revision"] == 1 and job["status"] == "OPEN", job
    other = (await ask(create, input=sample_job("registered-nurse")))["createJob"]["job"]
    found = await ask(
        """
        query ($id: ID!, $other: ID!) {
          job(id: $id) { id title requirements { requiredSkills minYearsExperience minEducation } weights { semantic } }
          node(id: $id) { __typename id ... on Job { title } }
          nodes(ids: [$id, $other]) { id }
        }
        """,
        id=job["id"], other=other["id"],
    )
    assert found["job"]["title"] == found["node"]["title"] == job["title"], found
    assert found["job"]["requirements"]["minEducation"] == "BACHELOR", found
    assert [node["id"] for node in found["nodes"]] == [job["id"], other["id"]], found
    page = "query ($after: String) { jobs(first: 1, after: $after) { totalCount nodes { id } pageInfo { endCursor } } }"
    first = (await ask(page))["jobs"]
    second = (await ask(page, after=first["pageInfo"]["endCursor"]))["jobs"]
    assert {first["nodes"][0]["id"], second["nodes"][0]["id"]} == {job["id"], other["id"]}, (first, second)
    search = "query ($filter: JobFilter) { jobs(filter: $filter, first: 9) { totalCount nodes { id } } }"
    nurses = (await ask(search, filter={"search": "nurse", "status": "OPEN"}))["jobs"]
    assert [node["id"] for node in nurses["nodes"]] == [other["id"]], nurses

    update = "mutation ($input: UpdateJobInput!) { updateJob(input: $input) { job { revision location } } }"
    changed = {"id": job["id"], "description": "Changed.", "expectedRevision": 1}
    assert (await ask(update, input=changed))["updateJob"]["job"]["revision"] == 2
    assert await ask.refused(update, input=changed) == ["CONFLICT"]
    assert await ask.refused(create, input={"title": "", "description": "None."}) == ["BAD_USER_INPUT"]
    delete = "mutation ($id: ID!) { deleteJob(input: {id: $id}) { deletedId } }"
    assert (await ask(delete, id=other["id"]))["deleteJob"]["deletedId"] == other["id"]
    assert await ask.refused(delete, id=other["id"]) == ["NOT_FOUND"]
    assert (await ask("query ($id: ID!) { job(id: $id) { id } }", id=other["id"]))["job"] is None
    return job["id"]


async def upload(ask, job):
    """Uploads files and one of them again; gives the identifiers of the resumes."""
    files = sample_files()[:5]
    results = (
        await ask(
            """
            mutation ($input: UploadResumesInput!) {
              uploadResumes(input: $input) {
                job { totalResumes }
                results {
                  __typename
                  ... on RegisteredResume { resume { id status file { name byteCount } } }
                  ... on DuplicateResume { existing { id } }
                  ... on RejectedResume { name error { code message } }
                }
              }
            }
            """,
            upload=True,
            input={"jobId": job, "files": [FileVar(str(path)) for path in [*files, files[0]]]},
        )
    )["uploadResumes"]
    registered, again = results["results"][:-1], results["results"][-1]
    assert [each["__typename"] for each in registered] == ["RegisteredResume"] * len(files), results
    for path, each in zip(files, registered):
        assert each["resume"]["file"] == {"name": path.name, "byteCount": path.stat().st_size}, (path, each)
    ids = [each["resume"]["id"] for each in registered]
    assert again["__typename"] == "DuplicateResume" and again["existing"]["id"] == ids[0], results
    assert results["job"]["totalResumes"] == len(files), results
    return ids


async def run_batch(ask, job, total):
    """Starts a batch twice under one key, and waits for its end."""
    create = "mutation ($input: CreateBatchInput!) { createBatch(input: $input) { replayed batch { id total } } }"
    started = {"jobId": job, "target": {"selection": "REGISTERED"}, "idempotencyKey": f"gql-{job}"}
    first = (await ask(create, input=started))["createBatch"]
    second = (await ask(create, input=started))["createBatch"]
    assert not first["replayed"] and second["replayed"] and first["batch"] == second["batch"], (first, second)
    assert first["batch"]["total"] == total, first
    poll = "query ($id: ID!) { batch(id: $id) { status total completed failed progress finishedAt job { id } } }"
    deadline = time.monotonic() + 300
    progress = 0
    while True:
        batch = (await ask(poll, id=first["batch"]["id"]))["batch"]
        assert batch["progress"] >= progress, f"the progress went back from {progress}: {batch}"
        progress = batch["progress"]
        if batch["status"] in ("COMPLETED", "CANCELLED"):
            break
        assert time.monotonic() < deadline, f"the batch did not end: {batch}"
        await asyncio.sleep(0.5)
    assert batch["status"] == "COMPLETED" and batch["completed"] == total and batch["finishedAt"], batch


async def table(ask, job, ids):
    """Pages the ranked table forwards and backwards."""
    query = ROW + """
        query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $filter: ResumeFilter) {
          job(id: $id) {
            completedResumes
            resumes(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
              totalCount edges { cursor node { ...Row } }
              pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            }
          }
        }
    """

    async def pages(size, cursor, edge, more):
        at = {}
        while True:
            page = (await ask(query, id=job, **{size: 2}, **at))["job"]["resumes"]
            assert page["totalCount"] == len(ids), page
            yield [each["node"] for each in page["edges"]]
            if not page["pageInfo"][more]:
                return
            at = {cursor: page["pageInfo"][edge]}

    forwards = [row async for page in pages("first", "after", "endCursor", "hasNextPage") for row in page]
    backwards = []
    async for page in pages("last", "before", "startCursor", "hasPreviousPage"):
        backwards = page + backwards
    assert forwards == backwards, "the table reads otherwise from its end"
    assert sorted(row["id"] for row in forwards) == sorted(ids), "a resume is missing, or stands there twice"
    for row in forwards:
        assert row["status"] == "COMPLETED" and not row["stale"] and row["error"] is None, row
        points = sum(row["scores"][part]["points"] for part in PARTS)
        assert abs(points - row["finalScore"]) < 0.006, row
        assert row["finalRank"] == 1 + sum(other["finalScore"] > row["finalScore"] for other in forwards), row
        assert row["explanation"]["summary"] and row["profile"]["skills"], row
    passed = (await ask(query, id=job, first=50, filter={"passFail": "PASSED"}))["job"]["resumes"]
    expected = [row["id"] for row in forwards if row["passFail"] == "PASSED"]
    assert [each["node"]["id"] for each in passed["edges"]] == expected, passed
    return forwards


async def judge(ask, job, rows):
    """Verifies, previews, decides, and deletes."""
    best, worst = rows[0], rows[-1]
    verify = "query ($id: ID!) { verifyScore(resumeId: $id) { matches storedFingerprint computedScore } }"
    verified = (await ask(verify, id=best["id"]))["verifyScore"]
    assert verified["matches"] and verified["storedFingerprint"] == best["scores"]["fingerprint"], verified
    preview = """
        query ($id: ID!, $weights: ScoringWeightsInput) {
          job(id: $id) { preview(weights: $weights, first: 3) { finalScore finalRank passFail resume { id } } }
        }
    """
    weights = {"semantic": 0, "requiredSkills": 1, "preferredSkills": 0, "experience": 0, "education": 0}
    ranked = (await ask(preview, id=job, weights=weights))["job"]["preview"]
    assert len(ranked) == 3 and ranked[0]["finalRank"] == 1, ranked
    decide = ROW + "mutation ($input: DecideResumeInput!) { decideResume(input: $input) { resume { ...Row } } }"
    decision = {"id": best["id"], "outcome": "ADVANCE", "note": "Call on Monday."}
    decided = (await ask(decide, input=decision))["decideResume"]["resume"]
    assert decided["decision"]["outcome"] == "ADVANCE" and decided["finalScore"] == best["finalScore"], decided
    delete = """
        mutation ($id: ID!) { deleteResume(input: {id: $id}) { deletedId job { totalResumes completedResumes } } }
    """
    left = (await ask(delete, id=worst["id"]))["deleteResume"]
    assert left["deletedId"] == worst["id"] and left["job"]["totalResumes"] == len(rows) - 1, left
    assert left["job"]["completedResumes"] == len(rows) - 1, left
    assert await ask.refused(delete, id=worst["id"]) == ["NOT_FOUND"]
    assert (await ask("query ($id: ID!) { resume(id: $id) { id } }", id=worst["id"]))["resume"] is None
    await ask("mutation ($id: ID!) { deleteJob(input: {id: $id}) { deletedId } }", id=job)
    assert (await ask("query ($id: ID!) { resume(id: $id) { id } }", id=best["id"]))["resume"] is None


async def day(ask, email):
    job = await jobs(ask, email)
    ids = await upload(ask, job)
    await run_batch(ask, job, len(ids))
    await judge(ask, job, await table(ask, job, ids))


async def over(name, transport, email):
    """A day over one transport; gives the number of operations."""
    client = Client(transport=transport, fetch_schema_from_transport=True, execute_timeout=60)
    async with AsyncSession(client) as session:
        try:
            # What the schema does not have is refused here, before it is sent.
            await Asker(session)("{ jobs { nothing } }")
        except GraphQLError:
            pass
        else:
            raise AssertionError("the library did not validate")
        ask = Asker(session)
        try:
            await day(ask, email)
        except Exception as error:
            raise AssertionError(f"{name}, operation {ask.count}: {type(error).__name__}: {error}") from error
        return ask.count


class AsyncSession:
    """A session of either kind of transport as one `async with`."""

    def __init__(self, client):
        self._client = client

    async def __aenter__(self):
        if isinstance(self._client.transport, RequestsHTTPTransport):
            return self._client.__enter__()
        return await self._client.__aenter__()

    async def __aexit__(self, *error):
        if isinstance(self._client.transport, RequestsHTTPTransport):
            return self._client.__exit__(*error)
        return await self._client.__aexit__(*error)


async def main(program):
    with Server(program) as server:
        transports = {"aiohttp": AIOHTTPTransport, "requests": RequestsHTTPTransport}
        operations = 0
        for name, transport in transports.items():
            email = f"{name}@example.com"
            headers = {"Authorization": f"Bearer {server.token(email)}"}
            operations += await over(name, transport(url=server.graphql, headers=headers), email)
        if faults := server.stop():
            sys.exit("gql: " + "\n".join(faults))
    print(f"gql: {operations} operations over {len(transports)} transports")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
