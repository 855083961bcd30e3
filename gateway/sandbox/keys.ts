import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { KeyRole } from "../../schema/key.ts";
import { type KeyRing, readKeyRing } from "../config/keys.ts";
import { sandboxPrefix } from "../config/secrets.ts";
import type { GivenKey } from "../flows/authorise.ts";

const Key = z.string().startsWith(sandboxPrefix);
/** `sealing` and `digest` carry the prefix as well, so that production refuses a ring copied from here. */
const KeysFile = z.strictObject({
  sealing: Key,
  digest: Key,
  /** A key for each role; a sandbox of before some roles lacks theirs. */
  api: z.partialRecord(KeyRole, Key),
});
type KeysFile = z.infer<typeof KeysFile>;

/** Where in its folder a sandbox keeps them. */
export const keysFile = "sandbox-keys.json";

export type SandboxKeys = {
  keys: GivenKey[];
  vaultRings: { sealing: KeyRing; digest: KeyRing };
};

/** The keys of this sandbox, made once; they reach every region and centre. */
export const openKeys = async (file: string): Promise<SandboxKeys> => {
  const { sealing, digest, api } = (await kept(file)) ?? (await made(file));
  const whole = await completed(file, { sealing, digest, api });
  return {
    keys: KeyRole.options.map((role) => {
      const label = `${sandboxPrefix}${role}`;
      return { key: whole[role], caller: { label, role, regions: [], centres: [] } };
    }),
    vaultRings: { sealing: ringIn(sealing, file), digest: ringIn(digest, file) },
  };
};

/** Keys that cannot be read are never replaced by new ones: what the database holds is sealed with them. */
const kept = async (file: string): Promise<KeysFile | undefined> => {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return KeysFile.parse(JSON.parse(text));
  } catch {
    throw unusable(file);
  }
};

const made = async (file: string): Promise<KeysFile> => {
  const random = () => randomBytes(32).toString("base64");
  const keys: KeysFile = {
    sealing: `${sandboxPrefix}1:${random()}`,
    digest: `${sandboxPrefix}1:${random()}`,
    api: {},
  };
  await writeFile(file, textOf(keys), { mode: 0o600, flag: "wx" });
  return keys;
};

/** A key for each role: those that are there, and new ones for the others. */
const completed = async (file: string, keys: KeysFile): Promise<Record<KeyRole, string>> => {
  const fresh = (role: KeyRole) => `${sandboxPrefix}${role}-${randomBytes(32).toString("base64url")}`;
  const entries = KeyRole.options.map((role) => [role, keys.api[role] ?? fresh(role)]);
  const api = Object.fromEntries(entries) as Record<KeyRole, string>;
  if (KeyRole.options.some((role) => !keys.api[role])) {
    await writeFile(`${file}.new`, textOf({ ...keys, api }), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return api;
};

const textOf = (keys: KeysFile): string => `${JSON.stringify(keys, undefined, 2)}\n`;

const ringIn = (entry: string, file: string): KeyRing => {
  const { ring, faults } = readKeyRing(entry.slice(sandboxPrefix.length));
  if (faults.length > 0) throw unusable(file);
  return ring;
};

const unusable = (file: string): Error =>
  new Error(`${file} holds no usable keys; restore it, or remove the whole folder it lies in to begin anew`);
