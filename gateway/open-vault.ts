import { join } from "node:path";
import type { Config } from "./config.ts";
import { openCustody } from "./custody/custody.ts";
import { openDataKeys } from "./flows/data-keys/open.ts";
import type { Database } from "./store/db.ts";
import { createVault, type Vault } from "./store/vault.ts";

/* What a command needs that looks at the database as the gateway does, with the settings that the gateway takes. */

/** The operator's own keys, or those of the sandbox. */
export const keySettingsOf = async (config: Config) => {
  if (config.mode === "production") return config;
  const { keysFile, openKeys } = await import("./sandbox/keys.ts");
  return (await openKeys(join(config.data, keysFile))).vaultRings;
};

export const openVault = async (config: Config, database: Database): Promise<Vault> => {
  const { sealing, digest, keyService } = { keyService: undefined, ...(await keySettingsOf(config)) };
  const vault = createVault({ sealing, digest });
  const custody = await openCustody({ ring: sealing, service: keyService });
  try {
    await openDataKeys({ db: database.orm, vault }, custody, { readOnly: true });
  } finally {
    await custody.close();
  }
  return vault;
};
