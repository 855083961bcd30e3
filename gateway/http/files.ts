import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { refuse } from "../../schema/errors.ts";
import { problems, type Scope } from "./router.ts";

/* A list as a file, on its way in and out. */

export const types = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
export const binary = { schema: { type: "string", format: "binary" } } as const;

/** What kind of list a file is shows in its bytes. The type only has to say that the body is a file. */
export const fileTypes = [types.csv, types.xlsx, "application/octet-stream"];
export const aFile = createMiddleware<Scope>(async (c, next) => {
  const [type = ""] = (c.req.header("content-type") ?? "").split(";");
  if (!fileTypes.includes(type.trim().toLowerCase())) refuse("unsupported_media");
  await next();
});

export const files = {
  200: { description: "The file", content: { [types.csv]: binary, [types.xlsx]: binary } },
  default: problems,
};

export const fileOf = (
  c: Context<Scope>,
  { name, format }: { name: string; format: keyof typeof types },
  bytes: Uint8Array,
) => {
  c.header("content-type", types[format]);
  c.header("content-disposition", `attachment; filename="${name}.${format}"`);
  return c.body(Uint8Array.from(bytes), 200);
};
