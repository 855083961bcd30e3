import * as dataKeys from "../../store/data-keys.ts";
import * as identityWords from "../../store/identity-words.ts";
import type { Purpose } from "../../store/keyring.ts";
import { type Deps, transact } from "../deps.ts";
import { settlesWithin } from "./open.ts";
import { stepsOf } from "./steps.ts";

/*
 * A new key is made by a command (rotate.ts); from there it goes on by itself, in every gateway's worker: once all
 * gateways know the key it writes, and once all know that, what older keys wrote is written anew, some rows in each
 * transaction. The transaction notes how far it has come, so that whoever is killed leaves nothing half done, and
 * whoever goes on begins there.
 */

const atOnce = 200;
/** So many transactions before other recurring work has its turn. */
const turns = 10;

/** `more`: go on at once. `waiting`: something is under way, and waits for gateways to learn of it. */
export type Progress = "more" | "waiting" | "idle";

type Timing = { settleSeconds?: number };

export const renewKeys = async (deps: Deps, timing: Timing = {}): Promise<Progress> => {
  const quiet = { ...deps, nudge: () => undefined };
  let progress: Progress = "idle";
  for (let turn = 0; turn < turns; turn += 1) {
    progress = await advance(quiet, timing);
    if (progress !== "more") return progress;
  }
  return progress;
};

type Rotation = { row: dataKeys.DataKeyRow; older: number[] };

/** Of each purpose the newest key, and the versions that it takes over from; those that are over are left out. */
const underWay = ({ vault }: Deps, rows: readonly dataKeys.DataKeyRow[]): Rotation[] => {
  const newest = new Map<Purpose, dataKeys.DataKeyRow>();
  for (const row of rows) if (row.wrapped) newest.set(row.purpose, row);
  return [...newest.values()].flatMap((row) => {
    const over = rows.filter(({ purpose, retiredAt }) => purpose === row.purpose && retiredAt);
    const isOver = new Set(over.map(({ version }) => version));
    const older = vault.versions(row.purpose).filter((each) => each < row.version && !isOver.has(each));
    return older.length > 0 || row.usedAt === null ? [{ row, older }] : [];
  });
};

const advance = async (deps: Deps, { settleSeconds = settlesWithin }: Timing): Promise<Progress> => {
  const rows = await dataKeys.all(deps.db);
  const rotations = underWay(deps, rows);
  const all: Progress[] = [];
  for (const rotation of rotations) {
    const { changed } = rotation.row;
    if (!(await dataKeys.allKnow(deps.db, { changed, settleSeconds }))) all.push("waiting");
    else all.push(await step(deps, rotation));
  }
  if (all.includes("more")) return "more";
  if (all.length > 0) return "waiting";
  const changed = Math.max(0, ...rows.map((row) => row.changed));
  if (changed > 0 && (await dataKeys.allKnow(deps.db, { changed, settleSeconds })))
    await identityWords.dropTwins(deps.db);
  return "idle";
};

const step = (deps: Deps, { row, older }: Rotation): Promise<Progress> =>
  transact(deps, async (tx) => {
    const { purpose, version } = row;
    if (!(await dataKeys.takeTurn(tx, purpose))) return "waiting";
    const now = await dataKeys.find(tx, row);
    // Somebody else has gone on meanwhile, or this process has not learned that it writes now.
    if (!now || now.changed !== row.changed) return "waiting";
    if (now.usedAt === null) {
      await dataKeys.lock(tx);
      await dataKeys.use(tx, row);
      return "waiting";
    }
    if (deps.vault.versions(purpose)[0] !== version) return "waiting";
    if (await renewSome(deps, tx, now)) return "more";
    await dataKeys.lock(tx);
    for (const each of older) await dataKeys.retire(tx, { purpose, version: each });
    await dataKeys.noteStep(tx, row, { step: null, after: null, renewed: 0 });
    return "more";
  });

/**
 * The next rows; `false` where none are left. It reads a table twice: the first time it passes over rows that somebody
 * holds, the second time it waits for them. Nobody writes under an older key any more by then.
 */
const renewSome = async (
  deps: Deps,
  tx: Parameters<typeof dataKeys.all>[0],
  row: dataKeys.DataKeyRow,
): Promise<boolean> => {
  const passes = [1, 2].flatMap((pass) =>
    stepsOf[row.purpose].map((each) => ({ ...each, isPatient: pass === 2, name: `${pass} ${each.name}` })),
  );
  const at = Math.max(
    0,
    passes.findIndex(({ name }) => name === row.step),
  );
  const current = passes[at];
  if (!current) return false;
  const span = {
    after: row.after ? JSON.parse(row.after) : null,
    limit: atOnce,
    isPatient: current.isPatient,
  };
  const { last, renewed } = await current.renew(tx, deps, { version: row.version, span });
  const next = last ? current : passes[at + 1];
  const after = last ? JSON.stringify(last) : null;
  await dataKeys.noteStep(tx, row, { step: next?.name ?? null, after, renewed });
  return next !== undefined;
};
