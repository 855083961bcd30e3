import { join } from "node:path";
import { sql as text } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deps } from "../../gateway/flows/deps.ts";
import { acrossRegions, type Db, narrowed, openDb } from "../../gateway/store/db.ts";
import { migrate } from "../../gateway/store/migrate.ts";
import { temporaryFolder } from "../support/folder.ts";
import { afternoon } from "../support/gateway.ts";
import { testDatabase } from "../support/postgres.ts";
import { quiet } from "../support/quiet.ts";
import { brussels, charleroi, fillTwoRegions, pacheco, wallonia } from "./two-regions.ts";

/* The database keeps a caller to their regions by itself: every query here has forgotten its `where` on purpose. */

/** Tables that a caller may read whole, and why; on all others that they may read at all, a policy keeps them. */
const readWhole: Record<string, string> = {
  regions: "told to everybody (GET /v1/regions)",
  centres: "told to everybody (GET /v1/centres)",
  tallies: "counts of nobody, by which all regions learn from each other how people answer",
  requests: "by the key of whoever asked, before a region is known; the replies are sealed",
  consent_texts: "what anybody may read before they consent",
  readings: "how far the list of a platform was read, which serves several regions",
  reconciliations: "of a platform, which serves several regions, and told to every agency",
  day_reports: "which days were counted, and when; the numbers are kept to their places",
};

/** Tables that a caller may not even ask. */
const closed = [
  ..."audit_reach beginnings blocks data_keys deliveries directory drifts feeds former_identities".split(" "),
  ..."identity_words keys migrations officials platform_health platform_hours platform_turns".split(" "),
  ..."release_files release_parts releases replicas reveals tokens told tombstones twin_identities week_figures wrong_tries".split(
    " ",
  ),
  // Orders are given and never read.
  "outbox",
];

const home = await temporaryFolder();
const onServer = await testDatabase();
const embedded = await openDb({ directory: join(home, "data") }, quiet);
await migrate(embedded.sql);
afterAll(async () => {
  await embedded.close();
  await onServer.close();
});

type Row = Record<string, unknown>;
const all = async (db: Db, table: string): Promise<Row[]> => [
  ...(await db.execute<Row>(text`select * from ${text.identifier(table)}`)),
];

/** The regions that a row is of: its own, or those of whom it is about. */
const regionsOf = (row: Row, of: ReadonlyMap<unknown, unknown>): unknown[] => {
  if (Array.isArray(row.regions)) return row.regions;
  return "region" in row ? [row.region] : [of.get(row.volunteer ?? row.webhook)];
};

const refused = /row-level security|permission denied/;

describe.each([onServer, embedded])("on $kind", (database) => {
  const { orm, sql } = database;
  let deps: Deps;
  let ofBrussels: Db;
  let regionOf: Map<unknown, unknown>;
  beforeAll(async () => {
    deps = await fillTwoRegions(database);
    ofBrussels = narrowed(deps.db, { regions: [brussels] });
    regionOf = new Map((await all(orm, "volunteers")).map(({ id, region }) => [id, region]));
    for (const { id, regions } of await all(orm, "webhooks")) regionOf.set(id, (regions as string[])[0]);
  });

  test("every table is closed to callers, or kept to their regions by a policy, or says here why not", async () => {
    const tables = await sql<{ name: string; reads: boolean; kept: boolean }[]>`
      select c.relname as name, has_any_column_privilege('everydose_tenant', c.oid, 'select') as reads,
        c.relrowsecurity and exists (
          select from pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*')
            and pg_get_expr(p.polqual, p.polrelid) <> 'true') as kept
      from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`;
    expect(new Set(tables.flatMap(({ name, reads }) => (reads ? [] : name)))).toEqual(new Set(closed));
    const open = tables.flatMap(({ name, reads, kept }) => (reads && !kept ? name : []));
    expect(new Set(open)).toEqual(new Set(Object.keys(readWhole)));
    const views = await sql<{ name: string }[]>`
      select c.relname as name from pg_class c where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace
      and has_any_column_privilege('everydose_tenant', c.oid, 'select')`;
    expect([...views], "a view reads with the rights of its owner").toEqual([]);
  });

  test("a query without a `where` finds the caller's own region and no other", async () => {
    const kept = await sql<{ name: string }[]>`
      select c.relname as name from pg_class c where c.relrowsecurity and c.relnamespace = 'public'::regnamespace
      and has_any_column_privilege('everydose_tenant', c.oid, 'select')`;
    const tables = kept.map(({ name }) => name).filter((name) => !(name in readWhole));
    expect(tables.length).toBeGreaterThan(12);
    for (const table of tables) {
      const there = await all(orm, table);
      const foreign = there.filter((row) => regionsOf(row, regionOf).includes(wallonia));
      expect(foreign.length, `${table} holds rows of the other region`).toBeGreaterThan(0);
      const seen = await all(ofBrussels, table);
      expect(seen.length, `${table} is seen`).toBeGreaterThan(0);
      const regions = seen
        .flatMap((row) => regionsOf(row, regionOf))
        .filter((region) => region !== undefined);
      // The campaign of the files is of no region and of all.
      expect(new Set(regions), `${table} shows`).toEqual(new Set([brussels]));
    }
  });

  test("a pair across two regions is seen by whoever reaches both", async () => {
    const across = (rows: Row[]) => rows.filter(({ regions }) => (regions as string[]).length > 1);
    expect(across(await all(ofBrussels, "pairs"))).toEqual([]);
    const both = narrowed(orm, { regions: [brussels, wallonia] });
    expect(across(await all(both, "pairs"))).toHaveLength(16);
  });

  test("a caller of one centre finds its doses and bookings alone, and the people of its region", async () => {
    const ofPacheco = narrowed(orm, { centres: [pacheco] });
    for (const table of ["surpluses", "invitations", "bookings"]) {
      const seen = await all(ofPacheco, table);
      expect(new Set(seen.map(({ centre }) => centre)), table).toEqual(new Set([pacheco]));
      expect(await all(narrowed(orm, { regions: [brussels], centres: [charleroi] }), table)).toEqual([]);
    }
    const people = await all(ofPacheco, "volunteers");
    expect(new Set(people.map(({ region }) => region))).toEqual(new Set([brussels]));
  });

  test("whoever names no region sees nothing", async () => {
    for (const reach of [{ regions: [] }, { centres: [] }, { regions: [], centres: [pacheco] }])
      for (const table of ["volunteers", "surpluses", "invitations", "doses", "audit", "queue", "pairs"])
        expect(await all(narrowed(orm, reach), table), table).toEqual([]);
    const bare = await sql.begin(async (tx) => {
      await tx`set local role everydose_tenant`;
      return [...(await tx`select * from volunteers`), ...(await tx`select * from surpluses`)];
    });
    expect(bare).toEqual([]);
  });

  test("nothing is put into another region", async () => {
    const orders = [
      text`insert into policies (region, version, from_at, rules, campaign)
        select 'wallonia', version + 100, from_at, rules, campaign from policies limit 1`,
      text`insert into bindings (id, region, role, platform)
        select gen_random_uuid(), 'wallonia', role, platform from bindings limit 1`,
      text`insert into surpluses (id, region, campaign, centre, vaccine, usable_until, announced_at, state)
        select gen_random_uuid(), 'wallonia', campaign, centre, vaccine, usable_until, announced_at, state
        from surpluses limit 1`,
      text`insert into audit (at, region, actor, event, facts) values (now(), 'wallonia', 'me', 'anything', '{}')`,
      text`update surpluses set region = 'wallonia'`,
      text`update volunteers set region = 'wallonia'`,
      text`update invitations set region = 'wallonia'`,
      text`update bindings set region = 'wallonia'`,
      text`update campaigns set regions = '{wallonia}'`,
      text`update pairs set regions = '{wallonia}'`,
      text`insert into campaigns (id, origin, opened_at, regions) select 'more', id, now(), '{brussels,wallonia}' from campaigns limit 1`,
      text`insert into tallies values ('charleroi', '18-29', 'early', 'letter', 1, 1)`,
      text`insert into volunteers select * from volunteers`,
      text`update regions set document = '{}'`,
      text`delete from volunteers`,
    ];
    for (const order of orders) await expect(ofBrussels.execute(order)).rejects.toThrow(refused);
    const [foreign] = await sql<{ id: string }[]>`select id from surpluses where region = 'wallonia'`;
    const wake = JSON.stringify({ kind: "wake", surplus: foreign?.id, at: afternoon });
    const order = text`
      insert into outbox (effect, due_at, created_at) values (${wake}::text::jsonb, now(), now())`;
    await expect(ofBrussels.execute(order)).rejects.toThrow(refused);
  });

  test("a change or a deletion without a `where` leaves what is another region's as it was", async () => {
    const before = await sql`select * from surpluses where region <> 'brussels' order by id`;
    const bound = await sql`select * from bindings where region <> 'brussels' order by id`;
    await ofBrussels.execute(text`update surpluses set state = 'closed'`);
    await ofBrussels.execute(text`delete from bindings`);
    expect([...(await sql`select * from surpluses where region <> 'brussels' order by id`)]).toEqual([
      ...before,
    ]);
    expect([...(await sql`select * from bindings where region <> 'brussels' order by id`)]).toEqual([
      ...bound,
    ]);
    expect([...(await sql`select distinct state from surpluses where region = 'brussels'`)]).toEqual([
      { state: "closed" },
    ]);
    expect([...(await sql`select from bindings where region = 'brussels'`)]).toEqual([]);
  });

  test("nothing of a caller's reach is left on the connection after their transaction, however it ended", async () => {
    const left = () => sql`
      select current_user = session_user as own, coalesce(current_setting('everydose.regions', true), '') as regions`;
    const untouched = [{ own: true, regions: "" }];
    const every = async () => {
      // As many as the pool has connections, and more.
      for (const rows of await Promise.all(Array.from({ length: 12 }, left)))
        expect([...rows]).toEqual(untouched);
    };
    await Promise.all(Array.from({ length: 12 }, () => all(ofBrussels, "surpluses")));
    await every();
    const failing = ofBrussels.transaction(async (tx) => {
      await all(tx, "surpluses");
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    await expect(ofBrussels.execute(text`select 1/0`)).rejects.toThrow();
    await every();
    expect(new Set((await all(orm, "surpluses")).map(({ region }) => region)).size).toBe(2);
  });

  test("what is done across regions ends with it, also where it is refused", async () => {
    await ofBrussels.transaction(async (tx) => {
      const [mine, everybody] = [
        await all(tx, "volunteers"),
        await acrossRegions(tx, (wide) => all(wide, "volunteers")),
      ];
      expect([mine.length, everybody.length]).toEqual([4, 8]);
      expect(await all(tx, "volunteers")).toHaveLength(4);
      const no = acrossRegions(tx, async () => {
        throw new Error("refused on purpose");
      });
      await expect(no).rejects.toThrow("refused on purpose");
      expect(await all(tx, "volunteers")).toHaveLength(4);
      const failed = tx.transaction((saved) =>
        acrossRegions(saved, (wide) => wide.execute(text`select 1/0`)),
      );
      await expect(failed).rejects.toThrow();
      expect(await all(tx, "volunteers")).toHaveLength(4);
    });
    expect(await acrossRegions(ofBrussels, (wide) => all(wide, "volunteers"))).toHaveLength(8);
    expect(await acrossRegions(orm, (wide) => all(wide, "volunteers"))).toHaveLength(8);
  });
});
