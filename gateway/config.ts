import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type KeySettings, readKeySettings } from "./config/custody.ts";
import { ConfigRefusal } from "./config/document.ts";
import { type Federation, loadFederation } from "./config/federation.ts";
import { type Adapters, type FindAdapter, findAdapters } from "./config/platforms.ts";
import type { Environment } from "./config/secrets.ts";
import {
  addressIn,
  folderThere,
  folderToBe,
  mailAddress,
  mailServer,
  networks,
  networksIn,
  openSettings,
  type Settings,
  secretOf,
} from "./config/settings.ts";

type Server = {
  host: string;
  port: number;
  federation: Federation;
  /** Networks whose word for whom they pass a request on is believed. */
  trustedProxies: string[];
  /** Networks beside the public internet to which events may be sent. */
  webhookNetworks: string[];
};

/** The gateway with simulators around it. */
export type Sandbox = Server & {
  mode: "sandbox";
  /** The folder for keys, the simulators' states and, but for `databaseUrl`, the database. */
  data: string;
  /** Absent: where the gateway listens. */
  publicUrl?: string;
  /** Absent: the embedded database in `data`. */
  databaseUrl?: string;
};

export type Production = Server &
  KeySettings & {
    mode: "production";
    publicUrl: string;
    databaseUrl: string;
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
  "EVERYDOSE_KEYS_URL",
  "EVERYDOSE_OPERATOR_KEY",
];

/**
 * What the environment says, and the operator's files with it: the only place that reads either. Production is
 * DATABASE_URL and EVERYDOSE_CONFIG together. Throws `ConfigRefusal` with all faults at once; no secret is in them.
 */
export const readConfig = async (find: FindAdapter, env: Environment = process.env): Promise<Config> => {
  const settings = openSettings(env);
  const production = settings.isSet("DATABASE_URL") && settings.isSet("EVERYDOSE_CONFIG");
  const directory = production ? operatorFolder(settings) : shipped;
  const adapters = directory ? await findAdapters(directory, find) : undefined;
  const config = production
    ? readProduction(settings, { directory, adapters, env })
    : readSandbox(settings, { directory, adapters });
  if (settings.faults.length > 0) throw new ConfigRefusal(settings.faults);
  return config;
};

/** Whether an npm waits for this process, which should then not outlive it. */
export const startedByNpm = (env: Environment = process.env): boolean =>
  env.npm_lifecycle_event !== undefined;

type Files = {
  /** Absent where the setting that should name it is at fault. */
  directory?: string;
  adapters?: Adapters;
  /** Absent in the sandbox, which reads no secret. */
  env?: Environment;
};

const operatorFolder = (settings: Settings): string | undefined => {
  const faults = settings.faults.length;
  const remedy = "name the folder with campaign.yaml";
  const path = settings.required("EVERYDOSE_CONFIG", { remedy, check: folderThere });
  return settings.faults.length > faults ? undefined : resolve(path);
};

const readSandbox = (settings: Settings, files: Files): Sandbox => {
  for (const name of productionOnly.filter((each) => settings.isSet(each))) {
    settings.refuse(
      name,
      "is for production, which needs DATABASE_URL and EVERYDOSE_CONFIG; set both, or unset this for the sandbox",
    );
  }
  const server = readServer(settings, { host: "127.0.0.1", files });
  const data = resolve(settings.optional("EVERYDOSE_DATA", folderToBe) ?? ".data");
  return {
    mode: "sandbox",
    ...server,
    data,
    publicUrl: settings.optional("EVERYDOSE_PUBLIC_URL", anyWebAddress),
    databaseUrl: settings.optional("DATABASE_URL", databaseAddress),
  };
};

const readProduction = (settings: Settings, files: Files): Production => {
  return {
    mode: "production",
    ...readServer(settings, { host: "0.0.0.0", files }),
    publicUrl: settings.required("EVERYDOSE_PUBLIC_URL", {
      remedy: "give the address that people open, such as https://dose.example.org",
      check: webAddress,
    }),
    databaseUrl: settings.required("DATABASE_URL", {
      remedy: "give the PostgreSQL server",
      check: databaseAddress,
    }),
    ...readKeySettings(settings, files.env ?? {}),
    operatorKey: settings.required("EVERYDOSE_OPERATOR_KEY", {
      remedy: "give at least 32 characters, for instance from: openssl rand -hex 32",
      check: secretOf(32),
    }),
    mail: readMail(settings),
    sms: readSms(settings),
  };
};

const readServer = (settings: Settings, { host, files }: { host: string; files: Files }): Server => ({
  host: settings.optional("HOST", undefined) ?? host,
  port: Number(settings.optional("PORT", portNumber) ?? "8080"),
  federation: readFederation(settings, files),
  trustedProxies: networksIn(settings.optional("EVERYDOSE_TRUSTED_PROXIES", networks)),
  webhookNetworks: networksIn(settings.optional("EVERYDOSE_WEBHOOK_NETWORKS", networks)),
});

const nobody = { regions: [], centres: [], policies: [], bindings: [], platforms: [], signIn: [] };

/** The files' faults join those of the environment, so that one start shows both. */
const readFederation = (settings: Settings, { directory, ...beside }: Files): Federation => {
  try {
    if (directory) return loadFederation(directory, beside);
  } catch (error) {
    if (!(error instanceof ConfigRefusal)) throw error;
    settings.faults.push(...error.faults);
  }
  return { campaign: "" as Federation["campaign"], ...nobody };
};

const readMail = (settings: Settings): Production["mail"] => ({
  url: settings.required("SMTP_URL", {
    remedy: "give the mail server, such as smtps://user:password@mail.example.org",
    check: mailServer,
  }),
  from: settings.required("EVERYDOSE_MAIL_FROM", {
    remedy: "give the sender, such as dose@example.org",
    check: mailAddress,
  }),
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
