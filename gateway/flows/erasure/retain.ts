import type { ErasureId, Instant, RegionId, VolunteerId } from "../../../schema/primitives.ts";
import type { Retention } from "../../../schema/region.ts";
import { type RetentionDue, RetentionKind, type RetentionPreview } from "../../../schema/retention.ts";
import type { ListWorkId } from "../../../schema/work.ts";
import { termsOf } from "../../core/retention.ts";
import * as audit from "../../store/audit.ts";
import * as places from "../../store/places.ts";
import * as retention from "../../store/retention.ts";
import * as volunteers from "../../store/volunteers.ts";
import { type Deps, transact } from "../deps.ts";
import { letGo } from "../work/end.ts";
import { endKept, forgetPerson } from "./forget.ts";

/* What is kept goes when its term is over, by itself, and can be looked at before it does. */

/** So many people in one turn, each in a transaction of their own: nobody waits for more than one of them. */
const peopleAtOnce = 50;
/** So many rows that stand for themselves in one statement. */
const rowsAtOnce = 500;

type Terms = { region: RegionId; terms: Retention };

const termsIn = async (deps: Pick<Deps, "db" | "now">, regions?: readonly RegionId[]): Promise<Terms[]> => {
  const all: Terms[] = [];
  for (const { id: region } of await places.allRegions(deps.db)) {
    if (regions && !regions.includes(region)) continue;
    const policy = await places.policyInForce(deps.db, region, { at: deps.now() });
    if (policy) all.push({ region, terms: termsOf(policy.rules) });
  }
  return all;
};

/** What will be deleted by then, by kind and region. Asking deletes nothing. */
export const previewRetention = async (
  deps: Pick<Deps, "db" | "now">,
  { until, regions }: { until: Instant; regions?: readonly RegionId[] },
): Promise<RetentionPreview> => {
  const items: RetentionDue[] = [];
  for (const asked of await termsIn(deps, regions))
    for (const kind of RetentionKind.options) {
      const { count, earliest } = await retention.count(deps.db, { ...asked, kind, until });
      if (count > 0 && earliest) items.push({ region: asked.region, kind, count, earliest });
    }
  return { until, items };
};

/** Whose registration it is, with those that were found to be the same; no other of the person's. */
const forgetOne = (deps: Deps, { kind, key, ...asked }: Terms & { kind: RetentionKind; key: string }) =>
  transact(deps, async (tx) => {
    const id = await retention.lockDue(tx, { ...asked, kind, now: deps.now(), key });
    const row = id && (await volunteers.byId(tx, id));
    if (!row) return false;
    const repeats = row.repeatOf === null ? await volunteers.repeatsOf(tx, id as VolunteerId) : [];
    const rows = [row, ...repeats.filter(({ erasure }) => !erasure)];
    await forgetPerson(tx, deps, { rows, cause: "term", actor: "gateway" });
    return true;
  });

const oneByOne = (deps: Deps, { kind, key, ...asked }: Terms & { kind: RetentionKind; key: string }) => {
  if (kind === "dose") return transact(deps, (tx) => endKept(tx, deps, key as ErasureId));
  if (kind === "file") return letGo(deps, key as ListWorkId);
  if (kind === "account")
    return transact(deps, async (tx) => {
      await retention.dropAccount(tx, key);
      return true;
    });
  return forgetOne(deps, { kind, key, ...asked });
};

/** How many of one kind went in this turn. */
const retainKind = async (deps: Deps, asked: Terms & { kind: RetentionKind }): Promise<number> => {
  const { kind, ...terms } = asked;
  const now = deps.now();
  if (kind === "bar" || kind === "token" || kind === "address")
    return transact(deps, (tx) => retention.drop(tx, { ...terms, kind, now, limit: rowsAtOnce }));
  let gone = 0;
  for (const key of await retention.next(deps.db, { ...asked, now, limit: peopleAtOnce }))
    if (await oneByOne(deps, { ...asked, key })) gone += 1;
  return gone;
};

/**
 * Deletes the next of what is due, kind by kind and region by region. Says whether more is. Safe to stop anywhere: what
 * went has gone, and what is due stays due.
 */
export const retainSome = async (deps: Deps): Promise<boolean> => {
  let isMore = false;
  for (const asked of await termsIn(deps))
    for (const kind of RetentionKind.options) {
      const count = await retainKind(deps, { ...asked, kind });
      if (count === 0) continue;
      isMore = true;
      const facts = { kind, count };
      const line = { at: deps.now(), region: asked.region, actor: "gateway", event: "retention.deleted" };
      await transact(deps, (tx) => audit.note(tx, { ...line, facts }));
    }
  return isMore;
};
