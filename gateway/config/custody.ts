import { statSync } from "node:fs";
import { type KeyRing, readKeyRing } from "./keys.ts";
import { addressIn, type Settings, secretOf } from "./settings.ts";

/** The operator's own keys, and the service that keeps a key for them. */
export type KeySettings = {
  /** Wraps the data keys, unless a service does; empty where one does and none is given. */
  sealing: KeyRing;
  /** Empty where a database began with data keys, and needs none. */
  digest: KeyRing;
  keyService?: { url: string; name: string; token: string };
};

/** Reads EVERYDOSE_SEALING_KEY, EVERYDOSE_DIGEST_KEY and EVERYDOSE_KEYS_*, each also from the file of NAME_FILE. */
export const readKeySettings = (
  settings: Settings,
  files: Record<string, string | undefined>,
): KeySettings => {
  const keyService = readService(settings, files);
  const own = { files, isNeeded: keyService === undefined };
  const sealing = readKeys(settings, "EVERYDOSE_SEALING_KEY", own);
  const digest = readKeys(settings, "EVERYDOSE_DIGEST_KEY", { files, isNeeded: false });
  if (sharesKey(sealing, digest))
    settings.refuse("EVERYDOSE_DIGEST_KEY", "must differ from EVERYDOSE_SEALING_KEY");
  return { sealing, digest, keyService };
};

type From = { files: Record<string, string | undefined>; isNeeded: boolean };

/** Whoever else has an account on this machine must not read it: then its file is as good as the setting. */
const refuseOpenFile = (settings: Settings, name: string, files: From["files"]): void => {
  const path = files[`${name}_FILE`]?.trim();
  const mode = path ? statSync(path, { throwIfNoEntry: false })?.mode : undefined;
  if (mode !== undefined && (mode & 0o027) !== 0)
    settings.refuse(`${name}_FILE`, "others may read or change the file; chmod 600, or 440 for a group's");
};

const readKeys = (settings: Settings, name: string, { files, isNeeded }: From): KeyRing => {
  refuseOpenFile(settings, name, files);
  const remedy = "give 1: and 32 random bytes in base64 (openssl rand -base64 32)";
  const text = isNeeded ? settings.required(name, { remedy }) : settings.optional(name, undefined);
  if (!text) return [];
  const { ring, faults } = readKeyRing(text);
  for (const fault of faults) settings.refuse(name, fault);
  return ring;
};

const sharesKey = (one: KeyRing, other: KeyRing): boolean =>
  one.some((each) => other.some(({ key }) => Buffer.compare(each.key, key) === 0));

const serviceAddress = addressIn(["https:", "http:"], "https://vault.example.org:8200/v1/transit");

/** In plain text only within the machine: what is asked holds the keys themselves. */
const checkedAddress = (value: string): string | undefined => {
  const { protocol, hostname } = URL.canParse(value) ? new URL(value) : { protocol: "", hostname: "" };
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return protocol === "http:" && !isHere
    ? "must be https, unless it is on this machine"
    : serviceAddress(value);
};

const keyName = (value: string): string | undefined =>
  /^[\w.-]{1,128}$/.test(value) ? undefined : "must be a key's name: letters, digits, - _ and .";

const readService = (settings: Settings, files: From["files"]): KeySettings["keyService"] => {
  if (!settings.isSet("EVERYDOSE_KEYS_URL") && !settings.isSet("EVERYDOSE_KEYS_TOKEN")) return undefined;
  refuseOpenFile(settings, "EVERYDOSE_KEYS_TOKEN", files);
  return {
    url: settings.required("EVERYDOSE_KEYS_URL", {
      remedy: "EVERYDOSE_KEYS_TOKEN is set; give the transit engine's address with it",
      check: checkedAddress,
    }),
    name: settings.optional("EVERYDOSE_KEYS_NAME", keyName) ?? "everydose",
    token: settings.required("EVERYDOSE_KEYS_TOKEN", {
      remedy: "give the token with which the service is asked",
      check: secretOf(8),
    }),
  };
};
