import { isObject } from "../../schema/primitives.ts";

/* What a platform that lies, or has changed, makes of its own replies. */

/** `wrong-type`: called something else. `changed-schema`: each name is another. `said-twice`: each entry of a list twice. */
export type Distortion = { kind: "wrong-type" } | { kind: "changed-schema" } | { kind: "said-twice" };

/** "startsAt" becomes "newStartsAt". */
const newName = (name: string) => `new${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

const renamed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(renamed);
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [newName(name), renamed(value)]));
};

const doubled = (node: unknown): unknown => {
  if (Array.isArray(node))
    return node.flatMap((each) => (isObject(each) ? [doubled(each), doubled(each)] : [each]));
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, doubled(value)]));
};

const changes = { "changed-schema": renamed, "said-twice": doubled };

const ofText = (text: string, type: string, kind: keyof typeof changes): string => {
  const change = (json: string) => JSON.stringify(changes[kind](JSON.parse(json)));
  if (!type.includes("ndjson")) return change(text);
  const lines = text.split("\n").filter((line) => line !== "");
  const repeated = kind === "said-twice" ? lines.flatMap((line) => [line, line]) : lines.map(change);
  return repeated.map((line) => `${line}\n`).join("");
};

/** The reply as it is after that; nothing where it has nothing to distort. */
export const distorted = async (reply: Response, { kind }: Distortion): Promise<Response | undefined> => {
  const type = reply.headers.get("content-type") ?? "";
  const bytes = Buffer.from(await reply.clone().arrayBuffer());
  if (bytes.length === 0) return undefined;
  const headers = new Headers(reply.headers);
  headers.delete("content-length");
  if (kind === "wrong-type") {
    headers.set("content-type", "text/html; charset=utf-8");
    return new Response(bytes, { status: reply.status, headers });
  }
  if (!/\bjson\b|ndjson/.test(type)) return undefined;
  const [before, after] = [bytes.toString("utf8"), ofText(bytes.toString("utf8"), type, kind)];
  return after === before ? undefined : new Response(after, { status: reply.status, headers });
};

const babble = new TextEncoder().encode(`"${"and so on ".repeat(6_500)}",`);

/** A body that goes on for as long as somebody listens. */
export const endless = (): Response => {
  const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(babble) });
  return new Response(body, { headers: { "content-type": "application/json" } });
};
