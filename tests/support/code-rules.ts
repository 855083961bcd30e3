import { fileURLToPath } from "node:url";
import ts from "typescript";
import { loadFederation } from "../../gateway/config/federation.ts";
import { descendants, globalsUsed, lineOf, type Source, sourcesIn } from "./sources.ts";

/** What the code of the house must keep to, with examples that it must refuse. */
export type Rule = { rule: string; breaches: [path: string, code: string][]; find(source: Source): string[] };

/** Whether a file lies in a room: a folder, or a file without its ending. */
export const isWithin = (path: string, room: string): boolean =>
  path === room || path === `${room}.ts` || path.startsWith(`${room}/`);

/** The platform whose adapter a file belongs to. */
export const platformOf = (path: string): string | undefined => {
  const [, name] = /^adapters\/([^/]+)\//.exec(path) ?? [];
  return name === "kit" ? undefined : name;
};

const pure = ["schema", "gateway/core", "gateway/words"];
const worldly = [
  "process",
  "globalThis",
  "crypto",
  "performance",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
];

/** `Date.now()`, `new Date()` and `Date()` read a clock, `Math.random()` throws a die. */
const readsChanceOrClock = (node: ts.Node): boolean => {
  if (ts.isPropertyAccessExpression(node))
    return /^(Date\.now|Math\.random|Temporal\.Now)$/.test(node.getText());
  const builds = ts.isNewExpression(node) || ts.isCallExpression(node);
  return builds && node.expression.getText() === "Date" && !node.arguments?.length;
};

const readsEnvironment = (node: ts.Node): boolean => {
  if (ts.isVariableDeclaration(node)) return node.initializer?.getText() === "process";
  return (
    (ts.isPropertyAccessExpression(node) && /^(process|import\.meta)\.env$/.test(node.getText())) ||
    (ts.isElementAccessExpression(node) && node.expression.getText() === "process") ||
    (ts.isImportDeclaration(node) && /^["'](node:)?process["']$/.test(node.moduleSpecifier.getText()))
  );
};

const nodesThat = (source: Source, holds: (node: ts.Node) => boolean): string[] =>
  descendants(source.tree)
    .filter(holds)
    .map((node) => lineOf(source, node));

export const worlds: Rule[] = [
  {
    rule: "schema, core and words know no clock, no chance and no process",
    breaches: [
      "const at = Date.now();",
      "const at = new Date();",
      "const chance = Math.random();",
      "const id = crypto.randomUUID();",
      "const id = globalThis.crypto;",
    ].map((code) => ["gateway/core/policy.ts", code]),
    find: (source) =>
      pure.some((room) => isWithin(source.path, room))
        ? [
            ...nodesThat(source, readsChanceOrClock),
            ...globalsUsed(source, worldly).map((name) => lineOf(source, name)),
          ]
        : [],
  },
  {
    rule: "an adapter has no process, no clock of its own and no global object",
    breaches: ["process.exit(1);", "const at = Date.now();", "globalThis.fetch(x);"].map((code) => [
      "adapters/xyz/adapter.ts",
      code,
    ]),
    find: (source) =>
      platformOf(source.path)
        ? [
            ...nodesThat(source, readsChanceOrClock),
            ...globalsUsed(source, ["process", "globalThis"]).map((name) => lineOf(source, name)),
          ]
        : [],
  },
  {
    rule: "only gateway/config.ts reads the environment",
    breaches: [
      "const { env } = process;",
      "const port = process.env.PORT;",
      'import { env } from "node:process";',
    ].map((code) => ["gateway/main.ts", code]),
    find: (source) => (source.path === "gateway/config.ts" ? [] : nodesThat(source, readsEnvironment)),
  },
  {
    rule: "only adapters/kit touches the global fetch",
    breaches: ["await fetch(address);", "const client = { fetch };", "globalThis.fetch(address);"].map(
      (code) => ["gateway/notify/sms.ts", code],
    ),
    find: (source) =>
      isWithin(source.path, "adapters/kit")
        ? []
        : [
            ...globalsUsed(source, ["fetch"]).map((name) => lineOf(source, name)),
            ...nodesThat(
              source,
              (node) => ts.isPropertyAccessExpression(node) && node.getText() === "globalThis.fetch",
            ),
          ],
  },
];

const belgium = fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url));
const platforms = new Set([
  ...sourcesIn("adapters").flatMap(({ path }) => platformOf(path) ?? []),
  ...loadFederation(belgium).platforms.map(({ adapter }) => adapter),
]);

/** "qvaxClient", "QvaxClient" and "a qvax" hold the word "qvax"; "localList" holds "local-list". */
const namesPlatform = (text: string): boolean => {
  const words = text.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  return [...platforms].some((name) => new RegExp(`(?<![a-z0-9])${name}(?![a-z0-9])`).test(words));
};
const isText = (node: ts.Node): node is ts.Identifier | ts.LiteralLikeNode | ts.JsxText =>
  ts.isIdentifier(node) ||
  ts.isLiteralExpression(node) ||
  ts.isTemplateLiteralToken(node) ||
  ts.isJsxText(node);

export const names: Rule[] = [
  {
    rule: "no platform is called by its name in the gateway's code",
    breaches: ['if (name === "qvax") wait();', "const doclrClient = 1;", "const x = `to doctena`;"].map(
      (code) => ["gateway/flows/announce.ts", code],
    ),
    find: (source) =>
      isWithin(source.path, "gateway") && !isWithin(source.path, "gateway/sandbox")
        ? nodesThat(source, (node) => isText(node) && namesPlatform(node.text))
        : [],
  },
  {
    rule: "no file is called utils, helpers, common or manager",
    breaches: [
      ["gateway/http/utils.ts", ""],
      ["adapters/xyz/date-helpers.ts", ""],
      ["gateway/common/ids.ts", ""],
      ["gateway/worker/queueManager.ts", ""],
    ],
    find: ({ path }) =>
      /(^|[/.-]|[a-z](?=[A-Z]))(utils?|helpers?|common|managers?)(?![a-z])/i.test(path) ? [path] : [],
  },
  {
    rule: "no file is longer than 300 lines",
    breaches: [["gateway/worker/loop.ts", "//\n".repeat(301)]],
    find: ({ path, code }) => {
      const lines = code.trimEnd().split("\n").length;
      return lines > 300 ? [`${path}: ${lines} lines`] : [];
    },
  },
];
