import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { type Db, isDeadlock, isUnreachable, openDb, StoreError } from "../../gateway/store/db.ts";
import { temporaryFolder } from "../support/folder.ts";
import { testDatabase } from "../support/postgres.ts";
import { quiet } from "../support/quiet.ts";
import { openWay } from "../support/way.ts";

const server = await testDatabase();
const embedded = await openDb({ directory: await temporaryFolder() }, quiet);
afterAll(async () => {
  await embedded.close();
  await server.close();
});

const secret = "85073003328";
const add = (db: Db, name: string) => db.execute(sql`insert into notes (name) values (${name})`);
const names = async (db: Db) =>
  (await db.execute(sql`select name from notes order by name`)).map((row) => row.name);

test("the server ends a transaction of ours that does nothing for a minute", async () => {
  expect(await server.sql`show idle_in_transaction_session_timeout`).toEqual([
    { idle_in_transaction_session_timeout: "1min" },
  ]);
});

const errorOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

describe.each([server, embedded])("on $kind", (database) => {
  const db = database.orm;

  test("an error leaves with the code and the constraint, and with no data", async () => {
    await db.execute(sql`create table secrets (number text primary key, at uuid, check (number <> 'no'))`);
    const insert = (tx: Db, number: string) => tx.execute(sql`insert into secrets values (${number}, null)`);
    await insert(db, secret);
    const [taken, nested, within, unread, checked] = await Promise.all([
      errorOf(insert(db, secret)),
      errorOf(db.transaction((tx) => tx.transaction((inner) => insert(inner, secret)))),
      errorOf(db.transaction((tx) => insert(tx, secret).catch(() => tx.execute(sql`select 1`)))),
      errorOf(db.execute(sql`insert into secrets values ('x', ${secret}::text::uuid)`)),
      errorOf(insert(db, "no")),
    ]);
    expect(taken).toMatchObject({ name: "StoreError", code: "23505", constraint: "secrets_pkey" });
    expect(unread).toMatchObject({ code: "22P02" });
    expect(checked).toMatchObject({ code: "23514", table: "secrets" });
    for (const error of [taken, nested, within, unread, checked]) {
      expect(error).toBeInstanceOf(StoreError);
      expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(secret);
    }
  });

  test("an error of a mistaken query still says what is mistaken", async () => {
    expect(
      await errorOf(db.execute(sql`select nonsense from pg_class where relname = ${secret}`)),
    ).toMatchObject({
      message: 'column "nonsense" does not exist (42703)',
    });
  });

  test("a query beside a running transaction is neither in it nor stuck behind it for ever", async () => {
    await db.execute(sql`create table notes (name text primary key)`);
    const [started, finish] = [gate(), gate()];
    const doomed = db.transaction(async (tx) => {
      await add(tx, "inside");
      started.open();
      await finish.opened;
      throw new Error("changed my mind");
    });
    await started.opened;
    const outside = add(db, "outside");
    finish.open();
    await expect(doomed).rejects.toThrow("changed my mind");
    await outside;
    expect(await names(db)).toEqual(["outside"]);
  });

  test("a query that its own transaction would wait for is refused", async () => {
    const beside = "a query beside the open transaction";
    await expect(db.transaction(() => add(db, "never"))).rejects.toThrow(beside);
    await expect(db.transaction(() => db.transaction(async (tx) => add(tx, "never")))).rejects.toThrow(
      beside,
    );
    let later: Promise<unknown> | undefined;
    const { open, opened } = gate();
    await db.transaction(async () => {
      later = opened.then(() => add(db, "afterwards"));
    });
    open();
    await later;
    expect(await names(db)).toEqual(["afterwards", "outside"]);
  });

  test("what a savepoint takes back, the transaction around it keeps out", async () => {
    await db.transaction(async (tx) => {
      await add(tx, "kept");
      await errorOf(
        tx.transaction(async (inner) => {
          await add(inner, "taken back");
          throw new Error("no");
        }),
      );
    });
    expect(await names(db)).toEqual(["afterwards", "kept", "outside"]);
  });

  test("many at once, of many shapes, each get their own answer", async () => {
    const asked = Array.from({ length: 300 }, (_, at) => at);
    const answers = await Promise.all(
      asked.map((at) =>
        at % 2
          ? db.execute(sql`select ${at}::int as n`)
          : db.execute(sql`select ${"x"}::text as x, ${at}::int as n`),
      ),
    );
    expect(answers.map(([row]) => row?.n)).toEqual(asked);
  });
});

test("of two transactions that wait for each other one is told so, without data, and may be run again", async () => {
  const db = server.orm;
  await db.execute(sql`create table pair (name text primary key, seen int not null)`);
  await db.execute(sql`insert into pair values ('a', 0), ('b', 0)`);
  const touch = (tx: Db, name: string) =>
    tx.execute(sql`update pair set seen = seen + 1 where name = ${name}`);
  const [hasA, hasB] = [gate(), gate()];
  const outcomes = await Promise.all([
    errorOf(
      db.transaction(async (tx) => {
        await touch(tx, "a");
        hasA.open();
        await hasB.opened;
        await touch(tx, "b");
      }),
    ),
    errorOf(
      db.transaction(async (tx) => {
        await touch(tx, "b");
        hasB.open();
        await hasA.opened;
        await touch(tx, "a");
      }),
    ),
  ]);
  expect(outcomes.filter((error) => error === undefined)).toHaveLength(1);
  expect(outcomes.filter(isDeadlock)).toHaveLength(1);
});

describe("a server that went away in the middle of a transaction ended the whole gateway", () => {
  const endOf = async (tx: Db) => {
    const [row] = await tx.execute(sql`select pg_backend_pid() as pid`);
    return () => server.sql`select pg_terminate_backend(${Number(row?.pid)})`;
  };
  const usable = async () => {
    await setImmediate();
    expect(await server.orm.execute(sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
  };

  test("while a query of it ran, in a savepoint or not", async () => {
    const asleep = (tx: Db) => tx.execute(sql`select pg_sleep(60)`);
    for (const work of [asleep, (tx: Db) => tx.transaction(asleep)]) {
      const told = await errorOf(
        server.orm.transaction(async (tx) => {
          const end = await endOf(tx);
          await Promise.all([work(tx), end()]);
        }),
      );
      expect(told).toSatisfy(isUnreachable);
      await usable();
    }
  });

  test("while it waited for something else, and then went on or was done", async () => {
    for (const further of [(tx: Db) => names(tx), async () => []]) {
      const [wait, over] = [gate(), gate()];
      const told = await errorOf(
        server.orm.transaction(async (tx) => {
          await (await endOf(tx))();
          await wait.opened;
          await errorOf(further(tx));
          over.open();
        }),
      );
      expect(told).toSatisfy(isUnreachable);
      wait.open();
      await over.opened;
      await usable();
    }
  });
});

test("a server that does not answer is an error without its address", async () => {
  const error = await errorOf(openDb({ url: "postgres://someone:password@127.0.0.1:1/none" }, quiet));
  expect(error).toMatchObject({ name: "StoreError", code: "ECONNREFUSED" });
  expect(inspect(error, { showHidden: true, depth: 9 })).not.toMatch(/password|someone/);
});

test("after a long outage nobody waits as long again: a question is answered soon after the server is back", async () => {
  const way = await openWay(server.url);
  const { orm, close } = await openDb({ url: way.url, connections: 1 }, quiet);
  await way.shut();
  for (let tries = 0; tries < 8; tries += 1) await errorOf(orm.execute(sql`select 1`));
  await way.open();
  const began = performance.now();
  await orm.execute(sql`select 1`);
  // The driver's own pause would be 10 to 20 seconds by now; ours is one at most.
  expect(performance.now() - began).toBeLessThan(6_000);
  await close();
  await way.shut();
});
