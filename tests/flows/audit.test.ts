import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { exportAudit } from "../../gateway/flows/audit/export.ts";
import { BrokenChain, linkAudit } from "../../gateway/flows/audit/link.ts";
import { verifyAudit } from "../../gateway/flows/audit/verify.ts";
import * as audit from "../../gateway/store/audit.ts";
import type { RegionId } from "../../schema/primitives.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";

/* The audit as a chain: what somebody with the database in their hands can do to it, and how it shows. */

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps();
});
afterEach(() => world.close());

const region = (name: string) => name as RegionId;
const write = async (count: number, of: string | null = "wallonia") => {
  for (let nth = 1; nth <= count; nth += 1) {
    const subject = world.deps.uuid();
    const facts = { nth, deep: { b: [1, { z: 1, a: 2 }], a: subject } };
    const where = of === null ? {} : { region: region(of) };
    await audit.note(world.deps.db, {
      at: world.clock.now(),
      ...where,
      actor: "gateway",
      event: "tried",
      subject,
      facts,
    });
  }
};
/** As somebody who owns the database can, past every trigger and reference. */
const behindItsBack = (work: (sql: TestDeps["database"]["sql"]) => Promise<unknown>) =>
  world.database.sql.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await work(sql as unknown as TestDeps["database"]["sql"]);
  });
const signal = () => {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
};
const findings = async () =>
  (await verifyAudit(world.deps)).findings.map(({ what, number }) => [what, number]);

describe("a chain that nobody touched", () => {
  test("is whole in every region, and says how far it reaches", async () => {
    await write(3);
    await write(2, "brussels");
    await write(1, null);
    expect(await verifyAudit(world.deps)).toMatchObject({ heads: [], lines: 0, waiting: 6, findings: [] });
    expect(await linkAudit(world.deps)).toBe(false);
    await write(2);
    await linkAudit(world.deps);
    await linkAudit(world.deps);
    const { heads, ...rest } = await verifyAudit(world.deps);
    expect(heads.map(({ region, number }) => [region, number])).toEqual([
      ["", 1],
      ["brussels", 2],
      ["wallonia", 5],
    ]);
    expect(rest).toEqual({ lines: 8, waiting: 0, findings: [] });
  });

  test("holds a line that was written before, and committed after those that are linked", async () => {
    const { sql } = world.database;
    await write(1);
    const written = signal();
    const may = signal();
    const slow = sql.begin(async (tx) => {
      await tx`insert into audit (at, region, actor, event, facts) values (now(), 'wallonia', 'slow', 'tried', '{}')`;
      written.give();
      await may.given;
    });
    await written.given;
    await write(2);
    for (let minutes = 0; minutes < 5; minutes += 1) {
      await linkAudit(world.deps);
      world.clock.advance(2);
    }
    may.give();
    await slow;
    await linkAudit(world.deps);
    expect(await verifyAudit(world.deps)).toMatchObject({ lines: 4, waiting: 0, findings: [] });
    // Transactions of the server's other databases count as well, and end in a while.
    await vi.waitFor(
      async () => {
        await linkAudit(world.deps);
        world.clock.advance(2);
        const [reach] = await sql`select below::int from audit_reach`;
        expect(reach?.below).toBe(4);
      },
      { timeout: 60_000 },
    );
  });

  test("is linked once by however many gateways do it at once", async () => {
    await write(40);
    await Promise.all(Array.from({ length: 6 }, () => linkAudit(world.deps)));
    await linkAudit(world.deps);
    expect(await verifyAudit(world.deps)).toMatchObject({ lines: 40, findings: [] });
  });

  test("its lines stay as they were written, for whoever writes as the gateway does", async () => {
    await write(1);
    await linkAudit(world.deps);
    const { sql } = world.database;
    for (const statement of [
      "update audit set actor = 'nobody'",
      "delete from audit",
      "truncate audit cascade",
      "update audit_links set hash = ''",
      "delete from audit_checkpoints",
    ])
      await expect(sql.unsafe(statement)).rejects.toThrow("stays as it was written");
  });
});

describe("a chain that somebody touched", () => {
  beforeEach(async () => {
    await write(6);
    await linkAudit(world.deps);
    for (let turn = 0; turn < 3; turn += 1) {
      world.clock.advance(2);
      await linkAudit(world.deps);
    }
  });

  test("shows a changed line", async () => {
    await behindItsBack((sql) => sql`update audit set facts = '{"nth": 7}' where id = 3`);
    expect(await findings()).toEqual([["changed", 3]]);
  });

  test("shows a removed line", async () => {
    await behindItsBack((sql) => sql`delete from audit where id = 3`);
    expect(await findings()).toEqual([["removed", 3]]);
  });

  test("shows a line that was removed with its link", async () => {
    await behindItsBack(async (sql) => {
      await sql`delete from audit_links where line = 3`;
      await sql`delete from audit where id = 3`;
    });
    expect(await findings()).toContainEqual(["removed", 3]);
  });

  test("shows an inserted line", async () => {
    await behindItsBack(
      (sql) => sql`insert into audit (id, at, region, actor, event, facts) overriding system value
        values (0, now(), 'wallonia', 'staff', 'tried', '{}')`,
    );
    expect(await findings()).toEqual([["inserted", undefined]]);
  });

  test("shows two lines in each other's place", async () => {
    await behindItsBack(async (sql) => {
      for (const [from, to] of [
        [2, 0],
        [4, 2],
        [0, 4],
      ])
        await sql`with moved as (delete from audit where id = ${from as number} returning *)
          insert into audit (id, at, region, actor, event, subject, facts) overriding system value
          select ${to as number}, at, region, actor, event, subject, facts from moved`;
    });
    expect(await findings()).toEqual([
      ["reordered", 2],
      ["reordered", 4],
    ]);
  });

  test("shows a chain that was written anew without the key, and hangs nothing on to it", async () => {
    const { deps } = world;
    await behindItsBack(async (sql) => {
      await sql`update audit set actor = 'nobody' where id = 6`;
      await sql`delete from audit_links where number = 6`;
      await sql`delete from audit_checkpoints`;
      await sql`update audit_reach set below = 0`;
    });
    await write(1);
    await expect(linkAudit(deps)).rejects.toThrow(BrokenChain);
    const { findings, waiting } = await verifyAudit(deps);
    expect(findings).toEqual([{ region: "wallonia", number: 5, what: "unsigned" }]);
    expect(waiting).toBe(2);
  });

  test("shows an end that was cut off whole, to whoever kept how far it reached", async () => {
    const { heads } = await verifyAudit(world.deps);
    await write(2);
    await linkAudit(world.deps);
    await behindItsBack(async (sql) => {
      await sql`delete from audit_checkpoints`;
      await sql`delete from audit_links`;
      await sql`delete from audit where id > 4`;
      await sql`update audit_reach set below = 0`;
    });
    await linkAudit(world.deps);
    expect((await verifyAudit(world.deps)).findings).toEqual([]);
    expect((await verifyAudit(world.deps, heads)).findings).toMatchObject([{ what: "removed", number: 6 }]);
  });

  test("holds up no other region", async () => {
    await behindItsBack((sql) => sql`delete from audit_links where number = 6`);
    await write(1);
    await write(2, "brussels");
    await expect(linkAudit(world.deps)).rejects.toThrow("wallonia");
    expect((await verifyAudit(world.deps)).heads).toContainEqual(
      expect.objectContaining({ region: "brussels", number: 2 }),
    );
  });
});

test("what is exported holds no id, and its chain can be checked by whoever has it alone", async () => {
  await write(4);
  await linkAudit(world.deps);
  const lines: Record<string, unknown>[] = [];
  for await (const line of exportAudit(world.deps, "wallonia")) lines.push(line as Record<string, unknown>);
  expect(lines).toHaveLength(5);
  const ids = await world.database.sql`select subject from audit`;
  for (const { subject } of ids) expect(JSON.stringify(lines)).not.toContain(subject);
  const { createHash } = await import("node:crypto");
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  let before = "";
  for (const { number, lineHash, hash: told } of lines.slice(0, 4)) {
    before = hash(JSON.stringify(["wallonia", number, before, lineHash]));
    expect(told).toBe(before);
  }
  expect(lines[4]).toMatchObject({ signed: 4, hash: before });
});
