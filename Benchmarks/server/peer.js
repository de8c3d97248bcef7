// The benchmarked questions as a server of Node answers them, over the same schema and database.
//
// usage: node peer.js express|http PORT SCHEMA MONGODB_URI RECRUITER
//
// express: Express with graphql-js; each document is parsed and validated once, the driver reads only what is shown.
// http: Node's own server with graphql-js, without a database: for introspection and documents that are wrong.
// Debian's packages: nodejs, node-graphql, node-express, node-mongodb (3.6.4, the newest there; it speaks to MongoDB 6).
'use strict';
const fs = require('fs');
const http = require('http');
const { buildSchema, execute, parse, validate } = require('graphql');

const [kind, port, schemaFile, uri, recruiter] = process.argv.slice(2);
// graphql-js 16 does not know @oneOf yet.
const schema = buildSchema(fs.readFileSync(schemaFile, 'utf8') + '\ndirective @oneOf on INPUT_OBJECT\n');

// Documents by their text, the oldest forgotten first.
const prepared = new Map();
function prepare(query) {
  let known = prepared.get(query);
  if (known) return known;
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    known = errors.length > 0 ? { errors } : { document };
  } catch (error) {
    known = { errors: [error] };
  }
  if (prepared.size >= 1000) prepared.delete(prepared.keys().next().value);
  prepared.set(query, known);
  return known;
}

async function answer({ query, variables, operationName }, contextValue) {
  const { document, errors } = prepare(query);
  if (errors) return { status: 400, body: { errors } };
  const body = await execute({ schema, document, variableValues: variables, operationName, contextValue });
  return { status: 200, body };
}

// MARK: - Resolvers

function resolvers(database, ObjectID) {
  const [jobs, resumes, scoreCounts] = ['jobs', 'resumes', 'scoreCounts'].map((name) => database.collection(name));
  const recruiterId = new ObjectID(recruiter);
  const rowProjection = {
    rankKey: 1, processedAt: 1, 'file.name': 1, 'result.passFail': 1, 'result.finalScore': 1, 'result.jobRevision': 1,
    'result.profile.name': 1, 'result.profile.location': 1, 'result.profile.yearsExperience': 1,
    'result.profile.skills.name': 1, 'result.explanation.summary': 1,
  };

  // One question for all ranks of a page.
  async function ranks(job, rows) {
    const range = (row) => Math.floor(row.result.finalScore / 500);
    const ids = [...new Set([`${job}`, ...rows.map((row) => `${job}:${range(row)}`)])];
    const found = await scoreCounts.find({ _id: { $in: ids } }, { projection: { counts: 1 } }).toArray();
    const counts = new Map(found.map((entry) => [entry._id, Object.entries(entry.counts)]));
    const above = (id, limit) =>
      (counts.get(id) ?? []).reduce((sum, [key, count]) => (Number(key) > limit ? sum + count : sum), 0);
    return new Map(
      rows.map((row) => [
        `${row._id}`, 1 + above(`${job}`, range(row)) + above(`${job}:${range(row)}`, row.result.finalScore),
      ]),
    );
  }

  const cursor = (row) =>
    Buffer.concat([Buffer.from('r'), row._id.id, Buffer.from('s' + row.rankKey)]).toString('base64url');
  const byId = (id, projection) => {
    const key = /^job_([0-9a-f]{24})$/.exec(id);
    return key ? jobs.findOne({ _id: new ObjectID(key[1]), recruiterId }, { projection }) : null;
  };
  const counters = (name) => (job) => job.counters[name];
  return {
    Query: {
      job: (_, { id }) => byId(id, { counters: 1, revision: 1, lastUpdatedAt: 1 }),
      jobs: async (_, { first }) => ({
        nodes: await jobs
          .find({ recruiterId }, { projection: { title: 1, status: 1, counters: 1, lastUpdatedAt: 1 } })
          .sort({ lastUpdatedAt: -1, _id: -1 }).limit(first).toArray(),
      }),
    },
    Job: {
      id: (job) => `job_${job._id}`,
      totalResumes: counters('total'), queuedResumes: counters('queued'), completedResumes: counters('completed'),
      failedResumes: counters('failed'), passedResumes: counters('passed'), rejectedResumes: counters('rejected'),
      scoreHistogram: counters('histogram'),
      lastUpdatedAt: (job) => job.lastUpdatedAt.toISOString(),
      resumes: async (job, { first }) => {
        const found = await resumes.find({ jobId: job._id, recruiterId }, { projection: rowProjection })
          .sort({ rankKey: 1, _id: 1 }).limit(first + 1).toArray();
        const rows = found.slice(0, first);
        let known;
        for (const row of rows) {
          row.job = job;
          row.ranks = () => (known ??= ranks(job._id, rows));
        }
        return {
          nodes: rows,
          totalCount: job.counters.total,
          pageInfo: { hasNextPage: found.length > first, endCursor: rows.length > 0 ? cursor(rows[rows.length - 1]) : null },
        };
      },
    },
    Resume: {
      id: (row) => `resume_${row._id}`,
      passFail: (row) => row.result.passFail,
      finalScore: (row) => row.result.finalScore / 100,
      finalRank: async (row) => (await row.ranks()).get(`${row._id}`),
      stale: (row) => row.result.jobRevision < row.job.revision,
      processedAt: (row) => row.processedAt.toISOString(),
      profile: (row) => row.result.profile,
      explanation: (row) => row.result.explanation,
    },
  };
}

function attach(all) {
  for (const [type, fields] of Object.entries(all)) {
    for (const [name, resolve] of Object.entries(fields)) schema.getType(type).getFields()[name].resolve = resolve;
  }
}

// MARK: - Servers

const isSignedIn = (request) => (request.headers.authorization ?? '').startsWith('Bearer ');

async function serveExpress() {
  const express = require('express');
  const { MongoClient, ObjectID } = require('mongodb');
  const client = new MongoClient(uri, { useUnifiedTopology: true, poolSize: 8 });
  await client.connect();
  attach(resolvers(client.db(), ObjectID));
  const application = express();
  application.disable('etag');
  application.disable('x-powered-by');
  application.use(express.json());
  application.post('/graphql', async (request, response) => {
    if (!isSignedIn(request)) return response.sendStatus(401);
    const { status, body } = await answer(request.body, {});
    response.status(status).json(body);
  });
  application.listen(Number(port), '127.0.0.1');
}

function serveBare() {
  http.createServer((request, response) => {
    if (request.method !== 'POST') return response.writeHead(405).end();
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', async () => {
      const { status, body } = await answer(JSON.parse(Buffer.concat(pieces)), {});
      const text = Buffer.from(JSON.stringify(body));
      response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': text.length });
      response.end(text);
    });
  }).listen(Number(port), '127.0.0.1');
}

if (kind === 'express') serveExpress();
else serveBare();
