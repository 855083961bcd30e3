import { expect, test } from "vitest";
import { createClient } from "../../adapters/doctena/client.ts";
import qvax from "../../adapters/qvax/adapter.ts";
import type { AdapterContext } from "../../schema/adapter.ts";
import type { HttpClient, HttpRequest } from "../../schema/http.ts";
import { afternoon } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

/* Lists that have no end, or say so: each is read for a few pages, and the gateway keeps its memory. */

const baseUrl = "https://platform.example.org";

/** A platform that answers with that JSON, and counts how often. */
const saying = (answer: (request: HttpRequest) => unknown) => {
  const asked: string[] = [];
  const http: HttpClient = {
    request: async (request) => {
      asked.push(request.path);
      const text = JSON.stringify(answer(request));
      const headers = { "content-type": "application/json" };
      return { status: 200, headers, text, bytes: new TextEncoder().encode(text) };
    },
    stream: async () => Promise.reject(new Error("nothing is read by lines here")),
  };
  const ctx: AdapterContext = {
    http: () => http,
    now: () => afternoon,
    log: quiet,
    sleep: async () => undefined,
  };
  return { ctx, asked };
};

test("Doctena: a total of a billion is a drift, and not two million requests", async () => {
  const { ctx, asked } = saying(({ path }) =>
    path === "/oauth/token"
      ? { access_token: "t", token_type: "Bearer", expires_in: 3600 }
      : { items: [], total: 1_000_000_000 },
  );
  const client = createClient({ baseUrl, clientId: "c", clientSecret: "s" }, ctx);
  await expect(client.practices()).rejects.toMatchObject({ fault: "drifted" });
  expect(asked).toHaveLength(2);
});

test("Qvax: answers that never end are taken some thousands at a time, and read on from there", async () => {
  const externalId = "4b8f1c6e-0d1c-4c6b-9f7e-1f2a3b4c5d6e";
  const item = { externalId, answer: "yes", answeredAt: afternoon, handover: null };
  const { ctx, asked } = saying(() => ({
    ...{ items: Array.from({ length: 200 }, () => item), cursor: `c${asked.length}`, more: true },
  }));
  const ports = qvax.connect({ baseUrl, apiKey: "k", centreCodes: {} } as never, ctx);
  const { events, next } = (await ports.invite?.answers({})) ?? {};
  expect([events?.length, asked.length, next]).toEqual([5_000, 25, "c25"]);
});
