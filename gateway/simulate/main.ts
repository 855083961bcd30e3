import { parseArgs } from "node:util";
import { search } from "./frontier.ts";
import { playAll } from "./play.ts";
import { lineOf, tableOf } from "./report.ts";
import { loadScenario, ScenarioRefusal, shippedScenarios } from "./scenario.ts";

/*
 * Plays evenings of a scenario through the gateway's own engine and through what others did, and prints what became
 * of the doses:
 *   npm run simulate -- --scenario FILE|NAME --runs N [--seed S] [--warm K] [--json | --search]
 */

const usage = `npm run simulate -- --scenario FILE|NAME [--runs 100] [--seed 1] [--warm 10] [--json | --search]
  NAME: ${shippedScenarios().join(", ")}`;

const say = (text: string) => process.stdout.write(`${text}\n`);

const numberIn = (
  values: Record<string, string | boolean | undefined>,
  name: string,
  least: number,
): number => {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least) return number;
  throw new ScenarioRefusal(`--${name} must be a whole number, ${least} or more`);
};

const read = () => {
  const { values } = parseArgs({
    options: {
      scenario: { type: "string" },
      runs: { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      warm: { type: "string", default: "10" },
      json: { type: "boolean", default: false },
      search: { type: "boolean", default: false },
    },
  });
  if (!values.scenario) throw new ScenarioRefusal(`--scenario is missing\n${usage}`);
  const plan = {
    runs: numberIn(values, "runs", 1),
    seed: numberIn(values, "seed", 0),
    warm: numberIn(values, "warm", 0),
  };
  return { ...values, scenario: loadScenario(values.scenario), plan };
};

const simulate = async () => {
  const { scenario, plan, json, search: wantsSearch } = read();
  if (wantsSearch) {
    for await (const point of search(scenario, plan)) say(JSON.stringify(point));
    return;
  }
  const started = performance.now();
  const accounts = await playAll(scenario, plan);
  if (json) {
    for (const [name, account] of accounts) say(JSON.stringify(lineOf(name, account)));
    return;
  }
  const evenings = (plan.runs + plan.warm) / ((performance.now() - started) / 1000);
  const doses = scenario.surpluses.reduce((sum, { doses: count }) => sum + count, 0);
  say(
    `${scenario.name}: ${plan.runs} evenings of ${doses} doses, seed ${plan.seed}, after ${plan.warm} to learn from`,
  );
  say(tableOf(accounts));
  say(`${evenings.toFixed(0)} evenings a second`);
};

try {
  await simulate();
} catch (error) {
  if (!(error instanceof ScenarioRefusal) && !(error instanceof TypeError && "code" in error)) throw error;
  const hint = error instanceof ScenarioRefusal ? "" : `\n${usage}`;
  process.stderr.write(`${error.message}${hint}\n`);
  process.exitCode = 2;
}
