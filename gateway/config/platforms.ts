import { z } from "zod";
import type { Adapter } from "../../schema/adapter.ts";
import type { Limits } from "../../schema/platform.ts";
import { PlatformName } from "../../schema/primitives.ts";
import type { Abilities } from "./consistency.ts";
import { type OperatorFile, openFile, type Path, perField } from "./document.ts";
import { type Environment, openSecrets, type Slip } from "./secrets.ts";
import { PlatformEntry } from "./shapes.ts";
import { inPlainWords } from "./words.ts";

/** How a platform is reached. Secrets in `options` are references where no environment was given. */
export type Platform = {
  name: PlatformName;
  adapter: string;
  options: Record<string, unknown>;
  /** Absent: `Limits` as they are by themselves. */
  limits?: Limits;
  /** Absent: once a day. */
  passEveryHours?: number;
  /** Absent: it lies on the internet. */
  privateNetworks?: string[];
};

/** What an adapter declares of itself, or why there is none under that name and what would mend it. */
type Declared = Pick<Adapter, "capabilities" | "options"> | { fault: string };

/** Finds an adapter. Config is told of adapters and does not import them: imports point downwards. */
export type FindAdapter = (name: string) => Promise<Declared>;
export type Adapters = ReadonlyMap<string, Declared>;

/** Without quoting what is found there: an operator may have written a secret in it. */
const open = (directory: string): OperatorFile =>
  openFile({ directory, name: "platforms.yaml", quote: false });

const entriesOf = (file: OperatorFile) =>
  file.steps([]).map((step) => {
    const name = String(step);
    return { name, ...file.read(PlatformEntry, [name]) };
  });

/** What the adapters that a folder's platforms.yaml names declare. */
export const findAdapters = async (directory: string, find: FindAdapter): Promise<Adapters> => {
  const named = entriesOf(open(directory)).flatMap(({ content }) => content?.adapter ?? []);
  return new Map(
    await Promise.all([...new Set(named)].map(async (name) => [name, await find(name)] as const)),
  );
};

const Names = z.record(PlatformName, z.unknown());

/** What platforms.yaml is checked against: without adapters no option is, without an environment no secret. */
export type Beside = { adapters?: Adapters; env?: Environment };

/** Reads platforms.yaml; `abilities` is missing where the names in it cannot be read. */
export const readPlatforms = (
  directory: string,
  { adapters, env }: Beside,
): { platforms: Platform[]; abilities?: Abilities; faults: string[] } => {
  const file = open(directory);
  if (file.faults.length > 0) return { platforms: [], faults: file.faults };
  const names = file.read(Names);
  const faults = [...names.faults];
  const abilities = new Map<string, Adapter["capabilities"] | undefined>();
  const platforms = entriesOf(file).flatMap(({ name, content, faults: malformed }): Platform[] => {
    faults.push(...malformed);
    const found = content && adapters?.get(content.adapter);
    abilities.set(name, found && "capabilities" in found ? found.capabilities : undefined);
    if (!content) return [];
    if (found && "fault" in found) faults.push(file.fault([name, "adapter"], found.fault));
    const path = [name, "options"];
    const opened = env ? openSecrets(content.options, { directory, env }) : { ...content, slips: [] };
    const refused = env && found && "options" in found ? optionSlips(found.options, opened) : [];
    faults.push(
      ...[...opened.slips, ...refused].map((slip) => file.fault([...path, ...slip.path], slip.detail)),
    );
    const { options: _, ...rest } = content;
    return [{ name: name as PlatformName, ...rest, options: opened.options }];
  });
  return { platforms, abilities: names.content && abilities, faults };
};

/** What the adapter will not take; a secret that is missing is told already. */
const optionSlips = (
  shape: Adapter["options"],
  { options, slips }: { options: Record<string, unknown>; slips: Slip[] },
): Slip[] => {
  const parsed = shape.safeParse(options, { error: inPlainWords });
  const isTold = (path: Path) => slips.some((slip) => String(slip.path) === String(path));
  return (parsed.error?.issues.flatMap(perField) ?? [])
    .filter(({ path }) => !isTold(path))
    .map(({ path, message }) => ({ path, detail: message }));
};
