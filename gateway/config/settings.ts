import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
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

/** A folder that is there. */
export const folderThere = (value: string): string | undefined =>
  existsSync(value) && statSync(value).isDirectory()
    ? undefined
    : `there is no folder ${resolve(value)}; name one that is there`;

/** A folder that is there or can be made; nothing is made yet, since other settings may be at fault. */
export const folderToBe = (value: string): string | undefined => {
  let nearest = resolve(value);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    if (!statSync(nearest).isDirectory())
      return `${resolve(value)} cannot be made, ${nearest} is no folder; name another`;
    accessSync(nearest, constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return `${nearest} may not be written by this account; name another folder, or grant it`;
  }
};

export const mailAddress = (value: string): string | undefined =>
  z.email().safeParse(value).success ? undefined : "must be a bare mail address, such as dose@example.org";

const leastPassword = 8;

/** Where mail is handed in, with or without a login. */
export const mailServer = (value: string): string | undefined => {
  const example = "smtps://user:password@mail.example.org";
  const wrong = addressIn(["smtp:", "smtps:"], example)(value);
  if (wrong) return wrong;
  const { hostname, port, username, password } = new URL(value);
  if (!hostname || port === "0") return `must be an address such as ${example}`;
  try {
    const [user, secret] = [username, password].map(decodeURIComponent);
    return user && (secret ?? "").length < leastPassword
      ? `names a user, whose password must have at least ${leastPassword} characters`
      : undefined;
  } catch {
    return "holds a % that stands for nothing; in user and password write it as %25";
  }
};

/** "10.0.0.0/8, 2001:db8::/32" as a list of its networks. */
export const networksIn = (value = ""): string[] =>
  value
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);

const Network = z.union([z.cidrv4(), z.cidrv6()]);
export const networks = (value: string): string | undefined =>
  networksIn(value).every((each) => Network.safeParse(each).success)
    ? undefined
    : "must be networks such as 10.0.0.0/8,fd00::/8";
