import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { type Figures, lineOf } from "./figures.ts";
import { openLists } from "./lists.ts";
import { measure, type Work } from "./measure.ts";

/*
 * `npm run bench:select -- --json`: who is next at a centre, and taking them out of the queue, among a hundred thousand
 * people, a million and, with `--full`, ten million. All sizes are in one server, and each round goes through them in
 * turn, so that what else the machine does falls on all of them. `--order arrival`: rows lie as people came.
 * `--idle 20`: for so many seconds before the last claims a transaction elsewhere is left open and idle.
 */

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    people: { type: "string" },
    order: { type: "string", default: "calling" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    idle: { type: "string", default: "0" },
  },
});
const sizes = options.people
  ? options.people.split(",").map(Number)
  : [100_000, 1_000_000, ...(options.full ? [10_000_000] : [])];
const order = options.order === "arrival" ? "arrival" : "calling";
const say = (line: object) => {
  const plain = Object.entries(line).map(
    ([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`,
  );
  process.stdout.write(`${options.json ? JSON.stringify(line) : plain.join("  ")}\n`);
};

const { lists, close } = await openLists({ sizes, order });
try {
  for (const { people, fillSeconds, queueMb } of lists) say({ people, fillSeconds, queueMb });
  const works: Work[] = (["lookup", "claim"] as const).flatMap((what) =>
    [1, 16].map((clients) => ({ what, clients })),
  );
  const seconds = Number(options.seconds);
  const taken: Figures[] = [];
  for (const list of lists) for (const work of works) await measure(list, work, { seconds: 1 });
  for (let round = 0; round < Number(options.rounds); round += 1)
    for (const work of works)
      for (const list of round % 2 === 0 ? lists : lists.toReversed())
        taken.push({ ...work, people: list.people, ...(await measure(list, work, { seconds })) });
  for (const work of works) say({ ...lineOf(taken, work), order, cores: availableParallelism() });
  const largest = lists.at(-1);
  const idle = Number(options.idle);
  if (largest && idle > 0) {
    const work: Work = { what: "claim", clients: 16, centre: 0 };
    const calm = await measure(largest, work, { seconds });
    const end = await largest.leaveIdle();
    await measure(largest, work, { seconds: idle });
    const held = await measure(largest, work, { seconds });
    await end();
    const after = await measure(largest, work, { seconds });
    say({
      what: "claims at one centre beside an idle transaction",
      people: largest.people,
      idleSeconds: idle,
      calm,
      held,
      after,
    });
  }
} finally {
  await close();
}
