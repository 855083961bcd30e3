import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { readSignIn } from "../../gateway/config/sign-in.ts";
import type { RegionId } from "../../schema/primitives.ts";
import { temporaryFolder } from "../support/folder.ts";

const folder = await temporaryFolder();
const regions = ["flanders", "wallonia"] as RegionId[];

const good = {
  issuer: "https://login.example.org/realms/health",
  audience: "https://dose.example.org",
  roles: { claim: "roles" },
  regions: { claim: "region" },
  grants: [{ word: "dose-agency", role: "agency", reach: "regions" }],
};
const read = async (...providers: object[]) => {
  const directory = await mkdtemp(join(folder, "operator-"));
  await writeFile(join(directory, "sign-in.yaml"), stringify(providers));
  return readSignIn({ directory }, regions);
};

test("an operator's folder without identity providers has none, and nothing is wrong with that", async () => {
  expect(readSignIn({ directory: folder }, regions)).toEqual({ providers: [], faults: [] });
});

test("a provider is taken as it is written, with what it leaves open", async () => {
  const { providers, faults } = await read(good);
  expect(faults).toEqual([]);
  const claims = { roles: { claim: ["roles"] }, regions: { claim: ["region"], words: {} } };
  expect(providers).toMatchObject([{ ...good, ...claims, tokenType: "at+jwt" }]);
  expect(providers[0]?.algorithms.every((algorithm) => /^(RS|PS|ES|Ed)/.test(algorithm))).toBe(true);
});

test.each([
  [{ issuer: "http://login.example.org" }, /issuer: must be an address that begins with https/],
  [{ issuer: "https://login.example.org?realm=1" }, /issuer/],
  [{ algorithms: ["HS256"] }, /algorithms\[0\]/],
  [{ algorithms: ["none"] }, /algorithms\[0\]/],
  [{ within: ["atlantis"] }, /within\[0\]: there is no such region/],
  [{ grants: [{ word: "a", role: "king", reach: "regions" }] }, /grants\[0\]\.role/],
  [{ grants: [{ word: "a", role: "staff", reach: "centres" }] }, /grants\[0\]\.reach: needs `centres`/],
  [{ grants: [] }, /grants/],
  [{ audience: "" }, /audience/],
])("%j is a fault that names its line", async (change, fault) => {
  const { faults } = await read({ ...good, ...change });
  expect(faults).toEqual([expect.stringMatching(/^sign-in\.yaml:\d+ /)]);
  expect(faults[0]).toMatch(fault);
});

test("one issuer stands there once", async () => {
  expect((await read(good, good)).faults).toEqual([expect.stringMatching(/issuer: stands here twice/)]);
});
