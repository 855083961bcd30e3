import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { startServer } from "../../support/server.ts";
import { measureFirstLoad } from "./measure.ts";

/* `npm run bench:load -- --people 500000 --json` */

const { values: options } = parseArgs({
  options: {
    people: { type: "string", default: "20000" },
    store: { type: "string", default: "postgres" },
    json: { type: "boolean", default: false },
    "node-option": { type: "string", multiple: true, default: [] },
  },
});

/** An empty database of this run's own: `DATABASE_URL`'s server, else one on this machine, else npm's. */
const openStore = async () => {
  const given = process.env.DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startServer();
  const name = `everydose_bench_${randomBytes(6).toString("hex")}`;
  const sql = postgres(server.url, { max: 1, onnotice: () => undefined });
  await sql`create database ${sql(name)}`;
  const own = new URL(server.url);
  own.pathname = `/${name}`;
  const close = async () => {
    await sql`drop database if exists ${sql(name)} with (force)`;
    await sql.end();
    await server.stop();
  };
  return { url: own.href, close };
};

const say = (line: object) => {
  const pairs = Object.entries(line).filter(([, value]) => value !== undefined);
  const plain = pairs.map(([name, value]) => `${name} ${value}`).join("  ");
  process.stdout.write(`${options.json ? JSON.stringify(line) : plain}\n`);
};

const store = options.store === "postgres" ? await openStore() : undefined;
try {
  const given = { people: Number(options.people), databaseUrl: store?.url, execArgv: options["node-option"] };
  const figures = await measureFirstLoad(given, ({ done, total, perSecond, secondsLeft }) =>
    say({ done, total, perSecond, secondsLeft }),
  );
  say({ store: options.store, ...figures });
} finally {
  await store?.close();
}
