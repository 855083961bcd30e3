import { Refusal } from "../../schema/errors.ts";
import type { ExternalId, PairId, PlatformName } from "../../schema/primitives.ts";
import { find, type Likeness, weigh } from "../core/likeness.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as pairs from "../store/pairs.ts";
import * as platforms from "../store/platforms.ts";
import * as volunteers from "../store/volunteers.ts";
import type { Deps } from "./deps.ts";
import { mergePair } from "./merge.ts";
import { likened } from "./person.ts";

type Row = volunteers.VolunteerRow;

/** Notes that two registrations may be one person's; nothing where that was decided already. */
export const notePair = async (
  tx: Db,
  deps: Deps,
  { between, found }: { between: [Row, Row]; found: Likeness },
): Promise<PairId | undefined> => {
  const [{ campaign, region }] = between;
  const { outcome, score, reasons } = found;
  const at = deps.now();
  const pair = { id: deps.uuid() as PairId, campaign, between, score, reasons, foundAt: at };
  const noted = await pairs.note(tx, pair);
  if (!noted) return undefined;
  const facts = { outcome, score, reasons };
  await audit.note(tx, { at, region, actor: "gateway", event: "pair.found", subject: noted.id, facts });
  return noted.id;
};

/** Of three that are one person's, the first two merges leave nothing to do for the third pair. */
export const mergeCertain = async (deps: Deps, pair: PairId): Promise<void> => {
  try {
    await mergePair(deps, pair, "gateway");
  } catch (error) {
    const isOver = error instanceof Refusal && ["pair_over", "pair_decided"].includes(error.code);
    if (!isOver) throw error;
  }
};

/**
 * Whom a platform has just given that name, where its list was read in between and had them under it as a stranger: a
 * list that tells but the year of a birth leads to nobody by itself. Where neither name nor birth nor number speaks
 * against it, the two are one person's, since the platform says so.
 */
export const twinOf = async (
  tx: Db,
  deps: Deps,
  { platform, externalId, row }: { platform: PlatformName; externalId: ExternalId; row: Row },
): Promise<PairId | undefined> => {
  const [holder] = await platforms.named(tx, platform, [externalId]);
  if (!holder || holder.volunteer === (row.repeatOf ?? row.id)) return undefined;
  const other = await volunteers.byId(tx, holder.volunteer);
  if (!other || other.campaign !== row.campaign || other.state === "withdrawn") return undefined;
  const [one, two] = [likened(deps, row).person, likened(deps, other).person];
  const found = find(one, two);
  const { names, birth, number } = found;
  if ([names.family, names.given, birth, number].includes("other")) return undefined;
  return notePair(tx, deps, { between: [row, other], found: weigh(found) });
};
