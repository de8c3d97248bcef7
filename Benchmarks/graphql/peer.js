// The same as GraphQLBench, by graphql-js. Debian's packages: nodejs and node-graphql.
'use strict';
const fs = require('fs');
const readline = require('readline');
const { parse, validate, execute, buildSchema, version } = require('graphql');

// graphql-js 16 does not know @oneOf yet.
const schema = buildSchema(fs.readFileSync(process.argv[2], 'utf8') + 'directive @oneOf on INPUT_OBJECT');
const executable = buildSchema(fs.readFileSync(process.argv[3], 'utf8'));

// A batch for all that is asked for until the promises at hand are done, as DataLoader makes it.
class Loader {
  constructor(load) {
    this.load = load;
    this.queue = [];
  }
  get(key) {
    return new Promise((resolve) => {
      if (this.queue.length === 0) Promise.resolve().then(() => process.nextTick(() => this.dispatch()));
      this.queue.push({ key, resolve });
    });
  }
  async dispatch() {
    const queue = this.queue;
    this.queue = [];
    const values = await this.load(queue.map((entry) => entry.key));
    queue.forEach((entry, index) => entry.resolve(values[index]));
  }
}

const range = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const items = range(200000, (id) => ({ id, name: `Item ${id}`, price: id / 4 }));
const books = (context) => context.books ??= new Loader(async (ids) => ids.map((id) => range(10, (n) => ({ id: id * 10 + n }))));
const reviews = (context) => context.reviews ??= new Loader(async (ids) => ids.map((id) => range(5, (n) => ({ id: id * 5 + n }))));
const resolvers = {
  Query: {
    hello: () => 'world',
    items: (_, { count }) => items.slice(0, count),
    authors: async () => range(20, (id) => ({ id })),
  },
  Author: { books: (author, _, context) => books(context).get(author.id) },
  Book: { reviews: (book, _, context) => reviews(context).get(book.id) },
  Review: { text: (review) => `Review ${review.id}` },
};
for (const [type, fields] of Object.entries(resolvers)) {
  for (const [name, resolve] of Object.entries(fields)) executable.getType(type).getFields()[name].resolve = resolve;
}

const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function run(what, file, iterations) {
  const text = fs.readFileSync(file, 'utf8');
  const options = { noLocation: false };
  const document = parse(text, options);
  let check, body;
  if (what === 'parse') {
    check = String(document.definitions.length);
    body = () => parse(text, options);
  } else if (what === 'validate') {
    check = String(validate(schema, document).length);
    body = () => validate(schema, document);
  } else if (what === 'parse+validate') {
    check = String(validate(schema, document).length);
    body = () => validate(schema, parse(text, options));
  } else {
    const once = async () => JSON.stringify(await execute({ schema: executable, document, contextValue: {} }));
    check = await once();
    body = once;
  }
  await body();
  const start = processorSeconds();
  for (let round = 0; round < iterations; round += 1) await body();
  return { cpu: processorSeconds() - start, allocations: 0, bytes: 0, check };
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [what, file, iterations] = line.split(' ');
    console.log(JSON.stringify(await run(what, file, Number(iterations))));
  }
})();

if (!version.startsWith('16')) console.error(`graphql-js ${version}, not 16`);
