import { parseArgs } from "node:util";
import { createDatabase, openServer } from "../databases.ts";
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

const openStore = async () => {
  const server = await openServer();
  const { url, drop } = await createDatabase(server.url);
  const close = async () => {
    await drop();
    await server.stop();
  };
  return { url, close };
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
