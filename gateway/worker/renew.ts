import type { CampaignId, Instant } from "../../schema/primitives.ts";
import { nextLetters, noteLetter, putOff, type ToAsk } from "../flows/campaigns/ask.ts";
import { type Carrier, isFinal } from "./carrier.ts";

/** Some letters at a time are with the channels at once. */
const abreast = 12;

/** Hands one letter over; throws where a later try may go better. */
const send = async ({ deps, notify }: Carrier, { id, letter }: ToAsk): Promise<void> => {
  try {
    await notify(letter);
    await noteLetter(deps, id, "sent");
  } catch (error) {
    if (!isFinal(error)) throw error;
    await noteLetter(deps, id, "unreachable");
  }
};

/**
 * Writes the next letters of a campaign; answers with when to go on, and with nothing at the end. Where no channel takes
 * any of several, the channels are down: the others are not tried, and the order itself waits.
 */
export const renew = async (carrier: Carrier, campaign: CampaignId): Promise<Instant | undefined> => {
  const { deps, publicUrl } = carrier;
  const letters = await nextLetters(deps, campaign, publicUrl);
  if (letters === undefined || typeof letters === "string") return letters;
  for (let from = 0; from < letters.length; from += abreast) {
    const group = letters.slice(from, from + abreast);
    const tried = await Promise.allSettled(group.map((each) => send(carrier, each)));
    const failed = group.filter((_, index) => tried[index]?.status === "rejected");
    for (const each of failed) await putOff(deps, each, true);
    if (failed.length < group.length) continue;
    for (const each of letters.slice(from + abreast)) await putOff(deps, each, false);
    throw tried.find((each) => each.status === "rejected")?.reason;
  }
  return deps.now();
};
