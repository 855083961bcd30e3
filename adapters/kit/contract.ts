import type { ValidateFunction } from "ajv/dist/2020.js";
import type { MiddlewareHandler } from "hono";
import type { ApiDocument, Content, Operation, Parameter } from "./document.ts";
import { parseJson } from "./json.ts";
import { type FoundOperation, findOperation, mediaTypeOf, responseOf } from "./operations.ts";
import { type Compile, compilerOf } from "./validators.ts";

/** Everything in which a request or reply differed from the platform's API document. */
export type Judge = { middleware: MiddlewareHandler; violations: string[] };
type Validators = { compile: Compile; coerce: Compile };

/**
 * Judges what an adapter and a simulator say to each other. A request that the document does not allow is a
 * violation unless it is refused, so that neither side can be laxer than the platform is said to be.
 */
export const createContract = (document: ApiDocument): { judge(): Judge } => {
  const validators = createValidators(document);
  const faultsOfExchange = async (request: Request, reply: Response): Promise<string[]> => {
    const found = findOperation(document, belowServer(document, request));
    const refused = reply.status >= 400;
    if (!found) return refused ? [] : ["the document has no such operation"];
    const asked = refused ? [] : await requestFaults(document, validators, found, request);
    return [...asked, ...(await replyFaults(validators, found.operation, reply))];
  };
  const judge = (): Judge => {
    const violations: string[] = [];
    const middleware: MiddlewareHandler = async (c, next) => {
      const request = c.req.raw.clone();
      await next();
      const faults = await faultsOfExchange(request, c.res.clone());
      const at = `${request.method} ${c.req.path} (${c.res.status})`;
      violations.push(...faults.map((fault) => `${at}: ${fault}`));
    };
    return { middleware, violations };
  };
  return { judge };
};

const createValidators = (document: ApiDocument): Validators => ({
  compile: compilerOf(document),
  coerce: compilerOf(document, { coerceTypes: true }),
});

/** The path of a request below the document's own base address, whether the simulator has that or not. */
const belowServer = ({ servers }: ApiDocument, { method, url }: Request) => {
  const prefix = new URL(servers[0]?.url ?? "/", "http://platform").pathname.replace(/\/$/, "");
  const { pathname } = new URL(url);
  return { method, path: pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname };
};

const requestFaults = async (
  document: ApiDocument,
  validators: Validators,
  { operation, parameters, values }: FoundOperation,
  request: Request,
): Promise<string[]> => {
  const query = new URL(request.url).searchParams;
  const undeclared = [...new Set(query.keys())].filter(
    (name) => !parameters.some((each) => each.in === "query" && each.name === name),
  );
  const read = (parameter: Parameter): string | string[] | undefined => {
    if (parameter.in === "path") return values[parameter.name];
    if (parameter.in === "header") return request.headers.get(parameter.name) ?? undefined;
    const all = parameter.in === "query" ? query.getAll(parameter.name) : [];
    const isList = typeof parameter.schema === "object" && parameter.schema.type === "array";
    if (!isList || all.length === 0) return all[0];
    return parameter.explode === false ? all[0]?.split(",") : all;
  };
  return [
    ...(isAuthorised(document, operation, request) ? [] : ["carried out without credentials"]),
    ...undeclared.map((name) => `the document has no query parameter ${name}`),
    ...parameters.flatMap((parameter) => parameterFaults(validators, parameter, read(parameter))),
    ...(await bodyFaults(validators, operation, request)),
  ];
};

const parameterFaults = (
  validators: Validators,
  { name, required, schema }: Parameter,
  value: string | string[] | undefined,
): string[] => {
  if (value === undefined) return required === true ? [`${name} is missing`] : [];
  const validate = validators.coerce({ type: "object", properties: { value: schema } });
  return validate({ value }) ? [] : faultsOf(validate, name);
};

const isAuthorised = (document: ApiDocument, operation: Operation, { headers }: Request): boolean => {
  const ways = operation.security ?? document.security;
  const holds = (name: string): boolean => {
    const scheme = document.securitySchemes[name];
    if (scheme?.type === "apiKey")
      return scheme.in !== "header" || Boolean(headers.get(scheme.name ?? "authorization"));
    const word = scheme?.type === "http" ? scheme.scheme : "bearer";
    return headers.get("authorization")?.toLowerCase().startsWith(`${word?.toLowerCase()} `) ?? false;
  };
  return ways.length === 0 || ways.some((way) => Object.keys(way).every(holds));
};

const bodyFaults = async (
  validators: Validators,
  operation: Operation,
  request: Request,
): Promise<string[]> => {
  const text = await request.text();
  const { requestBody } = operation;
  if (text === "") return requestBody?.required ? ["the body is missing"] : [];
  if (!requestBody) return ["the document has no body here"];
  return contentFaults(validators, requestBody.content, request.headers, text);
};

const replyFaults = async (
  validators: Validators,
  operation: Operation,
  reply: Response,
): Promise<string[]> => {
  const documented = responseOf(operation, reply.status);
  if (!documented) return ["the document has no such status here"];
  const headers = Object.entries(documented.headers).flatMap(([name, { required, schema }]) =>
    parameterFaults(
      validators,
      { name, in: "header", required, schema },
      reply.headers.get(name) ?? undefined,
    ),
  );
  const text = await reply.text();
  if (!documented.content) return text ? [...headers, "the document has no body here"] : headers;
  return [...headers, ...contentFaults(validators, documented.content, reply.headers, text)];
};

const contentFaults = (
  validators: Validators,
  content: Content,
  headers: Headers,
  text: string,
): string[] => {
  const type = mediaTypeOf(headers.get("content-type"));
  const media = content[type];
  if (!media) return [`the document has no content of type "${type}" here`];
  if (media.schema === undefined) return [];
  if (type === "application/x-www-form-urlencoded") {
    const validate = validators.coerce(media.schema);
    return validate(Object.fromEntries(new URLSearchParams(text))) ? [] : faultsOf(validate, "form");
  }
  const validate = validators.compile(media.schema);
  if (type.endsWith("ndjson")) return lineFaults(validate, text);
  return type.endsWith("json") ? jsonFaults(validate, text, "body") : [];
};

const jsonFaults = (validate: ValidateFunction, text: string, name: string): string[] => {
  try {
    return validate(parseJson(text)) ? [] : faultsOf(validate, name);
  } catch {
    return [`the ${name} is not JSON`];
  }
};

/** The schema of newline-delimited JSON is that of each line. One line's faults are enough to know the others by. */
const lineFaults = (validate: ValidateFunction, text: string): string[] => {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => jsonFaults(validate, line, "line")).find((found) => found.length > 0) ?? [];
};

const faultsOf = ({ errors }: ValidateFunction, name: string): string[] =>
  (errors ?? []).map(({ instancePath, message }) => `${name}${instancePath} ${message}`);
