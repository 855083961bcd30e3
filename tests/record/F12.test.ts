import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import { write } from "../../gateway/flows/letter.ts";
import { recover } from "../../gateway/flows/recover.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import { ask } from "../flows/scene.ts";
import { nationalNumber, newVolunteer } from "../support/gateway.ts";
import { readInPerson } from "../support/in-person.ts";
import { ids, inScene, type Scene } from "./story.ts";

/* The national number served as a user name at a private company, with an unclear retention term. */

const number = nationalNumber("1950-01-15");
const someone = newVolunteer({ born: "1950-01-15" });

/** As digits, as people write them, and as bytes. */
const forms = [
  number,
  number.replace(/^(\d\d)(\d\d)(\d\d)(\d{3})/, "$1.$2.$3-$4."),
  Buffer.from(number).toString("hex"),
];

const everythingStored = async ({ database: { sql } }: Scene) => {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  expect(tables.length).toBeGreaterThan(10);
  const rows = await Promise.all(
    tables.map(({ name }) => sql<{ text: string }[]>`select to_jsonb(t)::text as text from ${sql(name)} t`),
  );
  return rows.flat().map(({ text }) => text);
};

test("F12: the number is no user name: a whole evening goes by without it, from the first letter to the door", () =>
  inScene([someone], async (world) => {
    const { deps } = world;
    const [volunteer] = ids(world);
    if (!volunteer) throw new Error("nobody registered");
    const letters = [
      await write(deps, { about: "registered", volunteer, publicUrl: "https://everydose.example" }),
    ];
    await recover(deps, someone.contact);
    const link = /#(\S+)/.exec(letters[0]?.letter.body ?? "")?.[1] ?? "";
    const own = await readInPerson(deps, link, "1950-01-15");
    expect(own.nationalNumberKnown).toBe(true);
    const { surplus, asked } = await ask(world, 1);
    const said = await answer(deps, asked[0]?.token ?? "", "yes");
    const shown = JSON.stringify([world.registered, letters, own, said, await whoIsComing(deps, surplus.id)]);
    for (const form of forms) expect(shown).not.toContain(form);
  }));

test("F12: it lies nowhere in clear: not in a table, an order, a kept answer or the audit", () =>
  inScene([someone], async (world) => {
    const { asked } = await ask(world, 1);
    await answer(world.deps, asked[0]?.token ?? "", "yes");
    for (const text of await everythingStored(world))
      for (const form of forms) expect(text).not.toContain(form);
  }));

test("F12: what stands for it in the tables is keyed: nobody finds a number by trying them all", () =>
  inScene([someone], async (world) => {
    const [row] = await world.database.sql<{ identity: Uint8Array; sealed: Uint8Array }[]>`
      select identity_digest as identity, national_sealed as sealed from volunteers`;
    const guesses = ["sha256", "sha1", "md5", "sha512"].flatMap((hash) =>
      [number, `number ${number}`].map((text) => createHash(hash).update(text).digest("hex")),
    );
    const stored = [row?.identity, row?.sealed].map((each) => Buffer.from(each ?? []).toString("hex"));
    for (const guess of guesses) for (const each of stored) expect(each).not.toContain(guess.slice(0, 32));
  }));

test("F12: no address of the API holds a number, and no answer names one but to staff who said why", () => {
  const file = new URL("../../schema/gateway.openapi.json", import.meta.url);
  const { paths } = JSON.parse(readFileSync(file, "utf8")) as {
    paths: Record<
      string,
      Record<string, { parameters?: { name: string }[]; responses: Record<string, unknown> }>
    >;
  };
  for (const [path, methods] of Object.entries(paths)) {
    expect(path).not.toMatch(/number|national/i);
    for (const { parameters = [] } of Object.values(methods))
      for (const { name } of parameters) expect(name).not.toMatch(/number|national/i);
  }
  const telling = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap(({ responses }) =>
      JSON.stringify(responses).includes("Revealed") ? path : [],
    ),
  );
  expect(telling).toEqual(["/v1/bookings/{id}/reveal"]);
});
