import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { KeyRole } from "../../schema/key.ts";
import { RegionId } from "../../schema/primitives.ts";
import { openFile } from "./document.ts";
import { type Environment, openSecret, Reference, type Slip } from "./secrets.ts";

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

/** By whom the pages have people sign in there, by authorization code; without it, only programs bring its tokens. */
const clientWith = <Secret extends z.ZodType>(secret: Secret) =>
  z.strictObject({
    /** What people know the provider by: it stands on a button. */
    name: z.string().min(1).max(60),
    clientId: z.string().min(1),
    /** Absent: a public client, which proves itself by PKCE alone. */
    clientSecret: secret.optional(),
    scopes: z
      .array(z.string().min(1))
      .refine((scopes) => scopes.includes("openid"), { error: "must name openid" })
      .default(["openid", "profile"]),
    /** For whom its tokens are to be, where the provider has to be told so (RFC 8707). */
    resource: z.url().optional(),
    /** The same in the words of providers that know no resource. */
    audience: z.string().min(1).optional(),
  });

const fields = {
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
};

type Reaching = { grants: z.infer<typeof Grant>[]; regions?: unknown; centres?: unknown };
const reachesByClaims = ({ grants, ...claims }: Reaching, context: z.RefinementCtx) => {
  for (const [index, { reach }] of grants.entries())
    if (reach !== "everything" && !claims[reach])
      context.addIssue({
        code: "custom",
        path: ["grants", index, "reach"],
        message: `needs \`${reach}\`, the claim that names them`,
      });
};

/** One identity provider of `sign-in.yaml`, with its secret. */
export const Provider = z
  .strictObject({ ...fields, client: clientWith(z.string().min(1)).optional() })
  .superRefine(reachesByClaims);
export type Provider = z.infer<typeof Provider>;

/** As it is written: a secret stands elsewhere. */
const Entry = z
  .strictObject({ ...fields, client: clientWith(Reference).optional() })
  .superRefine(reachesByClaims);

const name = "sign-in.yaml";
const SignInFile = z.array(Entry);

type Opened = { providers: Provider[]; slips: Slip[] };
/** Each entry with its secret, where an environment was given to find it in. */
const withSecrets = (entries: z.infer<typeof SignInFile>, { directory, env }: Where): Opened => {
  const slips: Slip[] = [];
  const providers = entries.map(({ client, ...entry }, index): Provider => {
    if (!client) return entry;
    const { clientSecret, ...open } = client;
    if (!clientSecret || !env) return { ...entry, client: open };
    const { secret, detail } = openSecret(clientSecret, { directory, env });
    if (detail) slips.push({ path: [index, "client", "clientSecret"], detail });
    return { ...entry, client: { ...open, clientSecret: secret } };
  });
  return { providers, slips };
};

type Where = { directory: string; env?: Environment };

/** Reads `sign-in.yaml`, which may be absent: then only keys open anything. */
export const readSignIn = (
  { directory, env }: Where,
  regions: readonly RegionId[],
): { providers: Provider[]; faults: string[] } => {
  if (!existsSync(join(directory, name))) return { providers: [], faults: [] };
  const file = openFile({ directory, name, quote: false });
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
  const { providers, slips } = withSecrets(content, { directory, env });
  const secrets = slips.map(({ path, detail }) => file.fault(path, detail));
  return { providers, faults: [...file.faults, ...faults, ...twice, ...strangers, ...secrets] };
};
