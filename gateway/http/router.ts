import { OpenAPIHono, z } from "@hono/zod-openapi";
import { type Issue, Problem, Refusal } from "../../schema/errors.ts";
import type { Caller } from "../flows/authorise.ts";
import type { Deps } from "../flows/deps.ts";
import { declaredBy } from "./declared.ts";

/** What a request carries along: its id, and who calls where a route asks for it. */
export type Scope = {
  Variables: {
    requestId: string;
    /** As far as they reach at this address. */
    caller: Caller;
    /** The world as far as they reach: a route with a caller does all its work in it. */
    deps: Deps;
    /** The same as their key or token has it, however far it reaches here. */
    holder: Caller;
  };
};

const places = { json: "body", form: "body", query: "query", param: "path", header: "header" } as const;

/** RFC 6901, so that a form can find its own field. */
const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** What is wrong with a part of a request, field by field. */
export const issuesOf = (error: z.core.$ZodError, where: Issue["in"]): Issue[] => {
  const named = (path: readonly PropertyKey[]) => (where === "body" ? pointer(path) : String(path[0] ?? ""));
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ in: where, at: named([...issue.path, key]), detail: "not known here" }))
      : [{ in: where, at: named(issue.path), detail: issue.message }],
  );
};

type Answers = Record<string, { content?: Record<string, { schema?: unknown }> }>;

/** By status: what of a value may be answered in JSON. */
const narrowings = (responses: Answers) =>
  new Map(
    Object.entries(responses).flatMap(([status, { content }]) => {
      const schema = content?.["application/json"]?.schema;
      return schema instanceof z.ZodType ? [[Number(status), declaredBy(schema)] as const] : [];
    }),
  );

/** The routes of one resource, each of which answers what it declares and no more. */
const declaring = <Routes extends OpenAPIHono<Scope>>(router: Routes): Routes => {
  const openapi = router.openapi;
  const narrowed: typeof openapi = (route, handler, hook) => {
    const narrow = narrowings(route.responses as Answers);
    const told: typeof handler = (c, next) => {
      const { json } = c;
      c.json = ((value: unknown, status: number, headers: undefined) =>
        json(narrow.get(status)?.(value) as object, status as 200, headers)) as unknown as typeof json;
      return handler(c, next);
    };
    return openapi(route, told, hook);
  };
  router.openapi = narrowed;
  return router;
};

/** The routes of one resource. What they do not accept is refused in the same words everywhere. */
export const newRouter = () =>
  declaring(
    new OpenAPIHono<Scope>({
      defaultHook: (result) => {
        if (result.success) return;
        const where = result.target in places ? places[result.target as keyof typeof places] : "body";
        throw new Refusal("invalid_input", undefined, issuesOf(result.error, where));
      },
    }),
  );
export type Router = ReturnType<typeof newRouter>;

export const json = <Shape extends z.ZodType>(schema: Shape, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

export const body = <Shape extends z.ZodType>(schema: Shape) => ({
  required: true,
  content: { "application/json": { schema } },
});

/** How every route refuses. */
export const problems = {
  description: "A problem (RFC 9457); its `code` says which",
  content: { "application/problem+json": { schema: Problem } },
};
