import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { tableOf } from "../figures.ts";
import { openStore } from "../intake/store.ts";
import { steepest } from "./curve.ts";
import { playLaunchDay } from "./day.ts";

/*
 * `npm run bench:launch-day -- --json`: the sixth of April, compressed, with everybody who came. Exit 1 where somebody is
 * missing.
 */

const { values: options } = parseArgs({
  options: {
    people: { type: "string", default: "300000" },
    /** From midnight to ten in the evening. */
    seconds: { type: "string", default: "300" },
    /** Connections that stay open, as those of a proxy. */
    lines: { type: "string", default: "4000" },
    /** The worker does what follows from the registrations at the same time. */
    works: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const [people, seconds, lines] = [options.people, options.seconds, options.lines].map(Number) as [
  number,
  number,
  number,
];

process.stderr.write(`${people} people come within ${seconds} s; then each is looked for in the database\n`);
const store = await openStore();
const { told, written, staff, memoryMb, load, exactlyOnce } = await playLaunchDay(store, {
  ...{ people, seconds, lines, works: options.works },
}).finally(() => store.stop());
const { ids, again, seconds: took, wait, answer, refusal, ...counts } = told;
const line = {
  ...{ people, exactlyOnce, longestWaitMs: wait.longestMs, totalSeconds: Math.round(took) },
  peakMemoryMb: memoryMb.peak,
  perSecond: Math.round((ids.length + Object.keys(again).length) / took),
  offeredAtMostPerSecond: Math.round((people / seconds) * steepest),
  ...{ wait, answer, refusal, ...counts },
  ...{ health: staff.health, staff: staff.staff, staffFailed: staff.failed },
  pages: { form: staff.form, invitation: staff.answer },
  ...{ memoryMb, written, works: options.works, seconds, lines, cores: availableParallelism(), load },
};
process.stdout.write(options.json ? `${JSON.stringify(line)}\n` : tableOf([line]));
process.exitCode = exactlyOnce && staff.failed === 0 ? 0 : 1;
