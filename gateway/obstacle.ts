import { ConfigRefusal } from "./config/document.ts";
import type { Config } from "./config.ts";
import { type Amiss, OtherBeginning } from "./flows/begin.ts";
import { CustodyError } from "./store/custody.ts";
import { DirectoryInUse, NoTenantRole, StoreError } from "./store/db.ts";

/* Why a start failed, told as a fault of the setting that would mend it. */

type Told = string | undefined;

const said = (error: unknown): Partial<NodeJS.ErrnoException> => (error instanceof Error ? error : {});

const ofListening = (error: unknown, { host, port }: Config): Told => {
  const { code, syscall } = said(error);
  if (code === "EADDRINUSE")
    return `PORT: ${port} is in use by another program; stop that one, or set PORT to another number`;
  if (code === "EACCES" && syscall === "listen")
    return `PORT: this account may not listen on ${port}; take a number above 1023`;
  if (code === "EADDRNOTAVAIL" || syscall === "getaddrinfo")
    return `HOST: ${host} is no address of this machine; give one of its own, or 0.0.0.0 for all`;
  return undefined;
};

const rights =
  "its user must own the database, or own everydose's tables and have USAGE and CREATE on the schema public";

/** By SQLSTATE. A code in capital letters is the driver's or the system's, and means that nobody answered. */
const ofDatabase = (error: unknown): Told => {
  if (error instanceof NoTenantRole)
    return `DATABASE_URL: ${error.message} and may not create it; let an administrator of the server run: ${error.remedy}`;
  if (!(error instanceof StoreError)) return undefined;
  const { code, message } = error;
  if (code === "42501") return `DATABASE_URL: ${message}; ${rights}`;
  if (code.startsWith("28")) return `DATABASE_URL: ${message}; mend the user or the password`;
  if (code === "3D000") return `DATABASE_URL: ${message}; create it, or name another`;
  return /^[A-Z]+(_[A-Z]+)?$/.test(code)
    ? `DATABASE_URL: ${message}; start PostgreSQL, or mend host and port`
    : undefined;
};

const ofFolder = (error: unknown, config: Config): Told => {
  if (config.mode !== "sandbox") return undefined;
  if (error instanceof DirectoryInUse) return `EVERYDOSE_DATA: ${error.message}`;
  const { code, path } = said(error);
  return path?.startsWith(config.data)
    ? `EVERYDOSE_DATA: ${path} cannot be made or written (${code}); name another folder`
    : undefined;
};

const ofBeginning = (amiss: Amiss, config: Config): string => {
  if (config.mode === "sandbox")
    return amiss.what === "kind"
      ? "DATABASE_URL: production writes in this database; give the sandbox another, or unset it"
      : `EVERYDOSE_DATA: sandbox-keys.json in ${config.data} is not that with which this database began; bring it back, or give an empty database`;
  if (amiss.what === "kind")
    return "DATABASE_URL: a sandbox began this database; give production one of its own";
  const setting = amiss.what === "sealing" ? "EVERYDOSE_SEALING_KEY" : "EVERYDOSE_DIGEST_KEY";
  return `${setting}: its version ${amiss.version} is missing, or is not that which wrote in this database; give it as it was, and a new one beside it under another version`;
};

const ofCustody = ({ message }: CustodyError, config: Config): string => {
  if (config.mode === "sandbox")
    return `EVERYDOSE_DATA: ${message}; bring sandbox-keys.json back as it was, or give an empty database`;
  const setting = message.startsWith("the key-management service")
    ? "EVERYDOSE_KEYS_URL"
    : "EVERYDOSE_SEALING_KEY";
  return `${setting}: ${message}; without that key, nothing that is sealed in this database can be read`;
};

/** The error and what caused it. */
const chain = (error: unknown): unknown[] => (error instanceof Error ? [error, ...chain(error.cause)] : []);

/** Every fault that an operator can mend; nothing where the error is none of theirs. */
export const obstaclesIn = (error: unknown, config?: Config): readonly string[] | undefined => {
  if (error instanceof ConfigRefusal) return error.faults;
  if (!config) return undefined;
  if (error instanceof OtherBeginning)
    return [...new Set(error.amiss.map((each) => ofBeginning(each, config)))];
  if (error instanceof CustodyError) return [ofCustody(error, config)];
  for (const each of chain(error)) {
    const told = ofDatabase(each) ?? ofFolder(each, config) ?? ofListening(each, config);
    if (told) return [told];
  }
  return undefined;
};
