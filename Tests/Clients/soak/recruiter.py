"""One recruiter, who does one thing after another as chance has it."""

import asyncio
import json
import random
import time
import uuid

import aiohttp

import contract
from server import sample_files, sample_job

ENDED = ("COMPLETED", "CANCELLED")
MOST_JOBS = 3
MOST_RESUMES = 12
MOST_BATCHES = 2
# What a request may meet though nobody did wrong: what it is about is just being processed, or has been.
BUSY = {"CONFLICT", "BAD_USER_INPUT"}

REGISTRATION = """
  job { totalResumes }
  results {
    __typename
    ... on RegisteredResume { resume { id } }
    ... on DuplicateResume { existing { id } }
    ... on RejectedResume { name error { code } }
  }
"""
ROW = """
  id status stage attempts error { code } file { name mediaType byteCount sha256 url }
  passFail finalScore finalRank stale
  profile { name emails headline skills { name evidence { quote offset } } experience { title start end } }
  scores { semantic { points } requiredSkills { points } fingerprint jobRevision }
  prefilter { criteria { code state message } } explanation { summary matchedSkills { skill } missingSkills }
  integrity { findings { code message } } decision { outcome note }
"""
SKILLS = ["Go", "PostgreSQL", "Kubernetes", "Docker", "Kafka", "Nursing", "Python", "REST APIs", "Triage", "C++"]


class Refused(Exception):
    """An answer with errors that the operation said may come."""


class Job:
    """What the recruiter remembers of a job."""

    def __init__(self, id):
        self.id = id
        self.resumes = []
        self.batches = []


class Recruiter:
    """Keeps to a few jobs, so that what the server holds for it does not grow."""

    def __init__(self, email, server, tally, http):
        self._email = email
        self._server = server
        self._tally = tally
        self._http = http
        self._jobs = []
        self._renewed = -1e9
        self.token = None

    async def work(self, stop):
        """Works until `stop` is set, then tidies up."""
        kinds = {
            self.create_job: 3, self.upload: 6, self.put: 6, self.run_batch: 8, self.poll: 10, self.page: 8,
            self.filtered: 6, self.preview: 4, self.verify: 4, self.decide: 4, self.revise: 3, self.rescore: 4,
            self.cancel: 2, self.dashboard: 4, self.delete_resume: 4, self.delete_job: 1, self.mistake: 4,
            self.download: 3, self.wait_for_news: 2,
        }
        while not stop.is_set():
            kind = random.choices(list(kinds), list(kinds.values()))[0]
            await self.attempt(kind)
            await asyncio.sleep(random.uniform(0, 0.2))
        for job in list(self._jobs):
            await self.attempt(self.delete_job, job)

    async def attempt(self, kind, *arguments):
        name = kind.__name__
        try:
            if await kind(*arguments) is not False:
                self._tally.done(name)
        except Refused:
            self._tally.done(f"{name}, refused")
        except (AssertionError, aiohttp.ClientError, TimeoutError, KeyError, TypeError) as error:
            self._tally.fault(f"{name}: {type(error).__name__}: {error}")
            await asyncio.sleep(1)

    # Asking

    async def renew(self):
        if time.monotonic() - self._renewed > 600:
            self.token = await asyncio.to_thread(self._server.token, self._email)
            self._renewed = time.monotonic()

    async def ask(self, query, may=frozenset(), form=None, headers=None, **variables):
        """The data of an answer; `may` are the codes that are no fault here."""
        await self.renew()
        headers = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        body = {"data": form} if form else {"json": {"query": query, "variables": variables}}
        async with self._http.post(self._server.graphql, headers=headers, **body) as response:
            content = await response.read()
            self._tally.statuses[response.status] += 1
        if response.status == 304:
            return None
        answer = contract.check(response.status, content)
        codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
        self._tally.errors.update(codes)
        if not codes:
            return answer["data"]
        assert set(codes) <= may, f"{answer['errors'][0]}, asked {query[:60]!r} with {json.dumps(variables)[:200]}"
        raise Refused(codes)

    def pick(self, *needs):
        """A job that has what is needed: `resumes`, `batches`."""
        fitting = [job for job in self._jobs if all(getattr(job, need) for need in needs)]
        return random.choice(fitting) if fitting else None

    # Operations; False where there was nothing to do.

    async def create_job(self):
        if len(self._jobs) >= MOST_JOBS:
            return False
        made = sample_job(random.choice(["backend-engineer", "registered-nurse"]))
        query = "mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }"
        self._jobs.append(Job((await self.ask(query, input=made))["createJob"]["job"]["id"]))

    def files(self):
        """Some sample files as (name, content); texts get an end of their own, so that they are new to the job."""
        for path in random.sample(sample_files(), random.randint(1, 3)):
            content = path.read_bytes()
            if path.suffix in (".md", ".html") and random.random() < 0.8:
                content += f"\n{uuid.uuid4()}\n".encode()
            yield path.name, content

    def room(self):
        job = self.pick()
        return job if job and len(job.resumes) < MOST_RESUMES else None

    async def upload(self):
        if not (job := self.room()):
            return False
        files = list(self.files())
        query = f"mutation ($input: UploadResumesInput!) {{ uploadResumes(input: $input) {{ {REGISTRATION} }} }}"
        asked = {"query": query, "variables": {"input": {"jobId": job.id, "files": [None] * len(files)}}}
        form = aiohttp.FormData()
        form.add_field("operations", json.dumps(asked), content_type="application/json")
        places = {str(index): [f"variables.input.files.{index}"] for index in range(len(files))}
        form.add_field("map", json.dumps(places), content_type="application/json")
        for index, (name, content) in enumerate(files):
            form.add_field(str(index), content, filename=name, content_type="application/octet-stream")
        # Some servers want a sign that no foreign page sent the form; others pass it over.
        data = await self.ask(query, form=form, headers={"GraphQL-Preflight": "1"})
        self.registered(job, data["uploadResumes"])

    async def put(self):
        if not (job := self.room()):
            return False
        files = list(self.files())
        plan = """
            mutation ($input: CreateUploadsInput!) { createUploads(input: $input) { uploads { method url fileUrl } } }
        """
        infos = [{"name": name, "mediaType": "text/plain", "byteCount": len(content)} for name, content in files]
        targets = (await self.ask(plan, input={"jobId": job.id, "files": infos}))["createUploads"]["uploads"]
        for (_, content), target in zip(files, targets):
            async with self._http.request(target["method"], target["url"], data=content) as response:
                self._tally.statuses[response.status] += 1
                assert response.status < 300, f"a file is answered {response.status}: {await response.text()}"
        query = f"mutation ($input: RegisterResumesInput!) {{ registerResumes(input: $input) {{ {REGISTRATION} }} }}"
        resumes = [{"url": target["fileUrl"], **info} for info, target in zip(infos, targets)]
        data = await self.ask(query, input={"jobId": job.id, "resumes": resumes})
        self.registered(job, data["registerResumes"])

    def registered(self, job, payload):
        for each in payload["results"]:
            if each["__typename"] == "RegisteredResume":
                job.resumes.append(each["resume"]["id"])
            else:
                assert each["__typename"] == "DuplicateResume", each
        assert payload["job"]["totalResumes"] == len(job.resumes), f"{payload['job']}, known are {len(job.resumes)}"

    async def batch(self, job, target):
        query = """
            mutation ($input: CreateBatchInput!) {
              createBatch(input: $input) { replayed batch { id status total } }
            }
        """
        asked = {"jobId": job.id, "target": target, "idempotencyKey": uuid.uuid4().hex}
        batch = (await self.ask(query, may=BUSY, input=asked))["createBatch"]["batch"]
        if random.random() < 0.2:
            again = (await self.ask(query, input=asked))["createBatch"]
            assert again["replayed"] and again["batch"]["id"] == batch["id"], again
        job.batches.append(batch["id"])

    async def run_batch(self):
        job = self.pick("resumes")
        if not job or len(job.batches) >= MOST_BATCHES:
            return False
        chosen = random.sample(job.resumes, random.randint(1, min(5, len(job.resumes))))
        selections = [{"selection": "REGISTERED"}] * 3 + [{"selection": "FAILED"}, {"resumeIds": chosen}]
        await self.batch(job, random.choice(selections))

    async def rescore(self):
        job = self.pick("resumes")
        if not job or len(job.batches) >= MOST_BATCHES:
            return False
        await self.batch(job, {"selection": "STALE"})

    async def poll(self):
        if not (job := self.pick("batches")):
            return False
        query = "query ($id: ID!) { batch(id: $id) { status total completed failed cancelled progress } }"
        id = random.choice(job.batches)
        batch = (await self.ask(query, id=id))["batch"]
        done = batch["completed"] + batch["failed"] + batch["cancelled"]
        assert done <= batch["total"], batch
        if batch["status"] in ENDED:
            assert done == batch["total"], batch
            job.batches.remove(id)

    async def cancel(self):
        if not (job := self.pick("batches")):
            return False
        query = "mutation ($id: ID!) { cancelBatch(input: {id: $id}) { batch { status cancelled } } }"
        await self.ask(query, may=BUSY, id=random.choice(job.batches))

    async def page(self):
        if not (job := self.pick("resumes")):
            return False
        query = f"""
            query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {{
              job(id: $id) {{
                totalResumes completedResumes scoreHistogram skillCoverage {{ skill resumes }}
                resumes(first: $first, after: $after, last: $last, before: $before) {{
                  totalCount nodes {{ {ROW} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
                }}
              }}
            }}
        """
        size, cursor, edge, more = random.choice(
            [("first", "after", "endCursor", "hasNextPage"), ("last", "before", "startCursor", "hasPreviousPage")]
        )
        at, pages = {}, 0
        while pages < 5:
            page = (await self.ask(query, id=job.id, **{size: random.randint(1, 5)}, **at))["job"]["resumes"]
            assert page["totalCount"] == len(job.resumes), f"{page['totalCount']} resumes, not {len(job.resumes)}"
            if not page["pageInfo"][more]:
                break
            at = {cursor: page["pageInfo"][edge]}
            pages += 1

    async def filtered(self):
        if not (job := self.pick("resumes")):
            return False
        query = """
            query ($id: ID!, $filter: ResumeFilter, $orderBy: ResumeOrder) {
              job(id: $id) { resumes(first: 20, filter: $filter, orderBy: $orderBy) { totalCount nodes { id } } }
            }
        """
        filters = [
            {"status": ["COMPLETED", "FAILED"]}, {"passFail": "PASSED"}, {"minScore": 30, "maxScore": 80},
            {"skills": [random.choice(SKILLS)]}, {"minYearsExperience": 3}, {"decision": "HOLD"}, {"flagged": True},
            {"stale": True}, {"search": "okafor"}, {"search": "resume", "passFail": "FAILED"},
        ]
        fields = ["FINAL_RANK", "FINAL_SCORE", "CREATED_AT", "LAST_UPDATED_AT", "NAME"]
        order = {"field": random.choice(fields), "direction": random.choice(["ASC", "DESC"])}
        await self.ask(query, id=job.id, filter=random.choice(filters), orderBy=order)

    async def preview(self):
        if not (job := self.pick("resumes")):
            return False
        query = """
            query ($id: ID!, $requirements: JobRequirementsInput, $weights: ScoringWeightsInput) {
              job(id: $id) {
                preview(requirements: $requirements, weights: $weights) { finalScore finalRank passFail resume { id } }
              }
            }
        """
        await self.ask(query, id=job.id, requirements=self.requirements(), weights=self.weights())

    def requirements(self):
        return {"requiredSkills": random.sample(SKILLS, 3), "preferredSkills": random.sample(SKILLS, 2)}

    def weights(self):
        parts = ("semantic", "requiredSkills", "preferredSkills", "experience", "education")
        return {part: random.choice([0.1, 0.2, 0.5, 1]) for part in parts}

    async def verify(self):
        if not (job := self.pick("resumes")):
            return False
        id = random.choice(job.resumes)
        query = """
            query ($id: ID!) {
              verifyScore(resumeId: $id) { matches storedScore computedScore }
              resume(id: $id) { status stale }
            }
        """
        # Without a score there is nothing to verify; that of an older revision may differ.
        data = await self.ask(query, may=BUSY | {"NOT_FOUND"}, id=id)
        assert data["verifyScore"]["matches"] or data["resume"]["stale"], data

    async def decide(self):
        if not (job := self.pick("resumes")):
            return False
        query = "mutation ($input: DecideResumeInput!) { decideResume(input: $input) { resume { id } } }"
        outcome = random.choice(["ADVANCE", "HOLD", "REJECT"])
        decision = {"id": random.choice(job.resumes), "outcome": outcome, "note": random.choice([None, "Seen."])}
        await self.ask(query, may=BUSY, input=decision)

    async def download(self):
        if not (job := self.pick("resumes")):
            return False
        query = "query ($id: ID!) { resume(id: $id) { file { url byteCount } } }"
        file = (await self.ask(query, id=random.choice(job.resumes)))["resume"]["file"]
        async with self._http.get(file["url"]) as response:
            self._tally.statuses[response.status] += 1
            content = await response.read()
        assert len(content) == file["byteCount"], f"{len(content)} bytes of {file['byteCount']}, {response.status}"

    async def revise(self):
        if not (job := self.pick()):
            return False
        query = "mutation ($input: UpdateJobInput!) { updateJob(input: $input) { job { revision } } }"
        change = random.choice([{"requirements": self.requirements()}, {"weights": self.weights()}])
        await self.ask(query, may={"CONFLICT"}, input={"id": job.id, **change})

    async def dashboard(self):
        query = """
            {
              viewer { email }
              jobs(first: 10) {
                totalCount
                nodes { id title status totalResumes queuedResumes completedResumes failedResumes lastUpdatedAt }
              }
            }
        """
        jobs = (await self.ask(query))["jobs"]
        assert jobs["totalCount"] == len(self._jobs), f"{jobs['totalCount']} jobs, known are {len(self._jobs)}"

    async def wait_for_news(self):
        """A conditional request that is held where nothing changed."""
        await self.renew()
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        asked = {"query": "{ jobs(first: 10) { nodes { id lastUpdatedAt } } }"}
        async with self._http.post(self._server.graphql, headers=headers, json=asked) as response:
            contract.check(response.status, await response.read())
            etag = response.headers.get("ETag")
        if not etag:
            return False
        headers |= {"If-None-Match": etag, "Prefer": "wait=2"}
        async with self._http.post(self._server.graphql, headers=headers, json=asked) as response:
            self._tally.statuses[response.status] += 1
            assert response.status in (200, 304), response.status

    async def delete_resume(self):
        if not (job := self.pick("resumes")) or len(job.resumes) < MOST_RESUMES // 2:
            return False
        id = random.choice(job.resumes)
        query = "mutation ($id: ID!) { deleteResume(input: {id: $id}) { deletedId job { totalResumes } } }"
        left = (await self.ask(query, may={"CONFLICT"}, id=id))["deleteResume"]["job"]["totalResumes"]
        job.resumes.remove(id)
        assert left == len(job.resumes), f"{left} resumes, not {len(job.resumes)}"

    async def delete_job(self, job=None):
        job = job or self.pick("resumes")
        if not job:
            return False
        query = "mutation ($id: ID!) { deleteJob(input: {id: $id}) { deletedId } }"
        await self.ask(query, id=job.id)
        self._jobs.remove(job)

    async def mistake(self):
        """What must be refused, and how."""
        job = self.pick()
        mistakes = [
            ("{ jobs { nothing } }", {}, "GRAPHQL_VALIDATION_FAILED"), ("{ jobs(", {}, "GRAPHQL_PARSE_FAILED"),
            ("mutation { deleteJob(input: {id: \"none\"}) { deletedId } }", {}, "NOT_FOUND"),
            ("mutation { createJob(input: {title: \"\", description: \"\"}) { job { id } } }", {}, "BAD_USER_INPUT"),
        ]
        if job:
            query = "mutation ($input: UpdateJobInput!) { updateJob(input: $input) { job { id } } }"
            mistakes.append((query, {"input": {"id": job.id, "title": "T", "expectedRevision": 9999}}, "CONFLICT"))
        query, variables, code = random.choice(mistakes)
        try:
            answer = await self.ask(query, may={code}, **variables)
        except Refused:
            return
        raise AssertionError(f"{query} was not refused with {code}, but answered {answer}")
