import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigRefusal } from "./config/document.ts";
import {
  type Adapters,
  type Federation,
  type FindAdapter,
  findAdapters,
  loadFederation,
} from "./config/federation.ts";
import { type KeyRing, readKeyRing } from "./config/keys.ts";
import { type Environment, openSecrets } from "./config/secrets.ts";
import { addressIn, openSettings, type Settings, secretOf } from "./config/settings.ts";

type Server = { host: string; port: number; data: string; federation: Federation };

/** The gateway with simulators around it. Its keys are made once and lie in `keysFile`, which only we may read. */
export type Sandbox = Server & {
  mode: "sandbox";
  /** Absent: where the gateway listens. */
  publicUrl?: string;
  /** Absent: the embedded database in `data`. */
  databaseUrl?: string;
  keysFile: string;
};

export type Production = Server & {
  mode: "production";
  publicUrl: string;
  databaseUrl: string;
  sealing: KeyRing;
  digest: KeyRing;
  /** The first bearer key, with which the others are made. */
  operatorKey: string;
  mail: { url: string; from: string };
  sms?: { url: string; key: string };
};

export type Config = Sandbox | Production;

/** The operator's folder that comes with the gateway. */
const shipped = fileURLToPath(new URL("belgium-2021", import.meta.url));
const productionOnly = [
  "EVERYDOSE_CONFIG",
  "EVERYDOSE_SEALING_KEY",
  "EVERYDOSE_DIGEST_KEY",
  "EVERYDOSE_OPERATOR_KEY",
];

/**
 * What the environment says, and the operator's files with it: the only place that reads either. Production is
 * DATABASE_URL and EVERYDOSE_CONFIG together. Throws `ConfigRefusal` with all faults at once; no secret is in them.
 */
export const readConfig = async (find: FindAdapter, env: Environment = process.env): Promise<Config> => {
  const settings = openSettings(env);
  const production = settings.isSet("DATABASE_URL") && settings.isSet("EVERYDOSE_CONFIG");
  const directory = production ? resolve(operatorFolder(settings)) : shipped;
  const adapters = await findAdapters(directory, find);
  const files = { directory, adapters };
  const config = production ? readProduction(settings, files, env) : readSandbox(settings, files);
  if (settings.faults.length > 0) throw new ConfigRefusal(settings.faults);
  return config;
};

/** Whether an npm waits for this process, which should then not outlive it. */
export const startedByNpm = (env: Environment = process.env): boolean =>
  env.npm_lifecycle_event !== undefined;

type Files = { directory: string; adapters: Adapters };

const operatorFolder = (settings: Settings): string =>
  settings.required("EVERYDOSE_CONFIG", { remedy: "name the folder with campaign.yaml" });

const readSandbox = (settings: Settings, files: Files): Sandbox => {
  for (const name of productionOnly.filter((each) => settings.isSet(each))) {
    settings.refuse(
      name,
      "is for production, which needs DATABASE_URL and EVERYDOSE_CONFIG; set both, or unset this for the sandbox",
    );
  }
  const server = readServer(settings, { host: "127.0.0.1", files });
  return {
    mode: "sandbox",
    ...server,
    publicUrl: settings.optional("EVERYDOSE_PUBLIC_URL", anyWebAddress),
    databaseUrl: settings.optional("DATABASE_URL", databaseAddress),
    keysFile: join(server.data, "sandbox-keys.json"),
  };
};

const readProduction = (settings: Settings, files: Files, env: Environment): Production => {
  const server = readServer(settings, { host: "0.0.0.0", files });
  const { directory } = files;
  const { platforms, faults } = openSecrets(server.federation.platforms, { directory, env });
  settings.faults.push(...faults);
  const config: Production = {
    mode: "production",
    ...server,
    federation: { ...server.federation, platforms },
    publicUrl: settings.required("EVERYDOSE_PUBLIC_URL", {
      remedy: "give the address that people open, such as https://dose.example.org",
      check: webAddress,
    }),
    databaseUrl: settings.required("DATABASE_URL", {
      remedy: "give the PostgreSQL server",
      check: databaseAddress,
    }),
    sealing: readKeys(settings, "EVERYDOSE_SEALING_KEY"),
    digest: readKeys(settings, "EVERYDOSE_DIGEST_KEY"),
    operatorKey: settings.required("EVERYDOSE_OPERATOR_KEY", {
      remedy: "give at least 32 characters, for instance from: openssl rand -hex 32",
      check: secretOf(32),
    }),
    mail: readMail(settings),
    sms: readSms(settings),
  };
  if (sharesKey(config.sealing, config.digest)) {
    settings.refuse("EVERYDOSE_DIGEST_KEY", "must differ from EVERYDOSE_SEALING_KEY");
  }
  return config;
};

const readServer = (settings: Settings, { host, files }: { host: string; files: Files }): Server => ({
  host: settings.optional("HOST", undefined) ?? host,
  port: Number(settings.optional("PORT", portNumber) ?? "8080"),
  data: resolve(settings.optional("EVERYDOSE_DATA", undefined) ?? ".data"),
  federation: readFederation(settings, files),
});

const nobody = { regions: [], centres: [], policies: [], bindings: [], platforms: [] };

/** The files' faults join those of the environment, so that one start shows both. */
const readFederation = (settings: Settings, { directory, adapters }: Files): Federation => {
  try {
    return loadFederation(directory, adapters);
  } catch (error) {
    if (!(error instanceof ConfigRefusal)) throw error;
    settings.faults.push(...error.faults);
    return { campaign: "" as Federation["campaign"], ...nobody };
  }
};

const readKeys = (settings: Settings, name: string): KeyRing => {
  const text = settings.required(name, {
    remedy: "give 1: and 32 random bytes in base64 (openssl rand -base64 32)",
  });
  const { ring, faults } = readKeyRing(text);
  if (text) for (const fault of faults) settings.refuse(name, fault);
  return ring;
};

const sharesKey = (one: KeyRing, other: KeyRing): boolean =>
  one.some((each) => other.some(({ key }) => Buffer.compare(each.key, key) === 0));

const readMail = (settings: Settings): Production["mail"] => ({
  url: settings.required("SMTP_URL", {
    remedy: "give the mail server, such as smtps://user:password@mail.example.org",
    check: addressIn(["smtp:", "smtps:"], "smtps://user:password@mail.example.org"),
  }),
  from: settings.required("EVERYDOSE_MAIL_FROM", { remedy: "give the sender, such as dose@example.org" }),
});

const readSms = (settings: Settings): Production["sms"] => {
  if (!settings.isSet("SMS_URL") && !settings.isSet("SMS_KEY")) return undefined;
  return {
    url: settings.required("SMS_URL", {
      remedy: "SMS_KEY is set; text messages need both",
      check: webAddress,
    }),
    key: settings.required("SMS_KEY", {
      remedy: "SMS_URL is set; text messages need both",
      check: secretOf(8),
    }),
  };
};

const databaseAddress = addressIn(
  ["postgres:", "postgresql:"],
  "postgres://user:password@host:5432/everydose",
);
const webAddress = addressIn(["https:"], "https://dose.example.org");
const anyWebAddress = addressIn(["http:", "https:"], "http://localhost:8080");
const portNumber = (value: string) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : "must be a number from 0 to 65535";
