import { afterAll, beforeAll, expect, test } from "vitest";
import { Problem } from "../../schema/errors.ts";
import { Pair, PairDetail } from "../../schema/pair.ts";
import { page } from "../../schema/primitives.ts";
import { openScene, paired, type Scene } from "./scene.ts";

let scene: Scene;
let id: string;
beforeAll(async () => {
  scene = await openScene();
  id = await paired(scene);
});
afterAll(() => scene.close());

const decide = (what: string) => scene.send("POST", `/v1/pairs/${id}/${what}`, { as: "lead" });
const listed = async (state: string) =>
  (await scene.read(page(Pair), "GET", `/v1/pairs?state=${state}`, { as: "agency" })).items;
const code = async (reply: Response) => Problem.parse(await reply.json()).code;

test("both are shown side by side, with codes for reasons and no number", async () => {
  const detail = await scene.read(PairDetail, "GET", `/v1/pairs/${id}`, { as: "lead" });
  expect(detail).toMatchObject({
    ...{
      state: "open",
      regions: ["wallonia"],
      reasons: expect.arrayContaining(["birth-same", "mobile-none"]),
    },
    one: { givenName: "Jean", nationalNumberKnown: false, underWay: "nothing" },
    other: { givenName: "Jean", birthDate: "1950-01-15" },
  });
  expect([detail.one.id, detail.other.id]).toContain(detail.wouldStay);
});

test("a pair is merged once, undone once, and then not shown any more", async () => {
  const merged = await decide("merge");
  expect([merged.status, Pair.parse(await merged.json())]).toMatchObject([
    200,
    { state: "merged", decidedBy: "a key for lead", stays: expect.any(String) },
  ]);
  const again = await decide("merge");
  expect([again.status, await code(again)]).toEqual([409, "pair_decided"]);
  expect([await listed("open"), (await listed("merged")).length]).toEqual([[], 1]);
  expect((await decide("undo")).status).toBe(200);
  expect(await code(await decide("undo"))).toBe("pair_decided");
  expect(await code(await decide("keep-apart"))).toBe("pair_decided");
  expect([await listed("open"), (await listed("undone")).length]).toEqual([[], 1]);
});

test("what is asked wrongly is refused in words", async () => {
  const ask = async (path: string) => {
    const reply = await scene.send("GET", path, { as: "lead" });
    return [reply.status, await code(reply)];
  };
  expect(await ask("/v1/pairs?state=perhaps")).toEqual([400, "invalid_input"]);
  expect(await ask("/v1/pairs?cursor=1~2~3")).toEqual([400, "invalid_input"]);
  expect(await ask("/v1/pairs/0f8fad5b-d9cb-469f-a165-70867728950e")).toEqual([404, "not_found"]);
});

test("who looked at two people, and who decided, is in the audit, and nobody's name is", async () => {
  const lines = await scene.database.sql`
    select event, actor, facts::text as facts from audit where event like 'pair.%' order by id`;
  expect(lines.map(({ event }) => event)).toEqual(["pair.found", "pair.read", "pair.merged", "pair.undone"]);
  expect(JSON.stringify(lines)).not.toMatch(/Jean|Dupont|example\.org/);
});
