import { z } from "zod";
import {
  type AdapterContext,
  AdapterError,
  defineAdapter,
  type Guest,
  type InviteReceipt,
  type PlatformEvent,
  type Ports,
  type RosterEntry,
  Secret,
} from "../../schema/adapter.ts";
import { CentreId, type ExternalId } from "../../schema/primitives.ts";
import { type Client, createClient, type Invitation } from "./client.ts";
import {
  type CentreCodes,
  guestRegistration,
  toEvent,
  toInvitation,
  toRegistration,
  toSourced,
} from "./mapper.ts";

const Options = z.strictObject({
  baseUrl: z.url(),
  apiKey: Secret,
  centreCodes: z
    .partialRecord(CentreId, z.string().min(1).max(60))
    .default({})
    .meta({ description: "Qvax's codes of centres, where they are not the centres' ids" }),
});

type Connected = { client: Client; codes: CentreCodes; ctx: AdapterContext };

/** Qvax: a reserve list known by national number, whose platform writes to people itself. */
export default defineAdapter({
  name: "qvax",
  capabilities: ["roster", "invite"],
  roster: {
    keeps: ["nationalNumber", "birthDate", "postcode", "email", "mobile", "language", "availability"],
    demands: ["nationalNumber", "email", "mobile"],
  },
  options: Options,
  connect: ({ baseUrl, apiKey, centreCodes }, ctx) => {
    const connected = { client: createClient(ctx.http(baseUrl), apiKey), codes: centreCodes, ctx };
    return { roster: roster(connected), invite: invite(connected) };
  },
});

const roster = ({ client, codes, ctx }: Connected): Ports["roster"] => ({
  async pull({ cursor }) {
    const { items, asOf, total, cursor: next, more } = await client.listRegistrations(cursor);
    const now = ctx.now();
    const records = items.map((registration) => toSourced({ registration, asOf, now, codes }));
    return { records, next, complete: !more, total };
  },

  put: async (entry) => ({ externalId: await write(client, entry) }),

  close: ({ externalId, reason }) => client.closeRegistration(externalId, reason),
});

/** The number decides who somebody is, so the registration that holds it is the one that is written. */
const write = async (client: Client, entry: RosterEntry): Promise<ExternalId> => {
  const wanted = toRegistration(entry);
  const known = entry.externalId && (await client.replaceRegistration(entry.externalId, wanted));
  const first = known || (await client.register(wanted));
  if ("registration" in first) return first.registration;
  const second = await client.replaceRegistration(first.heldBy, wanted);
  if (second && "registration" in second) return second.registration;
  throw new AdapterError("unavailable", "the number moved to another registration meanwhile");
};

const invite = ({ client, codes, ctx }: Connected): Ports["invite"] => ({
  async send(request) {
    const wanted = toInvitation(request, codes);
    const known = await client.invite(wanted);
    if (known) return whenItLeft({ client, ctx }, known);
    const registrationId = await enlist(client, request.guest);
    const made = await client.invite({ ...wanted, recipient: { registrationId } });
    if (made) return whenItLeft({ client, ctx }, made);
    throw new AdapterError("unavailable", "the registration was removed meanwhile");
  },

  revoke: ({ invitation }) => client.revokeInvitation(invitation),

  async answers({ cursor }) {
    const events: PlatformEvent[] = [];
    let page = await client.listAnswers(cursor);
    events.push(...page.items.map(toEvent));
    // What is left has its turn with the next reading, and so has a platform that always says there is more.
    while (page.more && events.length < answersAtOnce) {
      page = await client.listAnswers(page.cursor);
      events.push(...page.items.map(toEvent));
    }
    return { events, next: page.cursor };
  },
});

const answersAtOnce = 5_000;

/** Leaves a registration that holds the number as it is, because a guest says less than a roster entry. */
const enlist = async (client: Client, guest: Guest): Promise<ExternalId> => {
  const written = await client.register(guestRegistration(guest));
  return "registration" in written ? written.registration : written.heldBy;
};

const looks = 5;
const betweenLooksMs = 2_000;

/** In Qvax's queue is not yet sent, and the window starts only when the message has left (F03). */
const whenItLeft = async (
  { client, ctx }: Pick<Connected, "client" | "ctx">,
  made: Invitation,
): Promise<InviteReceipt> => {
  let seen = made;
  for (let look = 0; look < looks && seen.state === "queued"; look += 1) {
    await ctx.sleep(betweenLooksMs);
    seen = await client.readInvitation(seen.externalId);
  }
  if (seen.sentAt) return { state: "taken", at: seen.sentAt };
  if (seen.state === "queued") throw new AdapterError("unknown", "Qvax has not sent the message yet");
  throw new AdapterError("rejected", "the invitation was over before its message left");
};
