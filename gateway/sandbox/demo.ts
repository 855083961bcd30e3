import { createLog } from "../log.ts";
import { drawAccount, holds } from "./demo/account.ts";
import { announceAll } from "./demo/announcements.ts";
import { playEvening } from "./demo/evening.ts";
import { readLists } from "./demo/lists.ts";
import { say } from "./demo/say.ts";
import { openStage } from "./demo/stage.ts";
import { tellStandbys } from "./demo/standbys.ts";
import { tellDoses, tellPlatforms } from "./demo/tell.ts";

/*
 * One evening, played over real HTTP against the simulated platforms: a Tuesday in May 2021, doses left at five
 * centres of three regions, people who say yes, no and nothing, and Doclr down for half an hour. The clock
 * goes on when all that was due in a minute is done, so that a slow machine plays the same evening as a fast one.
 */

const started = performance.now();
const told = process.argv.includes("--log") ? createLog("warn").warn : () => undefined;
const stage = await openStage({ info: () => undefined, warn: told });
say("everydose, an evening in May 2021\n");

await readLists(stage);
const surpluses = await announceAll(stage);
await playEvening(stage, surpluses);

const account = await drawAccount(stage, surpluses);
tellDoses(account.centres);
tellPlatforms(account.platforms);
const standbys = await tellStandbys(stage, surpluses);
await stage.close();

const { centres: _, ...rest } = account;
const result = { ...rest, ...standbys };
const wallSeconds = Math.round((performance.now() - started) / 100) / 10;
const { doublePromises, orderInversions, waiting } = result;
say(
  `\ndouble promises ${doublePromises}, order inversions ${orderInversions}, still to be told to a platform ${waiting}, ${wallSeconds} s${holds(result) ? "" : ": FAILED"}`,
);
if (process.argv.includes("--json")) say(JSON.stringify({ ...result, wallSeconds }));
process.exit(holds(result) ? 0 : 1);
