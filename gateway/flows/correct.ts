import { refuse } from "../../schema/errors.ts";
import { type Instant, localDay } from "../../schema/primitives.ts";
import type { Correction, Volunteer } from "../../schema/volunteer.ts";
import { correct } from "../core/correction.ts";
import { evidence } from "../core/identity.ts";
import type { Likened } from "../core/likeness.ts";
import * as bookings from "../store/bookings.ts";
import { type Db, isTaken } from "../store/db.ts";
import * as former from "../store/former.ts";
import * as invitations from "../store/invitations.ts";
import * as officials from "../store/officials.ts";
import * as pairs from "../store/pairs.ts";
import * as proofs from "../store/proofs.ts";
import * as queue from "../store/queue.ts";
import * as volunteers from "../store/volunteers.ts";
import { isLater, onArrival } from "./arrival.ts";
import { type Deps, policyOf, transact } from "./deps.ts";
import { claimOf, keepWords } from "./identity.ts";
import { onList, ownedInPerson, shown, store } from "./manage.ts";
import { likened, sealNames, sealNational } from "./person.ts";
import { orderProofOf } from "./prove.ts";

/*
 * Who somebody is, corrected by themselves: declared anew, as on registering. Nothing here tells the asker whether anybody
 * else is found by what they say, or whether they were themselves anybody's repeat (F20): each does the same statements.
 */

type Row = volunteers.VolunteerRow;
type Identity = Partial<Row> & { isClaim?: boolean };

const wordsOf = ({ email, mobile, ...person }: Likened): string =>
  evidence({ ...person, contact: { email, mobile } });

/**
 * By what they are found from now on. Whoever names what another registration is found by only claims it: nobody is led
 * to them by it, no platform is told of the number, and the search shows both to somebody (flows/compare). A repeat that
 * nobody found to be its first's person leaves it.
 */
const identityOf = async (
  tx: Db,
  deps: Deps,
  row: Row,
  { words, keepsFormer, at }: { words: string; keepsFormer: boolean; at: Instant },
): Promise<Identity> => {
  const { vault } = deps;
  const found = vault.digests("identity", words);
  const owner = await volunteers.byIdentity(tx, { campaign: row.campaign, digests: found });
  const isMerged = await pairs.isMerged(tx, row.repeatOf ?? row.id, row.id);
  const endings = await officials.endingOf(tx, found);
  const later = await isLater(tx, row.campaign);
  await keepWords(tx, deps, row);
  const isClaim = owner !== undefined && owner.id !== row.id;
  const own = isClaim ? claimOf(words, row.id) : words;
  const digests = vault.digests("identity", own);
  const identityDigest = vault.digest("identity", own);
  const [keeps, leaves] = [keepsFormer && row.repeatOf === null, !isMerged];
  await former.leave(tx, row, { keeps, leaves, digest: identityDigest, until: at });
  if (isMerged) return {};
  const { closedFor, lastDoseOn } = onArrival(row, endings, later);
  return {
    ...{ identityDigest, twins: vault.twins("identity", digests), repeatOf: null, lastDoseOn, isClaim },
    ...(row.state === "closed" ? {} : { closedFor }),
  };
};

const attempt = (deps: Deps, token: string, said: Correction): Promise<Volunteer> =>
  transact(deps, async (tx) => {
    const row = onList(await ownedInPerson(tx, deps, token));
    const at = deps.now();
    const { person: before } = likened(deps, row);
    const { rules } = await policyOf(tx, row, at);
    const meant = correct(before, said, { rules, today: localDay(at) });
    if ("issues" in meant) return refuse("policy_refuses", undefined, meant.issues);
    const { person, fields, keepsFormer } = meant;
    const [was, words] = [wordsOf(before), wordsOf(person)];
    const { isClaim, ...identity }: Identity =
      was === words ? {} : await identityOf(tx, deps, row, { words, keepsFormer, at });
    const { birthDate, birthYearOnly = false, nationalNumber } = person;
    const values: Partial<Row> = {
      ...{ birthDate, birthYearOnly, ...identity, personSealed: sealNames(deps, row.id, person) },
      nationalSealed: sealNational(deps, row.id, nationalNumber),
    };
    // What a register or a card has shown, it showed of whoever was named then.
    if (fields.length > 0) await proofs.drop(tx, row.id, ["birthDate", "postcode", ...row.conditions]);
    const asked = await invitations.liveOfVolunteer(tx, row.id);
    const promised = await bookings.liveOfVolunteer(tx, row.id);
    const facts = {
      ...{ fields, decides: fields.filter((field) => field === "birthDate") },
      ...{ isClaim, invitation: asked?.id, booking: promised?.id },
    };
    const changed = await store(tx, deps, { row, values, event: "volunteer.corrected", facts });
    await queue.settle(tx, row.id);
    if (promised) await orderProofOf(tx, promised, at);
    return shown(tx, deps, changed);
  });

/** So often it is decided anew because somebody else was first with what they say to be found by. */
const triesAtMost = 5;

/**
 * Corrects what is given of name, birth date and number, and leaves the rest; the place in the order follows. An
 * invitation or a promise under way stays, and the audit says that there was one.
 */
export const correctOwn = async (deps: Deps, token: string, said: Correction): Promise<Volunteer> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(deps, token, said);
    } catch (error) {
      if (!isTaken(error) || tries === triesAtMost) throw error;
    }
  }
};
