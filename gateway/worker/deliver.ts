import { AdapterError } from "../../schema/adapter.ts";
import { type Instant, type InvitationId, plusMinutes } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import { linkAudit } from "../flows/audit/link.ts";
import * as carry from "../flows/carry.ts";
import { comparePeople } from "../flows/compare.ts";
import { renewKeys } from "../flows/data-keys/advance.ts";
import { retainSome } from "../flows/erasure/retain.ts";
import { greet, sendRecovery } from "../flows/greet.ts";
import { write } from "../flows/letter.ts";
import { forgetHistory, noteBacklog } from "../flows/platform-history.ts";
import { orderProof } from "../flows/prove.ts";
import { publishDueWeeks } from "../flows/releases/publish.ts";
import { forgetOld } from "../flows/remember.ts";
import { nextCount, writeDueDays } from "../flows/reports/write.ts";
import { settle } from "../flows/settle.ts";
import { letGo } from "../flows/work/end.ts";
import { recurring } from "../store/outbox.ts";
import { bookOn } from "./book.ts";
import { type Carrier, call, isFinal, portsOf } from "./carrier.ts";
import { eraseAt } from "./erase.ts";
import { pullOfficial, tellOfficial } from "./official.ts";
import { nextPass, pass } from "./pass.ts";
import { prove } from "./prove.ts";
import { pull } from "./pull.ts";
import { reconcile } from "./reconcile.ts";
import { renew } from "./renew.ts";
import { carryOver, closeRoster, leaveRoster, putRoster } from "./roster.ts";
import { workOn } from "./work.ts";

const byLetter = async (
  carrier: Carrier,
  ask: { about: "invitation"; invitation: InvitationId } & Pick<
    Extract<Effect, { kind: "message" }>,
    "volunteer"
  >,
) => {
  const letter = await write(carrier.deps, { ...ask, publicUrl: carrier.publicUrl });
  if (letter) return carrier.notify(letter);
  throw new AdapterError("rejected", "nobody to write to");
};

/** Where the message will never be taken, that is an event; where a channel is down, the order is tried again. */
const invite = async (carrier: Carrier, id: InvitationId): Promise<void> => {
  const sending = await carry.invitationToSend(carrier.deps, id);
  if (!sending) return;
  const { row, platform, externalId, guest, comeBefore } = sending;
  const port = platform && portsOf(carrier, platform).invite;
  if (port && !(await carry.noteInviter(carrier.deps, id, platform))) return;
  const request = {
    invitation: id,
    externalId,
    guest,
    centre: row.centre,
    kind: row.kind,
    windowMinutes: row.windowMinutes,
    knownBy: row.knownBy,
    comeBefore,
  };
  try {
    const receipt =
      port && platform
        ? await call(carrier, platform, () => port.send(request))
        : {
            state: "taken" as const,
            ...(await byLetter(carrier, { about: "invitation", invitation: id, volunteer: row.volunteer })),
          };
    if (receipt.state === "waiting") return void (await carry.leaveToTelephone(carrier.deps, id));
    await carry.tellInvitation(carrier.deps, id, { kind: "taken", at: receipt.at });
  } catch (error) {
    if (!isFinal(error)) throw error;
    const at = carrier.deps.now();
    await carry.tellInvitation(carrier.deps, id, { kind: "undeliverable", at, cause: "channel-refused" });
  }
};

/** Takes an invitation back where it was sent, whoever asks the centre's people by now. */
const revoke = async (carrier: Carrier, { invitation }: Extract<Effect, { kind: "revoke" }>) => {
  const platform = await carry.inviterOf(carrier.deps, invitation);
  const port = platform && portsOf(carrier, platform).invite;
  if (port && platform) await call(carrier, platform, () => port.revoke({ invitation }));
};

const message = async (carrier: Carrier, effect: Extract<Effect, { kind: "message" }>) => {
  const letter = await write(carrier.deps, { ...effect, publicUrl: carrier.publicUrl });
  if (!letter) return;
  await carrier.notify(letter).catch((error: unknown) => {
    if (!isFinal(error)) throw error;
  });
};

const forgetEveryMinutes = 60;
const reconcileEveryMinutes = 15;
const compareEveryMinutes = 1;
const linkEveryMinutes = 1 / 6;
/** How soon a rotation is noticed, and how soon what it waits for is looked at again. */
const renewEveryMinutes = { idle: 1 / 4, waiting: 1 / 30, more: 0 };

/**
 * What is done again and again. It is never given up, since each turn is what orders the next; nor is what a platform must
 * acknowledge, since whoever asked to be forgotten was promised that.
 */
export const recurs = (effect: Effect): boolean => {
  const { kind } = effect;
  if (kind === "erase") return true;
  if (kind === "reconcile") return !effect.once;
  return kind === "renew" || recurring.includes(kind);
};

/** At once where more waits on the platform. */
const nextPull = ({ deps, pullEveryMinutes }: Carrier, isMore: boolean): Instant =>
  plusMinutes(deps.now(), isMore ? 0 : pullEveryMinutes);

/**
 * Carries one effect out, and applies what came of it as the next event. For what recurs, answers with when it is to
 * be done again. Throws where a later try may go better.
 */
export const deliver = async (carrier: Carrier, effect: Effect): Promise<Instant | undefined> => {
  switch (effect.kind) {
    case "wake":
      return void (await settle(carrier.deps, effect.surplus));
    case "invite":
      return void (await invite(carrier, effect.invitation));
    case "revoke":
      return void (await revoke(carrier, effect));
    case "message":
      return void (await message(carrier, effect));
    case "greet":
      return void (await greet(carrier.deps, effect));
    case "recover":
      return void (await sendRecovery(carrier.deps, effect.ways));
    case "book":
      await orderProof(carrier.deps, effect.booking);
      return void (await bookOn(carrier, effect));
    case "prove":
      return void (await prove(carrier, effect));
    case "unbook":
      return void (await bookOn(carrier, effect));
    case "roster-put":
      return void (await putRoster(carrier, effect.volunteer));
    case "roster-close":
      return void (await closeRoster(carrier, effect));
    case "erase":
      return eraseAt(carrier, effect);
    case "tell-official":
      return void (await tellOfficial(carrier, effect.volunteer));
    case "pull-official":
      return nextPull(carrier, await pullOfficial(carrier, effect.platform));
    case "carry-over":
      return carryOver(carrier, effect.change);
    case "renew":
      return renew(carrier, effect.campaign);
    case "roster-leave":
      return leaveRoster(carrier, effect);
    case "pull":
      return nextPull(carrier, await pull(carrier, effect.platform));
    case "pass":
      if (await pass(carrier, effect)) return carrier.deps.now();
      return effect.reading === undefined ? nextPass(carrier, effect.platform) : undefined;
    case "work":
      return workOn(carrier, effect.work);
    case "let-go":
      return void (await letGo(carrier.deps, effect.work));
    case "compare":
      if (await comparePeople(carrier.deps)) return carrier.deps.now();
      // Once a minute as well.
      await noteBacklog(carrier.deps);
      return plusMinutes(carrier.deps.now(), compareEveryMinutes);
    case "link":
      return plusMinutes(carrier.deps.now(), (await linkAudit(carrier.deps)) ? 0 : linkEveryMinutes);
    case "reconcile":
      await reconcile(carrier, effect.platform);
      return effect.once ? undefined : plusMinutes(carrier.deps.now(), reconcileEveryMinutes);
    case "report":
      if ((await writeDueDays(carrier.deps)) || (await publishDueWeeks(carrier.deps)))
        return carrier.deps.now();
      return nextCount(carrier.deps.now());
    case "renew-keys":
      return plusMinutes(carrier.deps.now(), renewEveryMinutes[await renewKeys(carrier.deps, carrier)]);
    case "forget":
      await forgetOld(carrier.deps);
      await forgetHistory(carrier.deps);
      return plusMinutes(carrier.deps.now(), (await retainSome(carrier.deps)) ? 0 : forgetEveryMinutes);
  }
};
