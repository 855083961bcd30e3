import type { ApiDocument, Operation, Parameter } from "./document.ts";

export type FoundOperation = {
  operation: Operation;
  /** As the document writes its path: "/registrations/{registrationId}". */
  template: string;
  parameters: Parameter[];
  values: Record<string, string>;
};

const fewestVariables = (one: string, other: string) => one.split("{").length - other.split("{").length;

/** The document's operation for a path below its base address; the one that names most of the path itself. */
export const findOperation = (
  { paths }: ApiDocument,
  { method, path }: { method: string; path: string },
): FoundOperation | undefined => {
  for (const template of Object.keys(paths).sort(fewestVariables)) {
    const values = matchPath(template, path);
    const item = paths[template];
    const operation = item?.[method.toLowerCase() as "get"];
    if (values && item && operation)
      return { operation, template, parameters: [...item.parameters, ...operation.parameters], values };
  }
  return undefined;
};

/** A part of a path that is no encoding of anything stands for itself. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const matchPath = (template: string, path: string): Record<string, string> | undefined => {
  const [wanted, given] = [template.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decoded(given[index] ?? "");
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name) values[name] = value;
    else if (part !== value) return undefined;
  }
  return values;
};

/** What the document says of replies with that status; nothing where it knows no such status. */
export const responseOf = ({ responses }: Operation, status: number) =>
  responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;

/** "application/json", whatever else the header says. */
export const mediaTypeOf = (header: string | null | undefined): string =>
  header?.split(";")[0]?.trim().toLowerCase() ?? "";
