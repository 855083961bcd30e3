import { expect, test } from "vitest";
import { answer, readInvitation } from "../../gateway/flows/answer.ts";
import { messageToWrite } from "../../gateway/flows/carry.ts";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { change, pause, read, resume, stand, withdraw } from "../../gateway/flows/manage.ts";
import { openPersonal } from "../../gateway/flows/personal.ts";
import { forgetOld } from "../../gateway/flows/remember.ts";
import { ids, inScene, type Scene } from "../record/story.ts";
import { newVolunteer } from "../support/gateway.ts";
import { ask, outcomes } from "./scene.ts";

/* The second factor: what is personal opens to whoever holds a link and knows the birth date. */

const someone = newVolunteer({ born: "1950-01-15" });
const right = { birthDate: "1950-01-15" };
const wrong = { birthDate: "1950-01-16" };
const url = /^[\w-]{32}$/;

const linkOf = async (world: Scene): Promise<string> => {
  const [volunteer] = ids(world);
  const letter = volunteer && (await messageToWrite(world.deps, { volunteer, tokens: ["letter"] }));
  return letter?.issued.letter ?? "";
};

test("the link of a letter alone says how it stands, pauses, resumes and leaves; it shows and changes nothing personal", () =>
  inScene([someone], async (world) => {
    const { deps } = world;
    const link = await linkOf(world);
    const standing = {
      region: "wallonia",
      state: "active",
      language: "fr",
      consent: { textVersion: "2021-04" },
    };
    expect(await stand(deps, link)).toEqual(standing);
    for (const act of [() => read(deps, link), () => change(deps, link, { postcode: "6001" })])
      await expect(act()).rejects.toMatchObject({ code: "birth_date_needed" });
    expect(await pause(deps, link)).toEqual({ ...standing, state: "paused" });
    expect(await resume(deps, link)).toEqual(standing);
    await withdraw(deps, link, "volunteer");
    await expect(stand(deps, link)).rejects.toMatchObject({ code: "token_not_valid" });
  }));

test("with the birth date it opens for half an hour, and the audit says so", () =>
  inScene([someone], async (world) => {
    const { deps, clock, database } = world;
    const link = await linkOf(world);
    await expect(openPersonal(deps, link, wrong)).rejects.toMatchObject({ code: "birth_date_wrong" });
    const { token } = await openPersonal(deps, link, right);
    expect(await read(deps, token)).toMatchObject({ givenName: "Jean", postcode: "6000" });
    expect(await change(deps, token, { postcode: "6001" })).toMatchObject({ postcode: "6001" });
    clock.advance(30);
    await expect(read(deps, token)).rejects.toMatchObject({ code: "token_not_valid" });
    const lines =
      await database.sql`select event, actor, subject from audit where event like '%opened' order by id`;
    const [subject] = ids(world);
    expect(lines).toEqual([
      { event: "volunteer.not-opened", actor: "volunteer", subject },
      { event: "volunteer.opened", actor: "volunteer", subject },
    ]);
  }));

test("whoever has just registered has said all of it; an hour later their link is one like any other", () =>
  inScene([someone], async ({ deps, clock, registered }) => {
    const token = registered[0]?.token ?? "";
    clock.advance(60);
    expect((await read(deps, token)).givenName).toBe("Jean");
    clock.advance(1);
    await expect(read(deps, token)).rejects.toMatchObject({ code: "birth_date_needed" });
    expect((await openPersonal(deps, token, right)).token).toMatch(url);
  }));

test("after five wrong tries a link waits for an hour; a fresh one does not, and the dose is answered all the while", () =>
  inScene([someone], async (world) => {
    const { deps, clock } = world;
    const { asked } = await ask(world, 1);
    const link = asked[0]?.token ?? "";
    // Many at once are looked at no oftener, and what is not looked at uses up nothing of the person's.
    const tried = await outcomes(Array.from({ length: 40 }, () => openPersonal(deps, link, wrong)));
    const looked = tried.filter((code) => code === "birth_date_wrong");
    expect([looked.length, tried.filter((code) => code === "tries_spent").length]).toEqual([5, 35]);
    await expect(openPersonal(deps, link, right)).rejects.toMatchObject({
      code: "tries_spent",
      retryAfterSeconds: 3600,
    });
    expect((await answer(deps, link, "yes")).state).toBe("accepted");
    expect((await openPersonal(deps, await linkOf(world), right)).token).toMatch(url);
    clock.advance(60);
    expect((await openPersonal(deps, link, right)).token).toMatch(url);
  }));

test("of one person no more than twenty a day are looked at, by however many links", () =>
  inScene([someone], async (world) => {
    const codes: string[] = [];
    for (let link = 0; link < 5; link += 1) {
      const token = await linkOf(world);
      const tries = Array.from({ length: 5 }, () => openPersonal(world.deps, token, wrong));
      codes.push(...(await outcomes(tries)));
    }
    expect(codes.filter((code) => code === "birth_date_wrong")).toHaveLength(20);
    world.clock.advance(24 * 60);
    expect((await openPersonal(world.deps, await linkOf(world), right)).token).toMatch(url);
  }));

test("an address that tries its way through many people's links is stopped, and others are not", () =>
  inScene([someone], async (world) => {
    const address = "192.0.2.1";
    const key = world.deps.vault.digest("tries", `address ${address}`);
    const link = await linkOf(world);
    const tried = () => openPersonal(world.deps, link, { ...right, address });
    expect((await tried()).token).toMatch(url);
    await world.database.sql`update wrong_tries set count = 60 where key = ${Buffer.from(key)}`;
    await expect(tried()).rejects.toMatchObject({ code: "tries_spent" });
    expect((await openPersonal(world.deps, link, { ...right, address: "192.0.2.2" })).token).toMatch(url);
  }));

test("right ones cost nothing, what was counted is forgotten, and no address lies in clear", () =>
  inScene([someone], async (world) => {
    const { deps, clock, database } = world;
    const link = await linkOf(world);
    for (let times = 0; times < 8; times += 1)
      await openPersonal(deps, link, { ...right, address: "192.0.2.1" });
    const rows = await database.sql`select count, to_jsonb(t)::text as text from wrong_tries t`;
    expect(rows.map(({ count }) => count)).toEqual([0, 0, 0]);
    expect(JSON.stringify(rows)).not.toContain("192.0.2.1");
    clock.advance(24 * 60);
    await forgetOld(deps);
    expect(await database.sql`select from wrong_tries`).toHaveLength(0);
  }));

test("whoever was put on a list by year says the year and the postcode that the list has", () =>
  inScene([someone], async (world) => {
    const { deps, database } = world;
    await database.sql`update volunteers set birth_year_only = true, birth_date = '1950-12-31'`;
    const link = await linkOf(world);
    const tried = (known: { birthDate: string; postcode?: string }) => openPersonal(deps, link, known);
    await expect(tried(right)).rejects.toMatchObject({ code: "birth_date_wrong" });
    await expect(tried({ ...right, postcode: "6001" })).rejects.toMatchObject({ code: "birth_date_wrong" });
    expect((await tried({ ...right, postcode: "6000" })).token).toMatch(url);
    await database.sql`update volunteers set postcode = null`;
    expect((await tried({ birthDate: "1950-07-01" })).token).toMatch(url);
  }));

test("an invitation's link shows what is needed to travel or decline, and why they were asked only with the birth date", () =>
  inScene([someone], async (world) => {
    const { asked } = await ask(world, 1);
    const link = asked[0]?.token ?? "";
    const shown = await readInvitation(world.deps, link);
    expect(shown).toMatchObject({ state: "open", centre: { id: "charleroi" } });
    expect(Object.keys(shown)).not.toEqual(expect.arrayContaining(["reason"]));
    expect(JSON.stringify(shown)).not.toMatch(/65-plus|explanation|"age"/);
    const { token } = await openPersonal(world.deps, link, right);
    expect(await readInvitation(world.deps, token)).toMatchObject({ reason: { age: 71 } });
    // The link of a letter opens no invitation, and an invitation's no registration.
    await expect(readInvitation(world.deps, await linkOf(world))).rejects.toMatchObject({
      code: "token_not_valid",
    });
    await expect(stand(world.deps, link)).rejects.toMatchObject({ code: "token_not_valid" });
  }));

test("a link has 192 bits by chance, lies as a digest alone, and opens nothing once it is old or ended", () =>
  inScene([someone], async (world) => {
    const { deps, clock, database } = world;
    const one = await linkOf(world);
    const links = [one, await linkOf(world)];
    expect(new Set(links).size).toBe(2);
    for (const link of links) expect(Buffer.from(link, "base64url")).toHaveLength(24);
    const rows = await database.sql`select to_jsonb(t)::text as text from tokens t`;
    for (const link of links) expect(JSON.stringify(rows)).not.toContain(link);
    for (const link of links)
      expect(JSON.stringify(rows)).not.toContain(Buffer.from(link, "base64url").toString("hex"));
    clock.advance(90 * 24 * 60 - 1);
    expect((await stand(deps, one)).state).toBe("active");
    clock.advance(1);
    await expect(stand(deps, one)).rejects.toMatchObject({ code: "token_not_valid" });
    const manage = world.registered[0]?.token ?? "";
    expect((await stand(deps, manage)).state).toBe("active");
    clock.advance(90 * 24 * 60);
    await expect(stand(deps, manage)).rejects.toMatchObject({ code: "token_not_valid" });
  }));

test("the token of a registration comes from the same chance", () =>
  inScene([], async ({ deps }) => {
    const intake = openIntake(deps, { log: { info: () => undefined, warn: () => undefined } });
    const { body } = await intake.register({ input: someone, actor: "volunteer" });
    expect(JSON.parse(body).token).toMatch(url);
  }));
