import * as fc from "fast-check";
import type { Endpoint } from "./document.ts";
import { fitting, type Known } from "./fitting.ts";
import { change, changed, headers, spoiling, types, value } from "./hostile.ts";

/* Requests to one endpoint, most of which no client would send. */

export type Asked = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
};

type Given = { known: Known; tokens: readonly string[]; keys: readonly string[] };

const written = (content: unknown): string =>
  typeof content === "string" ? content : JSON.stringify(content);
/** Half a surrogate is no UTF-8, and nothing of an address can be longer than a server reads of one. */
const escaped = (content: unknown): string =>
  encodeURIComponent(
    written(content)
      .slice(0, 2_000)
      .replace(/\p{Cs}/gu, "\ufffd"),
  );

const pathOf = (endpoint: Endpoint, { known }: Given): fc.Arbitrary<string> => {
  const inPath = endpoint.parameters.filter((each) => each.in === "path");
  const some = inPath.map(({ name, schema }) =>
    fc
      .oneof({ weight: 4, arbitrary: fitting(schema, known) }, value)
      .map((content): [string, string] => [name, escaped(content)]),
  );
  return fc
    .tuple(...some)
    .map((all) => all.reduce((path, [name, text]) => path.replace(`{${name}}`, text || "-"), endpoint.path));
};

const queryOf = (endpoint: Endpoint, { known }: Given): fc.Arbitrary<string> => {
  const asked = endpoint.parameters.filter((each) => each.in === "query");
  const fit = asked.map(({ name, schema }) =>
    fc
      .oneof({ weight: 4, arbitrary: fitting(schema, known) }, value)
      .map((content) => `${name}=${escaped(content)}`),
  );
  const odd = fc.constantFrom(
    "__proto__[x]=1",
    "a[]=1&a[]=2",
    "%",
    "%E0%A4%A",
    "=&=",
    "limit=1&limit=2",
    "x=%00",
  );
  return fc
    .tuple(fc.subarray(fit), fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, odd))
    .chain(([some, extra]) =>
      fc.tuple(...some).map((all) => [...all, ...(extra === undefined ? [] : [extra])].join("&")),
    )
    .map((query) => query && `?${query}`);
};

const list =
  "Nom;Prénom;Date de naissance;GSM;E-mail\nDupont;Jean;15/01/1950;0470 12 34 56;jean@example.org\n";

/** What fits, before anything is done to it. */
const contentOf = ({ body }: Endpoint, { known }: Given): fc.Arbitrary<unknown> => {
  if (body?.type === "text/csv") return fc.constant(list);
  return body?.schema ? fitting(body.schema, known) : fc.oneof(fc.constant({}), fc.constant([]));
};

type Body = { body?: string | Buffer; type?: string };
const bodyOf = (endpoint: Endpoint, given: Given, hostile: boolean): fc.Arbitrary<Body> => {
  const fit = contentOf(endpoint, given);
  const type = endpoint.body?.type ?? "application/json";
  const plain = fit.map((content): Body => ({ body: written(content), type }));
  if (!hostile) return endpoint.body ? plain : fc.constant({});
  const bent = fc
    .tuple(fit, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([content, changes]): Body => ({ body: written(changes.reduce(changed, content)), type }));
  const broken = fc
    .tuple(fit, spoiling)
    .map(([content, { how, at }]): Body => ({ body: how(written(content), at), type }));
  const other = value.map((content): Body => ({ body: JSON.stringify(content), type }));
  const mistyped = fc.tuple(plain, types).map(([each, wrong]): Body => ({ ...each, type: wrong }));
  const any = fc.oneof({ weight: 6, arbitrary: bent }, { weight: 3, arbitrary: broken }, other, mistyped);
  // Where no body belongs, one is the exception, so that the rest is looked at as well.
  return endpoint.body ? any : fc.oneof({ weight: 5, arbitrary: fc.constant<Body>({}) }, any);
};

const strangers = ["", "x", "sandbox-staff", "\u00ff", "a".repeat(200), "__proto__", "%00", "AAAA=="];
const bearerOf = ({ opens }: Endpoint, { tokens, keys }: Given): fc.Arbitrary<string | undefined> => {
  const right = opens === "token" ? tokens : keys;
  const known = fc.constantFrom<(string | undefined)[]>(...(right.length > 0 ? right : [undefined]));
  const wrong = fc.constantFrom<(string | undefined)[]>(...strangers, ...tokens.slice(0, 1), undefined);
  return opens === "nobody"
    ? fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, wrong)
    : fc.oneof({ weight: 12, arbitrary: known }, wrong);
};

/** One request; a hostile one always has something about its body that is wrong. */
export const asking = (
  endpoint: Endpoint,
  given: Given,
  { hostile }: { hostile: boolean },
): fc.Arbitrary<Asked> =>
  fc
    .record({
      path: pathOf(endpoint, given),
      query: queryOf(endpoint, given),
      sent: bodyOf(endpoint, given, hostile),
      bearer: bearerOf(endpoint, given),
      beside: hostile ? headers : fc.constant({}),
    })
    .map(({ path, query, sent, bearer, beside }) => ({
      method: endpoint.method,
      path: path + query,
      headers: {
        ...(sent.type === undefined ? {} : { "content-type": sent.type }),
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...beside,
      },
      body: sent.body,
    }));
