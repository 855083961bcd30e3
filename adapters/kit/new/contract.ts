import { readFile } from "node:fs/promises";
import ts from "typescript";
import type { Capability } from "../../../schema/adapter.ts";

const file = new URL("../../../schema/adapter.ts", import.meta.url);

/** What a port must have: those of its members in `Ports` that are not optional, and whether each is called. */
export type Member = { name: string; called: boolean };

/** The members of that capability's port, as the contract's own text declares them. */
export const membersOf = async (capability: Capability): Promise<Member[]> => {
  const source = ts.createSourceFile(
    "adapter.ts",
    await readFile(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const ports = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find((declared) => declared.name.text === "Ports");
  const port = ports?.members
    .filter(ts.isPropertySignature)
    .find((declared) => declared.name.getText() === capability);
  if (!port?.type || !ts.isTypeLiteralNode(port.type))
    throw new Error(`schema/adapter.ts declares no port ${capability}`);
  return port.type.members.flatMap((member) => {
    if (member.questionToken || !member.name) return [];
    const called =
      ts.isMethodSignature(member) ||
      (ts.isPropertySignature(member) && member.type !== undefined && ts.isFunctionTypeNode(member.type));
    return [{ name: member.name.getText(), called }];
  });
};
