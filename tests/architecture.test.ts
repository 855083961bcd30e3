import { describe, expect, it } from "vitest";
import { isWithin, names, platformOf, type Rule, worlds } from "./support/code-rules.ts";
import { type Import, lineOf, parse, type Source, sourcesIn } from "./support/sources.ts";

/* The import table of the house, and the rules beside it. Each rule also refuses an example made to break it. */

const shipped = sourcesIn("schema", "adapters", "gateway");
const everything = [...shipped, ...sourcesIn("tests")];

const isOurs = (target: string): boolean => /^(schema|adapters|gateway|tests)(\/|$)/.test(target);
const isPackage = (target: string, name: string): boolean => target === name || target.startsWith(`${name}/`);

type Room = {
  room: string;
  /** Rooms and files it may import; `types`: only for types. Its own files always. */
  may: string[];
  types?: string[];
  /** Packages it may import; any where absent. `node:` stands for all of Node's own. */
  packages?: string[];
  never?: string[];
  breaches: string[];
};

/** The table of docs/house.md. */
const rooms: Room[] = [
  { room: "schema", may: [], packages: ["zod"], breaches: ["../gateway/core/policy.ts", "node:fs", "hono"] },
  {
    room: "adapters/kit",
    may: ["schema"],
    breaches: ["../qvax/adapter.ts", "../../gateway/main.ts"],
  },
  {
    room: "gateway/core",
    may: ["schema"],
    packages: [],
    breaches: ["node:crypto", "hono", "../store/db.ts"],
  },
  {
    room: "gateway/protect",
    may: ["gateway/core/disclosure"],
    packages: ["highs", "csv-parse", "csv-stringify", "iconv-lite", "node:"],
    breaches: ["../flows/figures.ts", "../core/policy.ts", "hono"],
  },
  { room: "gateway/words", may: ["schema"], packages: [], breaches: ["node:fs", "../core/policy.ts"] },
  {
    room: "gateway/store",
    may: ["schema"],
    packages: [
      "zod",
      "drizzle-orm",
      "postgres",
      "@electric-sql/pglite",
      "@electric-sql/pglite-socket",
      "node:",
    ],
    breaches: ["../flows/announce.ts", "../http/app.ts", "../../adapters/kit/http.ts", "hono"],
  },
  {
    room: "gateway/flows",
    may: ["schema", "gateway/core", "gateway/store", "gateway/words", "gateway/protect"],
    never: ["hono", "@hono/zod-openapi", "drizzle-orm", "postgres"],
    breaches: ["hono", "../../adapters/kit/http.ts", "../worker/loop.ts", "drizzle-orm"],
  },
  {
    room: "gateway/worker",
    may: ["schema", "gateway/flows", "gateway/store/outbox", "gateway/registry"],
    types: ["gateway/notify"],
    never: ["hono", "drizzle-orm", "postgres"],
    breaches: ["../http/app.ts", "../core/policy.ts", "../store/volunteers.ts"],
  },
  {
    room: "gateway/http",
    may: ["schema", "gateway/flows"],
    types: ["gateway/registry"],
    never: ["drizzle-orm", "postgres"],
    breaches: ["../store/db.ts", "../core/policy.ts", "../../adapters/kit/http.ts", "../registry.ts"],
  },
  {
    room: "gateway/console",
    may: [],
    types: ["schema", "gateway/http", "gateway/identity"],
    packages: [
      "hono",
      "intl-messageformat",
      "echarts",
      "ics",
      "csv-stringify",
      "node:crypto",
      "node:fs",
      "node:path",
      "node:zlib",
    ],
    breaches: ["../store/db.ts", "../flows/announce.ts", "../core/policy.ts", "../../schema/region.ts"],
  },
  {
    room: "gateway/doors/fhir",
    may: ["schema"],
    packages: ["hono", "zod", "@medplum/fhirtypes", "node:crypto"],
    breaches: ["../../http/app.ts", "../../flows/answer.ts", "../../store/db.ts", "@medplum/core", "undici"],
  },
  {
    room: "gateway/doors/dcat",
    may: [],
    types: ["schema", "gateway/http"],
    packages: ["hono", "node:crypto"],
    breaches: ["../../store/db.ts", "../../flows/figures.ts", "../../../schema/region.ts", "zod"],
  },
  {
    room: "gateway/custody",
    may: ["gateway/store/custody"],
    packages: ["undici", "zod", "node:"],
    breaches: ["../store/vault.ts", "../flows/deps.ts", "hono"],
  },
  {
    room: "gateway/identity",
    may: ["schema"],
    types: ["gateway/config", "gateway/flows"],
    packages: ["jose", "openid-client", "undici", "zod"],
    breaches: ["../flows/authorise.ts", "../store/db.ts", "../http/app.ts", "node:fs"],
  },
  { room: "gateway/notify", may: ["schema"], breaches: ["../flows/deps.ts"] },
  {
    room: "gateway/sender",
    may: ["schema", "adapters/kit/reach"],
    types: ["gateway/flows"],
    packages: ["undici", "node:"],
    breaches: ["../flows/deps.ts", "../../adapters/kit/http.ts", "../store/db.ts", "hono"],
  },
  {
    room: "gateway/config",
    may: ["schema"],
    packages: ["zod", "yaml", "node:"],
    breaches: ["../store/db.ts"],
  },
  {
    room: "gateway/simulate",
    may: ["schema", "gateway/core", "gateway/flows", "adapters/kit/chance"],
    types: ["gateway/store"],
    packages: ["zod", "node:"],
    breaches: ["../store/ledger.ts", "../sandbox/people.ts", "../http/app.ts", "hono"],
  },
  {
    room: "gateway/registry",
    may: ["schema", "adapters/kit"],
    types: ["gateway/config"],
    breaches: ["../adapters/qvax/adapter.ts", "./store/db.ts"],
  },
];

const mayImport = (
  { room, may, types = [], packages, never = [] }: Room,
  { target, typeOnly }: Import,
): boolean => {
  if (target === undefined) return true;
  if (isOurs(target))
    return [room, ...may, ...(typeOnly ? types : [])].some((each) => isWithin(target, each));
  if (never.some((name) => isPackage(target, name))) return false;
  return (
    packages?.some((name) => isPackage(target, name) || (name === "node:" && target.startsWith(name))) ?? true
  );
};

const importsBut = (source: Source, allowed: (each: Import) => boolean): string[] =>
  source.imports.filter((each) => !allowed(each)).map(({ node }) => lineOf(source, node));

const importTable: Rule[] = rooms.map((each) => {
  const { room, may, types = [], breaches } = each;
  const file = room === "gateway/registry" ? "gateway/registry.ts" : `${room}/sample.ts`;
  return {
    rule: `${room} imports ${[...may, ...types.map((type) => `types of ${type}`)].join(", ") || "no other room"}, no more`,
    breaches: breaches.map((target) => [file, `import { x } from "${target}";`]),
    find: (source) => (isWithin(source.path, room) ? importsBut(source, (one) => mayImport(each, one)) : []),
  };
});

const ownConnections = [
  "undici",
  "node:http",
  "node:https",
  "node:http2",
  "node:net",
  "node:tls",
  "node:process",
];

const otherImports: Rule[] = [
  {
    rule: "an adapter imports schema, the kit and its own files, and opens no connection of its own",
    breaches: [
      ["adapters/xyz/adapter.ts", 'import { x } from "../other/mapper.ts";'],
      ["adapters/xyz/mapper.ts", 'export { x } from "../../gateway/core/policy.ts";'],
      ["adapters/xyz/client.ts", 'import { request } from "undici";'],
    ],
    find: (source) => {
      const own = platformOf(source.path);
      const open = ["schema", "adapters/kit", `adapters/${own}`];
      const allowed = ({ target = "" }: Import) =>
        isOurs(target) ? open.some((room) => isWithin(target, room)) : !ownConnections.includes(target);
      return own ? importsBut(source, allowed) : [];
    },
  },
  {
    rule: "nothing of an adapter imports its simulator",
    breaches: [
      ["adapters/xyz/adapter.ts", 'import type { x } from "./simulator.ts";'],
      ["adapters/xyz/client.ts", 'const { x } = await import("./simulator.ts");'],
    ],
    find: (source) => {
      if (!platformOf(source.path) || source.path.includes("/simulator")) return [];
      return importsBut(source, ({ target = "" }) => !/^adapters\/(?!kit\/).*\/simulator/.test(target));
    },
  },
  {
    rule: "the sandbox is imported by what starts the gateway or opens its vault, and only when it is wanted",
    breaches: [
      ["gateway/http/app.ts", 'const x = await import("../sandbox/sandbox.ts");'],
      ["gateway/serve.ts", 'import { x } from "./sandbox/sandbox.ts";'],
    ],
    find: (source) => {
      if (isWithin(source.path, "gateway/sandbox")) return [];
      const starts = ["gateway/serve.ts", "gateway/open-vault.ts"].includes(source.path);
      const allowed = ({ target = "", dynamic, typeOnly }: Import) =>
        !isWithin(target, "gateway/sandbox") || (starts && (dynamic || typeOnly));
      return importsBut(source, allowed);
    },
  },
  {
    rule: "access tokens are read by what is loaded only where an identity provider is configured",
    breaches: [["gateway/gateway.ts", 'import { x } from "./identity/access-tokens.ts";']],
    find: (source) =>
      isWithin(source.path, "gateway/identity")
        ? []
        : importsBut(
            source,
            ({ target = "", dynamic, typeOnly }) =>
              !isWithin(target, "gateway/identity") || dynamic || typeOnly,
          ),
  },
  {
    rule: "what proves a table knows of the disclosure control no more than its words, and asks the solver only when it is wanted",
    breaches: [
      ["gateway/protect/attack.ts", 'import { planOf } from "../core/disclosure/plan.ts";'],
      ["gateway/protect/solver.ts", 'import open from "highs";'],
    ],
    find: (source) => {
      if (!isWithin(source.path, "gateway/protect")) return [];
      const proves = ["attack", "neighbours", "problem", "prove", "reader", "solver"].some((name) =>
        isWithin(source.path, `gateway/protect/${name}`),
      );
      return importsBut(source, ({ target = "", dynamic, typeOnly }) => {
        if (isPackage(target, "highs")) return dynamic || typeOnly;
        return !proves || !isWithin(target, "gateway/core") || (typeOnly && target.endsWith("/question.ts"));
      });
    },
  },
  {
    rule: "only the registry, the kit and the sandbox import by a computed name",
    breaches: [["gateway/worker/deliver.ts", "const x = await import(name);"]],
    find: (source) => {
      const open = ["gateway/registry", "gateway/sandbox", "adapters/kit"];
      const loader = open.some((room) => isWithin(source.path, room));
      return loader ? [] : importsBut(source, ({ target }) => target !== undefined);
    },
  },
];

describe.each([
  { about: "imports", rules: [...importTable, ...otherImports], sources: shipped },
  { about: "the outside world", rules: worlds, sources: shipped },
  { about: "names and sizes", rules: names, sources: everything },
])("$about", ({ rules, sources }) => {
  it("reads the project", () => {
    expect(sources.map(({ path }) => path)).toContain("schema/adapter.ts");
  });

  it.each(rules)("$rule", ({ find }) => {
    expect(sources.flatMap(find)).toEqual([]);
  });

  it.each(
    rules.flatMap(({ rule, find, breaches }) => breaches.map(([path, code]) => ({ rule, find, path, code }))),
  )("would see it: $path $code", ({ find, path, code }) => {
    expect(find(parse(path, code))).not.toEqual([]);
  });
});
