import { readdir } from "node:fs/promises";
import type { Adapter, Capability } from "../../schema/adapter.ts";
import { createContract } from "./contract.ts";
import { readDocument } from "./document.ts";
import { type Promised, Skipped } from "./promises.ts";
import { type Candidate, openScene, type Scene, type SceneSettings } from "./scene.ts";
import type { Simulator } from "./simulator.ts";
import { booking } from "./suites/booking.ts";
import { erasure } from "./suites/erasure.ts";
import { faults } from "./suites/faults.ts";
import { inbound } from "./suites/inbound.ts";
import { invite } from "./suites/invite.ts";
import { lies } from "./suites/lies.ts";
import { official } from "./suites/official.ts";
import { register } from "./suites/register.ts";
import { roster } from "./suites/roster.ts";
import { slots } from "./suites/slots.ts";
import { spreadsheet } from "./suites/spreadsheet.ts";

const folder = new URL("../", import.meta.url);

/** The folders that hold an adapter beside its simulator; nothing else makes one known. */
export const discover = async (): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const contents = await Promise.all(folders.map((name) => readdir(new URL(name, folder))));
  const isAdapter = (files: string[]) => files.includes("adapter.ts") && files.includes("simulator.ts");
  return folders.filter((_, index) => isAdapter(contents[index] ?? [])).sort();
};

export const load = async (name: string): Promise<Candidate> => {
  const [adapter, simulator] = await Promise.all(
    ["adapter.ts", "simulator.ts"].map((file) => import(new URL(`${name}/${file}`, folder).href)),
  );
  if (adapter.default?.name !== name) throw new Error(`the adapter in the folder ${name} has another name`);
  const document = await readDocument(name);
  return {
    name,
    adapter: adapter.default as Adapter,
    simulator: simulator.default as Simulator,
    contract: document && createContract(document),
  };
};

const suites = [
  ...roster,
  ...spreadsheet,
  ...slots,
  ...booking,
  ...erasure,
  ...invite,
  ...official,
  ...register,
  ...inbound,
  ...faults,
  ...lies,
];

/** What an adapter of these capabilities has promised. */
export const promisesOf = (able: readonly Capability[]): Promised[] =>
  suites.filter(({ capability }) => able.includes(capability));

/** The adapter, or its simulator, did otherwise than the platform's API document says. */
export class NotAsDocumented extends Error {
  readonly violations: string[];
  constructor(violations: string[], options: ErrorOptions) {
    super(`not as the API document says:\n${violations.join("\n")}`, options);
    this.violations = violations;
  }
}

/** What came of trying a promise; `asked` is what the platform was asked meanwhile. */
export type Trial =
  | { outcome: "proven" }
  | { outcome: "nothing-to-try"; reason: string }
  | { outcome: "not-proven"; fault: unknown; asked: string[] };

/** Tries one promise. It is not proven either where the API document was not kept to meanwhile. */
export const tryOut = async (candidate: Candidate, promised: Promised): Promise<Trial> => {
  const scenes: Scene[] = [];
  const open = async (settings?: SceneSettings) => {
    const scene = await openScene(candidate, settings);
    scenes.push(scene);
    return scene;
  };
  const broken = await promised.run(open).then(
    () => undefined,
    (fault: unknown) => ({ fault }),
  );
  const violations = (await Promise.all(scenes.map((scene) => scene.close()))).flat();
  const asked = scenes.flatMap((scene) => scene.asked);
  if (violations.length > 0) {
    const fault = new NotAsDocumented([...new Set(violations)], { cause: broken?.fault });
    return { outcome: "not-proven", fault, asked };
  }
  if (broken?.fault instanceof Skipped) return { outcome: "nothing-to-try", reason: broken.fault.message };
  return broken ? { outcome: "not-proven", fault: broken.fault, asked } : { outcome: "proven" };
};

/** Tries one promise. Throws where it is not proven; returns the reason where there was nothing to try. */
export const attempt = async (candidate: Candidate, promised: Promised): Promise<string | undefined> => {
  const trial = await tryOut(candidate, promised);
  if (trial.outcome === "not-proven") throw trial.fault;
  return trial.outcome === "nothing-to-try" ? trial.reason : undefined;
};
