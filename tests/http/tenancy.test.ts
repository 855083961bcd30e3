import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type Caller, issueKeys } from "../../gateway/flows/authorise.ts";
import { within } from "../../gateway/flows/deps.ts";
import { report } from "../../gateway/flows/report.ts";
import { retrace } from "../../gateway/flows/retrace.ts";
import { listSurpluses, readSurplus, whoIsComing } from "../../gateway/flows/watch.ts";
import { forKeys } from "../../gateway/http/auth.ts";
import type { Scope } from "../../gateway/http/router.ts";
import type { Surplus } from "../../schema/surplus.ts";
import { announced, openScene, type Scene } from "./scene.ts";

/*
 * Routes that were written wrong on purpose: they forget to ask how far their caller reaches. The scene's surplus is of
 * Charleroi, in Wallonia.
 */

let scene: Scene;
let surplus: Surplus;
let forgetful: ReturnType<typeof forgetfulRoutes>;

/** Let in like any other route; nothing of what is found is left out again on its way out. */
const forgetfulRoutes = ({ deps }: Scene) => {
  const day = { from: "2021-04-16", until: "2021-04-16", by: ["region" as const] };
  return new Hono<Scope>()
    .use(forKeys(deps, "GET /v1/surpluses").middleware)
    .get("/list", async (c) => c.json(await listSurpluses(c.get("deps"), { limit: 100 })))
    .get("/one", async (c) => c.json({ items: [await readSurplus(c.get("deps"), surplus.id)] }))
    .get("/steps", async (c) => c.json({ items: (await retrace(c.get("deps"), surplus.id)).steps }))
    .get("/expected", async (c) => c.json({ items: await whoIsComing(c.get("deps"), surplus.id) }))
    .get("/report", async (c) => c.json({ items: await report(c.get("deps"), day) }));
};

const callers = {
  flanders: { role: "agency", regions: ["flanders"], centres: [] },
  wallonia: { role: "agency", regions: ["wallonia"], centres: [] },
  charleroi: { role: "staff", regions: [], centres: ["charleroi"] },
  namur: { role: "staff", regions: [], centres: ["namur"] },
  gent: { role: "staff", regions: [], centres: ["gent"] },
} as const;
type Name = keyof typeof callers;

beforeAll(async () => {
  scene = await openScene();
  surplus = await announced(scene, 2);
  await scene.send("POST", `/v1/surpluses/${surplus.id}/walk-ins`, { as: "staff" });
  forgetful = forgetfulRoutes(scene);
  const given = Object.entries(callers).map(([name, reach]) => ({
    key: `key-of-${name}`,
    caller: { label: `of ${name}`, ...reach } as unknown as Caller,
  }));
  await issueKeys(scene.deps, given);
});
afterAll(() => scene.close());

const found = async (path: string, as: Name): Promise<number> => {
  const reply = await forgetful.request(path, { headers: { authorization: `Bearer key-of-${as}` } });
  if (reply.status !== 200) return 0;
  return z.object({ items: z.array(z.unknown()) }).parse(await reply.json()).items.length;
};

test.each(["/list", "/one", "/steps", "/expected", "/report"])(
  "a route that forgets its caller's reach shows them no other region's rows: %s",
  async (path) => {
    expect(await found(path, "wallonia")).toBeGreaterThan(0);
    expect(await found(path, "charleroi")).toBeGreaterThan(0);
    expect(await found(path, "flanders")).toBe(0);
    expect(await found(path, "gent")).toBe(0);
  },
);

test("one of another centre of the region does not see its doses and who comes for them", async () => {
  for (const path of ["/list", "/one", "/expected", "/report"])
    expect(await found(path, "namur"), path).toBe(0);
});

test("whoever reaches everything is not narrowed", () => {
  expect(within(scene.deps, {})).toBe(scene.deps);
  expect(within(scene.deps, { regions: [] })).not.toBe(scene.deps);
});
