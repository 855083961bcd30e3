import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import type { Path } from "./document.ts";

/** What every key and password of the sandbox begins with; production refuses it. */
export const sandboxPrefix = "sandbox-";

/** A secret is written as where it lies: a variable, or a file whose path starts from the operator's folder. */
export const Reference = z.union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })]);
export type Reference = z.infer<typeof Reference>;

export type Environment = Record<string, string | undefined>;
type Whereabouts = { directory: string; env: Environment };

/** The content of a file without the line end that editors leave, or nothing where it cannot be read. */
export const readSecretFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8").trimEnd();
  } catch {
    return undefined;
  }
};

/** A fault in what was written, and where; said with file and line by whoever has the file. */
export type Slip = { path: Path; detail: string };

type Options = Record<string, unknown>;

/** A platform's options with every reference in them replaced by its secret, and what is wrong with those. */
export const openSecrets = (
  options: Options,
  whereabouts: Whereabouts,
): { options: Options; slips: Slip[] } => {
  const slips: Slip[] = [];
  const open = (value: unknown, path: Path): unknown => {
    const reference = Reference.safeParse(value);
    if (reference.success) {
      const { secret, detail } = openSecret(reference.data, whereabouts);
      if (detail) slips.push({ path, detail });
      return secret;
    }
    if (Array.isArray(value)) return value.map((each, index) => open(each, [...path, index]));
    if (typeof value !== "object" || value === null) return value;
    return openAll(value, path);
  };
  const openAll = (group: object, path: Path): Options =>
    Object.fromEntries(Object.entries(group).map(([key, each]) => [key, open(each, [...path, key])]));
  return { options: openAll(options, []), slips };
};

/** One secret by where it lies, and what is wrong with it. */
export const openSecret = (
  reference: Reference,
  whereabouts: Whereabouts,
): { secret?: string; detail?: string } => {
  const secret = lookUp(reference, whereabouts);
  return { secret, detail: faultOf(secret, reference) };
};

const lookUp = (reference: Reference, { directory, env }: Whereabouts): string | undefined =>
  "env" in reference ? env[reference.env] : readSecretFile(resolve(directory, reference.file));

const faultOf = (secret: string | undefined, reference: Reference): string | undefined => {
  const where = "env" in reference ? `the variable ${reference.env}` : `the file ${reference.file}`;
  if ("env" in reference && !/^[A-Z][A-Z0-9_]*$/.test(reference.env)) {
    return "env takes a variable's name, in capitals, never the secret itself";
  }
  if (!secret) return `${where} is missing or empty; put the secret there`;
  if (secret.startsWith(sandboxPrefix)) return `${where} holds a sandbox secret; put your own there`;
  return undefined;
};
