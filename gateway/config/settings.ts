import { type Environment, readSecretFile, sandboxPrefix } from "./secrets.ts";

/** What is said of a setting that must be there: why, and what to write. */
type Need = { remedy: string; check?(value: string): string | undefined };

/**
 * The environment's settings by name, and all that is wrong with them. An empty variable is none. A faulty or
 * missing value reads as "", which nobody sees: `faults` is asked before anything is used.
 */
export const openSettings = (env: Environment) => {
  const faults: string[] = [];
  const refuse = (name: string, detail: string): undefined => {
    faults.push(`${name}: ${detail}`);
  };

  /** From the variable, or from the file that `NAME_FILE` names. */
  const text = (name: string): string | undefined => {
    const [plain, path] = [env[name]?.trim(), env[`${name}_FILE`]?.trim()];
    if (plain && path) return refuse(name, `set it or ${name}_FILE, not both`);
    if (!path) return plain || undefined;
    const content = readSecretFile(path);
    return content || refuse(`${name}_FILE`, "the file cannot be read, or is empty");
  };

  const isSet = (name: string): boolean => Boolean(env[name]?.trim() || env[`${name}_FILE`]?.trim());

  const checked = (name: string, check: Need["check"]): string | undefined => {
    const value = text(name);
    const detail = value && check?.(value);
    return detail ? refuse(name, detail) : value;
  };

  const required = (name: string, { remedy, check }: Need): string => {
    if (!isSet(name)) refuse(name, `is missing; ${remedy}`);
    return checked(name, check) ?? "";
  };

  return { faults, refuse, isSet, optional: checked, required };
};
export type Settings = ReturnType<typeof openSettings>;

/** An address with one of these schemes ("https:"). The address itself may hold a password and is never said. */
export const addressIn = (schemes: string[], example: string) => (value: string) =>
  URL.canParse(value) && schemes.includes(new URL(value).protocol)
    ? undefined
    : `must be an address such as ${example}`;

/** A secret of a length that cannot be guessed, and not the sandbox's. */
export const secretOf = (length: number) => (value: string) => {
  if (value.startsWith(sandboxPrefix)) return "is a sandbox key; make one of your own";
  return value.length < length ? `is too short; at least ${length} characters` : undefined;
};
