import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { instant } from "../schema/primitives.ts";
import { onDatabase } from "./command.ts";
import type { Config } from "./config.ts";
import { openCustody } from "./custody/custody.ts";
import { renewKeys } from "./flows/data-keys/advance.ts";
import { openDataKeys } from "./flows/data-keys/open.ts";
import { KeyRefusal, rewrap, rotate } from "./flows/data-keys/rotate.ts";
import { type KeyStatus, keyStatus, removeKey } from "./flows/data-keys/status.ts";
import type { Deps } from "./flows/deps.ts";
import { keySettingsOf } from "./open-vault.ts";
import type { Database } from "./store/db.ts";
import { type Purpose, purposes } from "./store/keyring.ts";
import { createVault } from "./store/vault.ts";

/*
 * The keys of the database, with the settings that the gateway takes, beside gateways that run: docs/security.md.
 * A rotation goes on by itself where a gateway runs; the command works at it as well, and shows how far it is.
 */

const usage = `One of:
  npm run keys:status -- [--json]
  npm run keys:rotate -- [--purpose ${purposes.join("|")}]... [--no-wait]
  npm run keys:rewrap -- [--all]
  npm run keys:remove -- --purpose <purpose> --version <number>`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    purpose: { type: "string", multiple: true },
    version: { type: "string" },
    wait: { type: "boolean", default: true },
    all: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    settle: { type: "string" },
  },
});
const [command = ""] = positionals;
const say = (text: string) => void process.stdout.write(`${text}\n`);
const settleSeconds = values.settle === undefined ? undefined : Number(values.settle);

const isPurpose = (name: string): name is Purpose => (purposes as readonly string[]).includes(name);
const wanted = (values.purpose ?? []).filter(isPurpose);

const told = ({ purpose, version, state, wrappedBy, since, rows }: KeyStatus): string =>
  [
    `${purpose} ${version}: ${state}${since ? ` since ${since}` : ""}, wrapped by ${wrappedBy}`,
    ...rows.map(({ column, rows: count }) => `  ${count} of ${column}`),
  ].join("\n");

const leftOf = async (deps: Deps): Promise<string> => {
  const older = (await keyStatus(deps)).filter(
    ({ state, version, purpose }) => state !== "retired" && version !== deps.vault.versions(purpose)[0],
  );
  const left = older.map(({ purpose, version, rows }) => {
    const sum = rows.reduce((total, each) => total + each.rows, 0);
    return `${purpose} ${version}: ${sum} left`;
  });
  return left.length > 0 ? left.join(", ") : "nothing left to renew";
};

/** To count reads every table through, so it is done now and then. */
const countEveryMs = 10_000;

/** Works until nothing is under way, and says what is left as often as that changes. */
const follow = async (deps: Deps, refresh: () => Promise<void>): Promise<void> => {
  let [said, countedAt] = ["", 0];
  for (;;) {
    await refresh();
    const progress = await renewKeys(deps, { settleSeconds });
    if (progress === "idle" || Date.now() - countedAt >= countEveryMs) {
      const text = await leftOf(deps);
      if (text !== said) say(text);
      [said, countedAt] = [text, Date.now()];
    }
    if (progress === "idle") return;
    if (progress === "waiting") await sleep(1000);
  }
};

const commands: Record<string, ((deps: Deps, kept: Kept) => Promise<void>) | undefined> = {
  status: async (deps) => {
    const all = await keyStatus(deps);
    say(values.json ? JSON.stringify(all) : all.map(told).join("\n"));
  },
  rotate: async (deps, { custody, refresh }) => {
    const made = await rotate(deps, custody, wanted.length > 0 ? wanted : purposes);
    for (const { purpose, version } of made)
      say(`${purpose} ${version}: made; it is used once every gateway knows it`);
    if (values.wait) await follow(deps, refresh);
  },
  rewrap: async (deps, { custody }) => {
    say(
      `${await rewrap(deps, custody, { all: values.all })} keys are wrapped by ${custody.current.name} now`,
    );
  },
  remove: async (deps) => {
    const [purpose] = wanted;
    if (!purpose || !values.version) throw new KeyRefusal(usage);
    await removeKey(deps, { purpose, version: Number(values.version) }, { settleSeconds });
    say(`${purpose} ${values.version}: removed`);
  },
};

type Kept = { custody: Awaited<ReturnType<typeof openCustody>>; refresh(): Promise<void> };

const run = async (database: Database, config: Config): Promise<void> => {
  const given = { keyService: undefined, ...(await keySettingsOf(config)) };
  const vault = createVault(given);
  const custody = await openCustody({ ring: given.sealing, service: given.keyService });
  try {
    const { refresh } = await openDataKeys({ db: database.orm, vault }, custody, { readOnly: true });
    const deps: Deps = {
      ...{ db: database.orm, vault, now: () => instant(Date.now()), nudge: () => undefined },
      uuid: () => crypto.randomUUID(),
      token: () => "",
    };
    await commands[command]?.(deps, { custody, refresh });
  } finally {
    await custody.close();
  }
};

if (!commands[command] || wanted.length !== (values.purpose ?? []).length) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
await onDatabase("the keys stay as they are", run);
