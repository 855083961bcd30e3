import { readFileSync, writeFileSync } from "node:fs";
import { patience } from "../core/sizing.ts";
import { draw, type Panel } from "./drawing.ts";
import { frontier, type Point, search } from "./frontier.ts";
import { playAll } from "./play.ts";
import { lineOf } from "./report.ts";
import { loadScenario, type Scenario, shippedScenarios } from "./scenario.ts";

/*
 * Writes the tables and the drawing of docs/every-dose.md anew, from evenings played now:
 *   npm run simulate:docs [-- RUNS]
 */

const runs = Number(process.argv[2] ?? 100);
const plan = { runs, seed: 1, warm: 10 };
/** Each setting of the search plays fewer evenings, and the oracle the same. */
const searchPlan = { ...plan, runs: Math.ceil(runs / 2) };
const page = new URL("../../docs/every-dose.md", import.meta.url);
const picture = new URL("../../docs/every-dose.svg", import.meta.url);

const tried = [
  ...[0.3, 0.8, 0.95].flatMap((far) => [30, 90].map((tau) => ({ end: 0.002, far, tau }))),
  { end: 0.002, far: 0.6, tau: 60 },
  // Too patient, to draw where doses begin to be lost.
  ...[0.3, 0.7, 0.95].map((end) => ({ end, far: 0.98, tau: 30 })),
];

type Line = ReturnType<typeof lineOf>;
/** `bound`: the doses that the oracle used on the evenings of the search. */
type Played = { scenario: Scenario; lines: Line[]; points: Point[]; bound: number };

const play = async (name: string): Promise<Played> => {
  const scenario = loadScenario(name);
  const accounts = await playAll(scenario, plan);
  const lines = [...accounts].map(([strategy, account]) => lineOf(strategy, account));
  const points: Point[] = [];
  for await (const point of search(scenario, searchPlan, [patience, ...tried])) points.push(point);
  const oracle = await playAll(scenario, { ...searchPlan, strategies: ["oracle"] });
  process.stderr.write(`${name}\n`);
  return { scenario, lines, points, bound: oracle.get("oracle")?.used ?? 0 };
};

const usedBy = ({ lines }: Played, strategy: string) =>
  lines.find((line) => line.strategy === strategy)?.used ?? 0;

const row = (played: Played, line: Line): string => {
  const { strategy, used, doses, standbysReleased } = line;
  const share = `${((100 * used) / usedBy(played, "oracle")).toFixed(1)} %`;
  const name = strategy === "everydose" ? `**${strategy}**` : strategy;
  const counts = [line.brokenPromises, line.turnedAway, line.orderInversions];
  const rest = [(standbysReleased / doses).toFixed(2), line.medianMinutesToYes ?? "-"];
  return `| ${[name, `${((100 * used) / doses).toFixed(1)} %`, share, line.messagesPerDose.toFixed(2), ...counts, ...rest].join(" | ")} |`;
};

const head = `| strategy | used | of the oracle's | messages a dose | broken promises | turned away | order inversions | standbys released a dose | median minutes to yes |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |`;

const section = (played: Played): string =>
  `### ${played.scenario.name}\n\n${played.scenario.about}\n\n${head}\n${played.lines.map((line) => row(played, line)).join("\n")}`;

/** The fewest messages of all tried with which at least so many of the oracle's doses are used, in order. */
const fewest = ({ points, bound }: Played): number | undefined => {
  const [engine] = points;
  const enough = Math.min(0.995 * bound, engine?.used ?? 0);
  const good = points.filter(
    ({ used, brokenPromises, orderInversions }) => used >= enough && brokenPromises + orderInversions === 0,
  );
  return good.length === 0 ? undefined : Math.min(...good.map(({ messagesPerDose }) => messagesPerDose));
};

const searched = (all: readonly Played[]): string => {
  const rows = all.map((played) => {
    const ours = played.points[0]?.messagesPerDose ?? 0;
    const least = fewest(played);
    const ratio = least ? (ours / least).toFixed(2) : "-";
    return `| ${played.scenario.name} | ${ours.toFixed(2)} | ${least?.toFixed(2) ?? "none reaches it"} | ${ratio} |`;
  });
  return `| scenario | everydose | fewest found | ratio |\n| --- | ---: | ---: | ---: |\n${rows.join("\n")}`;
};

type Dose = Pick<Line, "used" | "messagesPerDose">;

const panelOf = (played: Played): Panel => {
  const dotOf = ({ used, messagesPerDose }: Dose, bound = usedBy(played, "oracle")) => ({
    messagesPerDose,
    ofOracle: used / bound,
  });
  const others = played.lines.filter(({ strategy }) => strategy !== "everydose");
  const [engine] = played.lines.filter(({ strategy }) => strategy === "everydose");
  return {
    name: played.scenario.name,
    engine: dotOf(engine ?? { used: 0, messagesPerDose: 0 }),
    tried: frontier(played.points).map((point) => dotOf(point, played.bound)),
    others: others.map((line) => ({ name: line.strategy, ...dotOf(line) })),
  };
};

const replaced = (text: string, mark: string, by: string): string => {
  const [from, to] = [`<!-- ${mark} -->`, `<!-- end of ${mark} -->`];
  const [start, end] = [text.indexOf(from), text.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`docs/every-dose.md lacks "${from}" and "${to}"`);
  return `${text.slice(0, start + from.length)}\n\n${by}\n\n${text.slice(end)}`;
};

const all: Played[] = [];
for (const name of shippedScenarios()) all.push(await play(name));
writeFileSync(picture, draw(all.map(panelOf)));
const text = readFileSync(page, "utf8");
writeFileSync(
  page,
  replaced(replaced(text, "tables", all.map(section).join("\n\n")), "search", searched(all)),
);
