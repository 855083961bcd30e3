import { expect, test } from "vitest";
import { noteIdentity } from "../../gateway/flows/carry.ts";
import { withdrawConsent } from "../../gateway/flows/consents.ts";
import { eraseOwn } from "../../gateway/flows/erasure/account.ts";
import { change, pause, read, resume, withdraw } from "../../gateway/flows/manage.ts";
import { openPersonal } from "../../gateway/flows/personal.ts";
import { recover } from "../../gateway/flows/recover.ts";
import { vaccinatedElsewhere } from "../../gateway/flows/sync/elsewhere.ts";
import type { Carrier } from "../../gateway/worker/carrier.ts";
import type { ExternalId, PlatformName } from "../../schema/primitives.ts";
import type { Effect, MessageKind } from "../../schema/surplus.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { newVolunteer } from "../support/gateway.ts";
import { readInPerson } from "../support/in-person.ts";
import { register } from "../support/register.ts";
import { workerOf } from "../worker/worker.ts";
import { ids, inScene, type Scene } from "./story.ts";

/* Entering someone's national number and postcode showed whether they could still book, so whether vaccinated. */

const doclr = "doclr" as PlatformName;
const externalId = "v-1" as ExternalId;
const victim = newVolunteer();
const strangers = { email: "employer@example.org", mobile: "+32460000009" };

test("F20: a stranger who enters a vaccinated person's number sees what anyone new would see", () =>
  inScene([victim], async (world) => {
    const { deps, registered } = world;
    const [first] = registered;
    const [volunteer] = ids(world);
    if (!volunteer || !first) throw new Error("nobody registered");
    await noteIdentity(deps, { platform: doclr, externalId, volunteer });
    await vaccinatedElsewhere(deps, doclr, { externalId, at: deps.now() });

    const tried = await register(deps, { ...victim, contact: strangers }, "volunteer");
    expect(tried.volunteer).toEqual({ ...first.volunteer, id: tried.volunteer.id, contact: strangers });
    expect(await read(deps, tried.token)).toEqual(tried.volunteer);
    expect((await change(deps, tried.token, { postcode: "6001" })).state).toBe("active");
    expect((await pause(deps, tried.token)).state).toBe("paused");
  }));

test("F20: whoever had registered somebody else sees nothing of the dose that they are given, and can do as before", () =>
  inScene([{ ...victim, contact: strangers }], async (world) => {
    const { deps, registered } = world;
    const [token] = registered.map((each) => each.token);
    const [volunteer] = ids(world);
    if (!volunteer || !token) throw new Error("nobody registered");
    const before = await read(deps, token);
    world.clock.advance(60);
    await noteIdentity(deps, { platform: doclr, externalId, volunteer });
    await vaccinatedElsewhere(deps, doclr, { externalId, at: deps.now() });
    const rows = () => world.database.sql`select state, closed_for from volunteers`;
    expect(await rows()).toEqual([{ state: "closed", closed_for: "vaccinated" }]);
    expect(await read(deps, token)).toEqual(before);
    expect((await pause(deps, token)).state).toBe("paused");
    expect((await resume(deps, token)).state).toBe("active");
    await withdraw(deps, token, "volunteer");
    await expect(read(deps, token)).rejects.toMatchObject({ code: "token_not_valid" });
    // Whoever had a dose has had it, whatever they do with their registration.
    expect(await rows()).toEqual([{ state: "closed", closed_for: "vaccinated" }]);
  }));

type Mail = { to?: string; about: MessageKind; token?: string };

/** The world with its worker, and every letter that left. */
const withPost = (world: Scene) => {
  const mails: Mail[] = [];
  const notify: Carrier["notify"] = async ({ contact, letter }) => {
    mails.push({ to: contact.email, about: letter.about, token: /#(\S+)/.exec(letter.body)?.[1] });
    return { at: world.clock.now(), channel: "email" };
  };
  const worker = workerOf(world, { notify });
  /** What leaves at once leaves in no order. */
  const drain = async () => {
    const before = mails.length;
    await worker.drain();
    mails.push(
      ...mails.splice(before).toSorted((one, other) => ((one.to ?? "") < (other.to ?? "") ? -1 : 1)),
    );
    world.clock.advance(1);
  };
  const enter = async (contact: NewVolunteer["contact"]) => {
    const entered = await register(world.deps, { ...victim, contact }, "volunteer");
    await drain();
    return entered;
  };
  const ask = async (contact: NewVolunteer["contact"]) => {
    await recover(world.deps, contact);
    await drain();
  };
  return { mails, drain, enter, ask };
};

const another = { email: "another@example.org", mobile: "+32460000010" };
const withTheirs = { email: "third@example.org", mobile: victim.contact.mobile };

/** All that a stranger can do with a number, and all that they are written. */
const spied = async (world: Scene): Promise<Mail[]> => {
  const { mails, drain, enter, ask } = withPost(world);
  await drain();
  for (const contact of [strangers, strangers, another, withTheirs]) await enter(contact);
  for (const contact of [strangers, another]) await ask(contact);
  world.clock.advance(61);
  for (const contact of [another, strangers]) await enter(contact);
  return mails.filter(({ to }) => to !== victim.contact.email);
};

test("F20: a stranger could tell from their mails who was on the list", async () => {
  const seen: Omit<Mail, "token">[][] = [];
  for (const people of [[victim], []])
    await inScene(people, async (world) => {
      seen.push((await spied(world)).map(({ to, about }) => ({ to, about })));
    });
  const [listed = [], unknown] = seen;
  expect(listed).toEqual(unknown);
  expect(listed.slice(0, 2)).toEqual([
    { to: strangers.email, about: "registered" },
    { to: another.email, about: "registered" },
  ]);
});

test("F20: each letter opens the registration of whoever reads it", () =>
  inScene([victim], async (world) => {
    const { mails, drain, enter } = withPost(world);
    await drain();
    world.clock.advance(61);
    const tried = await enter(strangers);
    const [first] = ids(world);
    const opened = await Promise.all(
      mails.map(async ({ to, about, token }) => [
        to,
        about,
        (await readInPerson(world.deps, token ?? "", "1950-01-15")).id,
      ]),
    );
    expect(opened).toEqual([
      [victim.contact.email, "registered", first],
      [strangers.email, "registered", tried.volunteer.id],
      [victim.contact.email, "registered-again", first],
    ]);
  }));

test("a hundred registrations of one person were a hundred mails", () =>
  inScene([victim], async (world) => {
    const { mails, enter, ask } = withPost(world);
    for (let times = 0; times < 10; times += 1) await enter(victim.contact);
    for (let times = 0; times < 9; times += 1) await ask(victim.contact);
    expect(mails.map(({ about }) => about)).toEqual(["registered", "recovery"]);
    world.clock.advance(61);
    for (let times = 0; times < 10; times += 1) await enter(victim.contact);
    expect(mails.map(({ about }) => about)).toEqual(["registered", "recovery", "registered-again"]);
  }));

test("F20: no link came to whoever had registered somebody else once that one was given a dose", () =>
  inScene([{ ...victim, contact: strangers }], async (world) => {
    const { deps } = world;
    const [volunteer] = ids(world);
    if (!volunteer) throw new Error("nobody registered");
    await noteIdentity(deps, { platform: doclr, externalId, volunteer });
    await vaccinatedElsewhere(deps, doclr, { externalId, at: deps.now() });
    await recover(deps, strangers);
    const { mails, drain } = withPost(world);
    await drain();
    expect(mails.map(({ about }) => about)).toContain("recovery");
  }));

test("whoever has left asks for a link, reads and erases what is still kept, and does not come back by it", () =>
  inScene([victim], async (world) => {
    const { deps, registered } = world;
    const { mails, drain } = withPost(world);
    await withdraw(deps, registered[0]?.token ?? "", "volunteer");
    await recover(deps, victim.contact);
    await drain();
    const link = mails.find(({ about }) => about === "recovery")?.token ?? "";
    expect((await readInPerson(deps, link, "1950-01-15")).state).toBe("withdrawn");
    const said = { token: link, purpose: "called" as const };
    for (const act of [() => resume(deps, link), () => withdrawConsent(deps, said)])
      await expect(act()).rejects.toMatchObject({ code: "not_on_list" });
    const { token } = await openPersonal(deps, link, { birthDate: "1950-01-15" });
    expect((await eraseOwn(deps, token, "volunteer")).erasure.cause).toBe("asked");
  }));

test("F20: asking for a lost token took longer for someone on the list: both leave the same order behind", () =>
  inScene([victim], async ({ deps, database: { sql } }) => {
    await sql`delete from outbox`;
    for (const contact of [strangers, victim.contact]) await recover(deps, contact);
    const orders = await sql<{ effect: Effect }[]>`select effect from outbox`;
    expect(orders.map(({ effect }) => [effect.kind, JSON.stringify(effect).length])).toEqual([
      ["recover", JSON.stringify(orders[0]?.effect).length],
      ["recover", JSON.stringify(orders[0]?.effect).length],
    ]);
    expect(JSON.stringify(orders)).not.toContain("@");
  }));
