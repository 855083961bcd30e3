import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** One import, whatever its form. `target` is a path in the project, a package, or nothing where it is computed. */
export type Import = { target?: string; typeOnly: boolean; dynamic: boolean; node: ts.Node };

export type Source = { path: string; code: string; tree: ts.SourceFile; imports: Import[] };

export const parse = (path: string, code: string): Source => {
  const tree = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  const imports = descendants(tree).flatMap((node) => importIn(node, path));
  return { path, code, tree, imports };
};

/** All TypeScript below these folders of the project, but for what is generated. */
export const sourcesIn = (...folders: string[]): Source[] =>
  folders
    .flatMap((folder) => filesBelow(join(root, folder)))
    .filter((path) => /\.tsx?$/.test(path) && !path.includes(".gen."))
    .map((path) => parse(relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8")));

const filesBelow = (folder: string): string[] => {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
};

export const descendants = (node: ts.Node): ts.Node[] => {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child, ...descendants(child));
  });
  return children;
};

/** "gateway/core/policy.ts:12 the line itself", as a rule's breach is shown. */
export const lineOf = ({ path, code, tree }: Source, node: ts.Node): string => {
  const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
  return `${path}:${line + 1} ${code.split("\n")[line]?.trim()}`;
};

const importIn = (node: ts.Node, from: string): Import[] => {
  if (ts.isImportDeclaration(node)) {
    return [
      { target: resolved(node.moduleSpecifier, from), typeOnly: isTypeImport(node), dynamic: false, node },
    ];
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    const target = resolved(node.moduleSpecifier, from);
    return [{ target, typeOnly: node.isTypeOnly, dynamic: false, node }];
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return [{ target: resolved(node.argument.literal, from), typeOnly: true, dynamic: false, node }];
  }
  if (ts.isCallExpression(node) && isLoader(node.expression)) {
    const [specifier] = node.arguments;
    return [{ target: specifier && resolved(specifier, from), typeOnly: false, dynamic: true, node }];
  }
  return [];
};

const isLoader = (callee: ts.Expression): boolean =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require");

/** `import type {…}`, or `import { type … }` with nothing else in it. */
const isTypeImport = ({ importClause }: ts.ImportDeclaration): boolean => {
  if (!importClause) return false;
  if (importClause.isTypeOnly) return true;
  const { name, namedBindings } = importClause;
  return !name && namedBindings !== undefined && ts.isNamedImports(namedBindings)
    ? namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly)
    : false;
};

const resolved = (specifier: ts.Node, from: string): string | undefined => {
  if (!ts.isStringLiteralLike(specifier)) return undefined;
  return specifier.text.startsWith(".") ? posix.join(dirname(from), specifier.text) : specifier.text;
};

/** The names of `names` that this source takes from the world: used as values, and declared nowhere in it. */
export const globalsUsed = ({ tree }: Source, names: string[]): ts.Identifier[] => {
  const identifiers = descendants(tree).filter(ts.isIdentifier);
  const declared = new Set(identifiers.filter(isDeclared).map(({ text }) => text));
  return identifiers.filter((each) => names.includes(each.text) && !declared.has(each.text) && isValue(each));
};

const isDeclared = (name: ts.Identifier): boolean => {
  const { parent } = name;
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent);
  return (declares && parent.name === name && isHere(parent)) || ts.isImportSpecifier(parent);
};

/** A parameter of a mere type declares nothing that code could call. */
const isHere = (declaration: ts.Node): boolean =>
  !ts.isParameter(declaration) ||
  !(ts.isFunctionTypeNode(declaration.parent) || ts.isMethodSignature(declaration.parent));

const isValue = (name: ts.Identifier): boolean => {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === name;
  if (ts.isBindingElement(parent)) return parent.initializer === name;
  return (
    ts.isExpression(name) && !ts.isTypeNode(parent) && !ts.isTypeElement(parent) && !ts.isClassElement(parent)
  );
};
