import { isUtf8 } from "node:buffer";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { announceAll } from "../../gateway/sandbox/demo/announcements.ts";
import { playEvening } from "../../gateway/sandbox/demo/evening.ts";
import { readLists } from "../../gateway/sandbox/demo/lists.ts";
import { openStage, type Stage } from "../../gateway/sandbox/demo/stage.ts";
import type { Message } from "../../gateway/sandbox/mailbox.ts";
import type { RosterEntry } from "../../schema/adapter.ts";
import type { Steps } from "../../schema/steps.ts";
import type { Registered } from "../../schema/volunteer.ts";
import { newVolunteer } from "../support/gateway.ts";

/*
 * The whole evening of `npm run demo` is played, and everything that it left behind is searched for everybody who took
 * part in it: the log, each value of each table, what an auditor reads of each surplus, and everybody else's messages.
 */

type Person = Pick<RosterEntry, "givenName" | "familyName" | "nationalNumber" | "contact">;

const logged: string[] = [];
const log = {
  info: (...line: unknown[]) => void logged.push(JSON.stringify(line)),
  warn: (...line: unknown[]) => void logged.push(JSON.stringify(line)),
};

let stage: Stage;
let people: Person[];
let tokens: Set<string>;
let letters: Message[];
let traces: string[];

/** Names that nobody else has, and that stand in no word of the gateway's. */
const stranger = newVolunteer({
  born: "1922-03-04",
  ...{ givenName: "Quirijntje", familyName: "Zwaenepoelvandamme" },
  contact: { email: "quirijntje@people.example", mobile: "+32499887766" },
  helper: { name: "Wolfhardt Xhoffraix", contact: { email: "wolfhardt@people.example" } },
});

beforeAll(async () => {
  stage = await openStage(log);
  const { client, sandbox } = stage;
  people = [stranger, { ...helperOf(stranger), familyName: "Xhoffraix" }];
  for (const { bench } of sandbox.simulators.values()) {
    const add = bench.addPeople;
    bench.addPeople = (entries) => {
      people.push(...entries);
      return add(entries);
    };
  }
  await readLists(stage);
  const { token } = await client.post<Registered>("/v1/volunteers", { body: stranger });
  // What is refused could be told of as well.
  await client.post("/v1/volunteers", { body: { ...stranger, contact: { mobile: "0499 88 77 66" } } });
  await client.post("/v1/volunteers/recover", { body: { contact: stranger.contact } });
  const surpluses = await announceAll(stage);
  await playEvening(stage, surpluses);
  traces = [];
  for (const { id } of surpluses)
    traces.push(JSON.stringify(await client.get<Steps>(`/v1/surpluses/${id}/steps`)));
  letters = sandbox.postOffice.list();
  const sent = letters.flatMap(({ text }) =>
    [...text.matchAll(/#([\w-]{20,})/g)].map(([, each = ""]) => each),
  );
  tokens = new Set([token, ...sent, ...sandbox.keys.map(({ key }) => key)]);
}, 300_000);
afterAll(() => stage.close());

const helperOf = ({ helper }: typeof stranger): Person => ({
  ...{ givenName: "Wolfhardt", familyName: "", contact: helper?.contact ?? {} },
});

/** Three letters of a sealed value in base 64 are a name by chance: what is short counts where it stands by itself. */
const word = /\p{L}{6,}|(?<![\w+/-])\p{L}{3,}(?:-\p{L}{3,})*(?![\w+/-])/gu;
const words = (text: string): string[] => (text.match(word) ?? []).flatMap((each) => each.split("-"));
/** Bare, or as a card has them: `50.01.15-997.12`. */
const written = /\+?\d{9,}|\d{2}\.\d{2}\.\d{2}[ -]\d{3}[. -]\d{2}/g;
const numbers = (text: string): string[] =>
  (text.match(written) ?? []).map((each) => each.replace(/[. -]/g, ""));
const addresses = (text: string): string[] => text.match(/[\w.+-]+@[\w.-]*\w/g) ?? [];

type Marks = { names: Set<string>; numbers: Set<string>; addresses: Set<string> };
/** By what somebody is known again. */
const marksOf = (some: readonly Person[], { butFor }: { butFor: Set<string> }): Marks => ({
  names: new Set(
    some
      .flatMap(({ givenName, familyName }) => words(`${givenName} ${familyName}`))
      .filter((each) => !butFor.has(each)),
  ),
  numbers: new Set(
    some.flatMap(({ nationalNumber, contact: { mobile } }) =>
      [nationalNumber, mobile, mobile?.slice(1)].flatMap((each) => each ?? []),
    ),
  ),
  addresses: new Set(some.flatMap(({ contact: { email } }) => email ?? [])),
});

const found = (text: string, marks: Marks): string[] => [
  ...words(text).filter((each) => marks.names.has(each)),
  ...numbers(text).filter((each) => marks.numbers.has(each)),
  ...addresses(text).filter((each) => marks.addresses.has(each)),
];
const foundTokens = (text: string): string[] =>
  (text.match(/[\w-]{20,}/g) ?? []).filter((each) => tokens.has(each));

/** Words that stand in the operator's files are no names there: a street and a town have been called after people. */
const publicWords = () => new Set(words(JSON.stringify(stage.federation)));
const everybody = () => marksOf(people, { butFor: publicWords() });

/** What bytes say: a text as a whole, and else what in them is too long to be a word by chance. */
const saidBy = (bytes: Buffer): string =>
  isUtf8(bytes) ? bytes.toString() : (bytes.toString("latin1").match(/[\w+.@-]{6,}/g) ?? []).join(" ");
/** A value as the database shows it, and what its bytes say where it is bytes. */
const readable = (line: string): string =>
  [
    line,
    ...(line.match(/\\x[0-9a-f]+/g) ?? []).map((each) => saidBy(Buffer.from(each.slice(2), "hex"))),
  ].join(" ");

const dump = async (): Promise<Map<string, string[]>> => {
  const { db } = stage.gateway.deps;
  const tables = await db.execute<{ name: string }>(
    sql`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const lines = new Map<string, string[]>();
  for (const { name } of tables) {
    const rows = await db.execute<{ line: string }>(
      sql`select t::text as line from ${sql.identifier(name)} t`,
    );
    lines.set(
      name,
      rows.map(({ line }) => readable(line)),
    );
  }
  return lines;
};

test("the search would find what it looks for", () => {
  const said = `${stranger.familyName} ${stranger.nationalNumber} +32499887766 quirijntje@people.example`;
  expect(found(said, everybody())).toHaveLength(4);
  for (const bytes of [Buffer.from(said), Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(said)])])
    expect(found(readable(`\\x${bytes.toString("hex")}`), everybody())).toHaveLength(4);
  const number = stranger.nationalNumber?.replace(/(..)(..)(..)(...)(..)/, "$1.$2.$3-$4.$5");
  expect(found(`${number}`, everybody())).toEqual([stranger.nationalNumber]);
  expect(found("9Luc+Luc/ Luc_8", everybody())).toEqual([]);
  expect(people.length).toBeGreaterThan(2_000);
  expect(tokens.size).toBeGreaterThan(10);
});

test("nothing of anybody stands in the log", () => {
  const marks = everybody();
  expect(logged.length).toBeGreaterThan(0);
  for (const line of logged) expect([...found(line, marks), ...foundTokens(line)], line).toEqual([]);
});

test("nothing of anybody stands readable in the database", async () => {
  const marks = everybody();
  const lines = await dump();
  expect(lines.get("volunteers")?.length).toBeGreaterThan(2_000);
  const seen = [...lines].flatMap(([table, rows]) =>
    rows.flatMap((line) => [...found(line, marks), ...foundTokens(line)].map((each) => `${table}: ${each}`)),
  );
  expect([...new Set(seen)].slice(0, 20)).toEqual([]);
});

test("what an auditor reads of an evening names nobody", () => {
  const marks = everybody();
  expect(traces.length).toBeGreaterThan(0);
  for (const each of traces) expect([...found(each, marks), ...foundTokens(each)]).toEqual([]);
});

test("a message says nothing of anybody but whom it is for, and no token comes to two people", () => {
  const butFor = publicWords();
  const all = everybody();
  const owners = new Map<string, string>();
  const byContact = new Map(
    people.flatMap((each) =>
      [each.contact.email, each.contact.mobile].flatMap((to) => (to ? [[to, each] as const] : [])),
    ),
  );
  expect(letters.length).toBeGreaterThan(10);
  for (const { to, subject, text } of letters) {
    const person = byContact.get(to);
    const own = person && marksOf([person], { butFor });
    const isOwn = (each: string) =>
      own?.names.has(each) || own?.numbers.has(each) || own?.addresses.has(each);
    expect(
      found(`${subject} ${text}`, all).filter((each) => !isOwn(each)),
      `${to}: ${text}`,
    ).toEqual([]);
    for (const token of foundTokens(text)) {
      const owner = person?.contact.email ?? to;
      expect(owners.get(token) ?? owner).toBe(owner);
      owners.set(token, owner);
    }
  }
});
