"""The library gql follows a batch and a job by its subscriptions over HTTP, which are Apollo's multipart protocol.

usage: with_gql_streams.py PROGRAM
"""

import asyncio
import io
import sys

from gql import Client, FileVar, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError

from server import Server

BATCH = "subscription ($id: ID!) { batchProgress(id: $id) { status total completed failed progress finishedAt } }"
JOB = "subscription ($id: ID!) { jobChanged(id: $id) { title } }"
RENAME = "mutation ($id: ID!, $title: String!) { updateJob(input: {id: $id, title: $title}) { job { title } } }"
RESUMES = 12


def request(document, **variables):
    made = gql(document)
    made.variable_values = variables
    return made


async def make(session):
    """A job with a batch that has just begun."""
    created = await session.execute(request(
        "mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }",
        input={"title": "Cook", "description": "You bake.", "requirements": {"requiredSkills": ["Baking"]}},
    ))
    job = created["createJob"]["job"]["id"]
    files = [
        FileVar(io.BytesIO(f"Jane Doe {number}\n\nSkills\nBaking, Go\n".encode()), filename=f"{number}.txt")
        for number in range(RESUMES)
    ]
    await session.execute(
        request(
            "mutation ($job: ID!, $files: [Upload!]!) { uploadResumes(input: {jobId: $job, files: $files}) "
            "{ results { __typename } } }",
            job=job, files=files,
        ),
        upload_files=True,
    )
    begun = await session.execute(request(
        "mutation ($job: ID!) { createBatch(input: {jobId: $job}) { batch { id } } }", job=job,
    ))
    return job, begun["createBatch"]["batch"]["id"]


async def follow_batch(session, batch):
    """Every state to the last, which ends the stream."""
    states = []
    async for result in session.subscribe(request(BATCH, id=batch), get_execution_result=True):
        states.append(result.data["batchProgress"])
        done = result.extensions["subscription"]["done"]
        assert done == (states[-1]["finishedAt"] is not None), result
    counts = [state["completed"] + state["failed"] for state in states]
    assert counts == sorted(counts), f"went backwards: {counts}"
    assert states[-1]["finishedAt"] and states[-1]["completed"] == RESUMES, states[-1]
    return len(states)


async def follow_job(session, job, url, headers):
    """Changes while somebody reads, and a change while nobody does, after which another reader goes on."""
    place, titles = None, []
    stream = session.subscribe(request(JOB, id=job), get_execution_result=True)
    async for result in stream:
        titles.append(result.data["jobChanged"]["title"])
        place = result.extensions["subscription"]["cursor"]
        if len(titles) == 4:
            break
        await session.execute(request(RENAME, id=job, title=f"Cook {len(titles)}"))
    await stream.aclose()
    assert titles == ["Cook", "Cook 1", "Cook 2", "Cook 3"], titles
    await session.execute(request(RENAME, id=job, title="Baker"))
    transport = AIOHTTPTransport(url=url, headers=headers | {"Last-Event-ID": place})
    async with Client(transport=transport) as later:
        async for data in later.subscribe(request(JOB, id=job)):
            assert data["jobChanged"]["title"] == "Baker", data
            break
    return len(titles) + 1


async def main(program):
    with Server(program) as server:
        headers = {"Authorization": f"Bearer {server.token('streams@example.com')}"}
        transport = AIOHTTPTransport(url=server.graphql, headers=headers)
        async with Client(transport=transport, fetch_schema_from_transport=True) as session:
            job, batch = await make(session)
            count = await follow_batch(session, batch)
            count += await follow_job(session, job, server.graphql, headers)
            try:
                async for _ in session.subscribe(request(JOB, id="job_000000000000000000000000")):
                    raise AssertionError("what is not there was followed")
            except TransportQueryError as error:
                assert error.errors[0]["extensions"]["code"] == "NOT_FOUND", error.errors
        if faults := server.stop():
            sys.exit("gql-streams: " + "\n".join(faults))
    print(f"gql-streams: {count} events")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
