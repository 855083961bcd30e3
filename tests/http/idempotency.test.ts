import { afterEach, beforeEach, expect, test } from "vitest";
import { page } from "../../schema/primitives.ts";
import { Surplus } from "../../schema/surplus.ts";
import { leftover, openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const waiting = async (count: number) => {
  const { sql } = scene.database;
  for (;;) {
    const [held] = await sql`select count(*)::int as held from pg_locks
      where not granted and relation = 'surpluses'::regclass`;
    if (held?.held === count) return;
  }
};

test("a first request that hung for over a minute, and not died, announced its doses beside the repeat", async () => {
  const { clock, database, read } = scene;
  const asked = { as: "staff", json: leftover(scene, 3), headers: { "Idempotency-Key": '"slow"' } } as const;
  const announce = () => scene.send("POST", "/v1/surpluses", asked);
  const both = await database.sql.begin(async (held) => {
    await held`lock table surpluses in share row exclusive mode`;
    const first = announce();
    await waiting(1);
    clock.advance(2);
    const repeat = announce();
    await waiting(2);
    return () => Promise.all([first, repeat]);
  });
  const [first, repeat] = await both();
  expect([first.status, repeat.status]).toEqual([409, 201]);
  const { items } = await read(page(Surplus), "GET", "/v1/surpluses", { as: "staff" });
  expect(items).toMatchObject([{ doses: { free: 3 } }]);
  const again = await announce();
  expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
});
