import { Hono } from "hono";
import { afterEach } from "vitest";
import { createClock } from "../../adapters/kit/clock.ts";
import { createContext } from "../../adapters/kit/context.ts";
import { serve } from "../../adapters/kit/serve.ts";
import adapter from "../../adapters/smart-scheduling-links/adapter.ts";
import { CentreId, Instant } from "../../schema/primitives.ts";

export const charleroi = CentreId.parse("charleroi");
export const namur = CentreId.parse("namur");

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** Connects the adapter to a publisher, and keeps what it logs. */
export const connectTo = (root: string, options: Record<string, unknown> = {}) => {
  const warned: Record<string, unknown>[] = [];
  const log = { info: () => undefined, warn: (facts: Record<string, unknown>) => void warned.push(facts) };
  const ctx = createContext({ ...createClock(Instant.parse("2021-05-18T14:00:00Z")), log });
  opened.push(ctx.close);
  const given = adapter.options.parse({ manifestUrl: `${root}/$bulk-publish`, ...options });
  const { slots } = adapter.connect(given, ctx);
  const list = (from: string, until: string, centres: CentreId[] = [charleroi, namur]) =>
    slots.list({
      ...{ centres, from: Instant.parse(from), until: Instant.parse(until) },
      signal: new AbortController().signal,
    });
  const dropped = () => warned.flatMap((facts) => facts.dropped ?? []);
  return { list, dropped, warned };
};

/** What a publisher serves, by path; text is a file, and the manifest's addresses are moved to where it is served. */
export type Files = Record<
  string,
  string | { status?: number; headers?: Record<string, string>; body: string }
>;

/** Plain web space with these files, which may be changed meanwhile. `elsewhere` is what their addresses begin with. */
export const publish = async (files: Files, elsewhere = "http://publisher.example") => {
  const asked: { path: string; headers: Headers }[] = [];
  const app = new Hono().all("*", (c) => {
    const { pathname, origin } = new URL(c.req.url);
    asked.push({ path: pathname, headers: c.req.raw.headers });
    const file = files[pathname];
    if (file === undefined) return c.notFound();
    const { status = 200, headers = {}, body } = typeof file === "string" ? { body: file } : file;
    return new Response(body.replaceAll(elsewhere, origin), { status, headers });
  });
  const serving = await serve(app);
  opened.push(serving.close);
  return { url: serving.url, asked, paths: () => asked.map(({ path }) => path) };
};

export const lines = (...resources: object[]): string =>
  resources.map((each) => JSON.stringify(each)).join("\n");
export const manifest = (...output: unknown[]): string =>
  JSON.stringify({
    transactionTime: "2021-05-18T13:00:00Z",
    request: "http://publisher.example/$bulk-publish",
    output,
  });
export const output = (type: string, name: string) => ({ type, url: `http://publisher.example/${name}` });
export const location = (id: string) => ({ resourceType: "Location", id, name: id });
export const schedule = (id: string, place: string) => ({
  ...{ resourceType: "Schedule", id, serviceType: [] },
  actor: [{ reference: `Practitioner/9` }, { reference: `Location/${place}` }],
});
export const slot = (id: string, start: string, more: object = {}) => ({
  ...{ resourceType: "Slot", id, schedule: { reference: "Schedule/1" }, status: "free", start },
  ...{ end: "2021-05-18T18:00:00Z", ...more },
});

/** One place, one calendar, and these slots. */
export const published = (...slots: unknown[]): Files => ({
  "/$bulk-publish": manifest(output("Location", "l"), output("Schedule", "s"), output("Slot", "a")),
  "/l": lines(location("charleroi")),
  "/s": lines(schedule("1", "charleroi")),
  "/a": slots.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n"),
});
