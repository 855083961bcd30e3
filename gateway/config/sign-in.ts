import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { KeyRole } from "../../schema/key.ts";
import { RegionId } from "../../schema/primitives.ts";
import { openFile } from "./document.ts";

/** Where in a token something stands: the name of a claim, or the way to it through several. */
const Claim = z.union([
  z
    .string()
    .min(1)
    .transform((name) => [name]),
  z.array(z.string().min(1)).min(1),
]);

/** A claim that names places, and, where the provider calls them otherwise, what its words mean here. */
const Places = z.strictObject({ claim: Claim, words: z.record(z.string(), z.string()).default({}) });

/** Only those with which nobody can sign who can verify (RFC 8725, section 3.1). */
const Algorithm = z.enum([
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
] as const);

const isOnThisMachine = (host: string) => ["127.0.0.1", "[::1]", "localhost"].includes(host);
const isSafe = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, search, hash } = new URL(address);
  const isPlain = search === "" && hash === "";
  return isPlain && (protocol === "https:" || (protocol === "http:" && isOnThisMachine(hostname)));
};

/** Whom a provider's tokens make somebody, by a word in the claim of roles. */
const Grant = z.strictObject({
  word: z.string().min(1),
  role: KeyRole,
  /** Which claim says how far: whoever's token names no place there reaches nothing. */
  reach: z.enum(["everything", "regions", "centres"]),
});

/** One identity provider of `sign-in.yaml`. */
export const Provider = z
  .strictObject({
    issuer: z.string().refine(isSafe, { error: "must be an address that begins with https://" }),
    audience: z.string().min(1),
    algorithms: z.array(Algorithm).min(1).default(["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]),
    /** `JWT` for providers that do not write the `typ` of RFC 9068 yet. */
    tokenType: z.enum(["at+jwt", "JWT"]).default("at+jwt"),
    /** The regions that this provider may speak for; all where absent. */
    within: z.array(RegionId).min(1).optional(),
    roles: z.strictObject({ claim: Claim }),
    regions: Places.optional(),
    centres: Places.optional(),
    /** The first whose word a token holds counts. */
    grants: z.array(Grant).min(1),
  })
  .superRefine(({ grants, ...claims }, context) => {
    for (const [index, { reach }] of grants.entries())
      if (reach !== "everything" && !claims[reach])
        context.addIssue({
          code: "custom",
          path: ["grants", index, "reach"],
          message: `needs \`${reach}\`, the claim that names them`,
        });
  });
export type Provider = z.infer<typeof Provider>;

const name = "sign-in.yaml";
const SignInFile = z.array(Provider);

/** Reads `sign-in.yaml`, which may be absent: then only keys open anything. */
export const readSignIn = (
  directory: string,
  regions: readonly RegionId[],
): { providers: Provider[]; faults: string[] } => {
  if (!existsSync(join(directory, name))) return { providers: [], faults: [] };
  const file = openFile({ directory, name, quote: true });
  const { content = [], faults } = file.read(SignInFile);
  const issuers = content.map(({ issuer }) => issuer);
  const twice = issuers.flatMap((issuer, index) =>
    issuers.indexOf(issuer) < index ? [file.fault([index, "issuer"], "stands here twice")] : [],
  );
  const strangers = content.flatMap(({ within = [] }, index) =>
    within.flatMap((region, place) =>
      regions.includes(region) ? [] : [file.fault([index, "within", place], "there is no such region")],
    ),
  );
  return { providers: content, faults: [...file.faults, ...faults, ...twice, ...strangers] };
};
