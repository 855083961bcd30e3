import type { JWTPayload } from "jose";
import { describe, expect, test } from "vitest";
import { Provider } from "../../gateway/config/sign-in.ts";
import { grantedBy } from "../../gateway/identity/grant.ts";

const provider = (change: object = {}) =>
  Provider.parse({
    issuer: "https://login.example.org",
    audience: "https://dose.example.org",
    roles: { claim: ["realm", "roles"] },
    regions: { claim: "region", words: { VL: "flanders" } },
    centres: { claim: "https://example.org/centres" },
    grants: [
      { word: "dose-lead", role: "lead", reach: "centres" },
      { word: "dose-staff", role: "staff", reach: "centres" },
      { word: "dose-agency", role: "agency", reach: "regions" },
      { word: "dose-count", role: "reporting", reach: "everything" },
    ],
    ...change,
  });
const token = (roles: unknown, more: object = {}) => ({ realm: { roles }, ...more });
const refusal = (claims: JWTPayload, change?: object) => {
  try {
    return grantedBy(claims, provider(change));
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("what a token makes of whoever shows it", () => {
  test("is the first role that the operator names, limited by the claim that goes with it", () => {
    const claims = token(["dose-staff", "dose-lead"], {
      "https://example.org/centres": ["charleroi", "namur"],
    });
    expect(grantedBy(claims, provider())).toEqual({
      role: "lead",
      regions: [],
      centres: ["charleroi", "namur"],
    });
  });

  test("is read from a text with spaces as from a list, and in the operator's own words", () => {
    const claims = token("openid dose-agency", { region: "VL wallonia" });
    expect(grantedBy(claims, provider())).toEqual({
      ...{ role: "agency", regions: ["flanders", "wallonia"], centres: [] },
    });
  });

  test("reaches no further than its provider may speak for", () => {
    const change = { within: ["flanders"] };
    const agency = token(["dose-agency"], { region: ["VL", "wallonia"] });
    expect(grantedBy(agency, provider(change)).regions).toEqual(["flanders"]);
    expect(grantedBy(token(["dose-count"]), provider(change)).regions).toEqual(["flanders"]);
    const staff = token(["dose-staff"], { "https://example.org/centres": "charleroi" });
    expect(grantedBy(staff, provider(change))).toMatchObject({
      regions: ["flanders"],
      centres: ["charleroi"],
    });
    expect(refusal(token(["dose-agency"], { region: "wallonia" }), change)).toBe("not_allowed");
  });

  test.each([
    ["no role", token([])],
    ["no claim of roles", {}],
    ["a role of nobody's", token(["admin"])],
    ["a role that is no word", token([{ word: "dose-count" }, 7, null])],
    ["a claim that every object has", { realm: [] }],
    ["a role for centres, and no centre", token(["dose-staff"])],
    ["a role for centres, and regions", token(["dose-staff"], { region: "VL" })],
    ["a role for regions, and no region", token(["dose-agency"], { region: [] })],
    ["a role for regions, and what is none", token(["dose-agency"], { region: "__proto__ * Flanders" })],
  ])("is nothing for %s", (_, claims) => {
    expect(refusal(claims)).toBe("not_allowed");
  });
});
