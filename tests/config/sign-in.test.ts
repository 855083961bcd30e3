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
const written = async (...providers: object[]) => {
  const directory = await mkdtemp(join(folder, "operator-"));
  await writeFile(join(directory, "sign-in.yaml"), stringify(providers));
  return directory;
};
const read = async (...providers: object[]) =>
  readSignIn({ directory: await written(...providers) }, regions);

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

test("a client is taken with its secret, which stands elsewhere", async () => {
  const client = { name: "Health login", clientId: "pages", clientSecret: { env: "LOGIN_SECRET" } };
  const directory = await written({ ...good, client });
  const { providers, faults } = readSignIn({ directory, env: { LOGIN_SECRET: "a real one" } }, regions);
  expect(faults).toEqual([]);
  expect(providers[0]?.client).toEqual({
    ...client,
    clientSecret: "a real one",
    scopes: ["openid", "profile"],
  });
});

test.each([
  [{ clientSecret: "written here by mistake" }, /client\.clientSecret/],
  [{ clientSecret: { env: "MISSING" } }, /client\.clientSecret: .*MISSING is missing or empty/],
  [{ clientSecret: { env: "OF_SANDBOX" } }, /client\.clientSecret: .*sandbox secret/],
  [{ scopes: ["profile"] }, /client\.scopes: must name openid/],
])("a client with %j is a fault that does not quote it", async (change, fault) => {
  const directory = await written({ ...good, client: { name: "Login", clientId: "pages", ...change } });
  const { faults } = readSignIn({ directory, env: { OF_SANDBOX: "sandbox-x" } }, regions);
  expect(faults).toEqual([expect.stringMatching(fault)]);
  expect(faults[0]).not.toContain("by mistake");
});

test("one issuer stands there once", async () => {
  expect((await read(good, good)).faults).toEqual([expect.stringMatching(/issuer: stands here twice/)]);
});
