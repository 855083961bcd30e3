import { expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";

const asked: unknown[] = [];
const app = pages({
  api: (path, _, env) => {
    asked.push([path, env]);
    return new Response("{}", { status: 503 });
  },
});
const form = "application/x-www-form-urlencoded";
const token = "abcdefghijklmnopqrstuvwxyz";
/** Where a page's form leads. */
const formPaths = [
  "/consent",
  "/renew",
  "/register",
  "/mine",
  "/mine/link",
  "/erasure",
  "/my-data",
  "/my-data/correct",
  "/my-data/download",
];
const post = (headers: Record<string, string>, body = `link=${token}`, path = "/consent") =>
  app.request(
    path,
    { method: "POST", headers: { host: "dose.example.org", ...headers }, body },
    { who: "a connection" },
  );

test.each([
  ["says it is ours", { "sec-fetch-site": "same-origin" }],
  ["is sent by hand", { "sec-fetch-site": "none" }],
  ["comes from our own host", { origin: "https://dose.example.org" }],
  ["says nothing of where it comes from, as an old browser", { origin: "null" }],
  ["says nothing at all", {}],
])("a form that %s is taken", async (_, headers) => {
  expect((await post({ "content-type": form, ...headers })).status).toBe(200);
});

test.each([
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["a neighbour of our domain", { "sec-fetch-site": "same-site" }],
  ["another origin", { origin: "https://evil.example" }],
  ["an origin that is none", { origin: "nonsense" }],
  [
    "another site that claims our origin",
    { "sec-fetch-site": "cross-site", origin: "https://dose.example.org" },
  ],
])("one that %s had somebody send is refused, and the API not asked", async (_, headers) => {
  asked.length = 0;
  for (const path of formPaths) {
    const reply = await post({ "content-type": form, ...headers }, `link=${token}`, path);
    expect([reply.status, reply.headers.get("content-type")]).toEqual([403, "application/problem+json"]);
  }
  expect(asked).toEqual([]);
});

test.each(["text/plain", "multipart/form-data; boundary=x", "application/json"])(
  "one that is %s is told what a form is",
  async (type) => {
    const reply = await post({ "content-type": type });
    expect(reply.status).toBe(415);
    expect(await reply.json()).toMatchObject({
      code: "unsupported_media",
      detail: expect.stringContaining(form),
    });
  },
);

test("one that is larger than a form can be is refused", async () => {
  const reply = await post({ "content-type": form }, `link=${"x".repeat(5_000)}`);
  expect([reply.status, await reply.json()]).toMatchObject([
    413,
    { code: "body_too_large", detail: "at most 4 KiB" },
  ]);
});

test("the API is asked for whoever sent the form, so that they are counted and not their page", async () => {
  asked.length = 0;
  await post({ "content-type": form });
  expect(asked).toEqual([["/v1/volunteer/standing", { who: "a connection" }]]);
});
