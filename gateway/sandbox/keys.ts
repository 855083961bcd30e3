import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { type KeyRing, readKeyRing } from "../config/keys.ts";
import { sandboxPrefix } from "../config/secrets.ts";
import type { GivenKey } from "../flows/authorise.ts";

const roles = ["staff", "agency", "reporting", "operator"] as const;

const Key = z.string().startsWith(sandboxPrefix);
/** `sealing` and `digest` carry the prefix as well, so that production refuses a ring copied from here. */
const KeysFile = z.strictObject({
  sealing: Key,
  digest: Key,
  api: z.strictObject({ staff: Key, agency: Key, reporting: Key, operator: Key }),
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
  return {
    keys: roles.map((role) => {
      const label = `${sandboxPrefix}${role}`;
      return { key: api[role], caller: { label, role, regions: [], centres: [] } };
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
  const random = (encoding: "base64" | "base64url") => randomBytes(32).toString(encoding);
  const apiKey = (role: string) => `${sandboxPrefix}${role}-${random("base64url")}`;
  const keys: KeysFile = {
    sealing: `${sandboxPrefix}1:${random("base64")}`,
    digest: `${sandboxPrefix}1:${random("base64")}`,
    api: {
      staff: apiKey("staff"),
      agency: apiKey("agency"),
      reporting: apiKey("reporting"),
      operator: apiKey("operator"),
    },
  };
  await writeFile(file, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
  return keys;
};

const ringIn = (entry: string, file: string): KeyRing => {
  const { ring, faults } = readKeyRing(entry.slice(sandboxPrefix.length));
  if (faults.length > 0) throw unusable(file);
  return ring;
};

const unusable = (file: string): Error =>
  new Error(`${file} holds no usable keys; restore it, or remove the whole folder it lies in to begin anew`);
