import { parseArgs } from "node:util";
import { type Capability, capabilities } from "../../../schema/adapter.ts";
import { reasonOf } from "../check/reason.ts";
import { refusalOf } from "./name.ts";
import { begin } from "./write.ts";

const usage = `npm run adapter:new -- <name> [--can ${capabilities.join(",")}]
--can names what the platform can do, of these; slots alone where it is left out.`;

const isCapability = (word: string): word is Capability => capabilities.some((each) => each === word);

const read = (): { name: string; able: Capability[] } => {
  const options = { can: { type: "string", default: "slots" } } as const;
  const { positionals, values } = parseArgs({ options, allowPositionals: true });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new Error("name one platform");
  const words = values.can.split(",").map((word) => word.trim());
  const unknown = words.filter((word) => !isCapability(word));
  if (unknown.length > 0) throw new Error(`no platform can "${unknown.join('", "')}"`);
  return { name, able: capabilities.filter((each) => words.includes(each)) };
};

const told = (name: string, paths: string[]): string => `written:
${paths.map((path) => `  ${path}`).join("\n")}

It compiles, and keeps no promise yet. What is missing, and then what is proven:
  npm run adapter:check -- adapters/${name}
docs/adapters.md goes on from here.
`;

try {
  const { name, able } = read();
  const refusal = await refusalOf(name);
  if (refusal) throw new Error(refusal);
  process.stdout.write(told(name, await begin(name, able)));
} catch (fault) {
  process.stderr.write(`${reasonOf(fault)}\n${usage}\n`);
  process.exitCode = 2;
}
