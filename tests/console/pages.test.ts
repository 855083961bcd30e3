import vm from "node:vm";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";

const letter = {
  id: "1",
  at: "2021-05-18T14:00:00.000Z",
  channel: "email" as const,
  to: "an@example.org",
  subject: "A dose <for> you",
  text: "Answer here:\nhttps://dose.example.org/answer#secret-token\nThank you",
};
const post = [letter, { ...letter, id: "2", to: "bram@example.org", channel: "sms" as const, subject: "" }];
const list = ({ to, limit = 10 }: { to?: string; limit?: number }) =>
  post.filter((each) => to === undefined || each.to === to).slice(0, limit);
const api = (path: string) => Response.json({ items: [] }, { status: path === "/v1/today" ? 200 : 503 });
const sandbox = pages({ api, sandbox: { list } });
const production = pages({ api });
const textOf = async (path: string, headers?: Record<string, string>) => {
  const reply = await sandbox.request(path, { headers });
  expect(reply.status).toBe(200);
  return reply.text();
};

describe("every page", () => {
  it.each(["/", "/answer", "/sandbox/messages"])(
    "%s runs no script but its own and tells no other site",
    async (path) => {
      const { headers } = await sandbox.request(path);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("content-security-policy")).not.toContain("unsafe");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(await textOf(path)).not.toMatch(/<script>|<style|\sstyle=|\son\w+=/);
    },
  );

  it.each(["/", "/answer", "/sandbox/messages"])("%s loads only what is there", async (path) => {
    const loaded = [...(await textOf(path)).matchAll(/(?:src|href)="(\/[\w.-]+\.(?:css|js)\?v=[\w-]+)"/g)];
    expect(loaded).not.toEqual([]);
    for (const [, asset = ""] of loaded) expect((await sandbox.request(asset)).status).toBe(200);
  });

  it("is kept by the browser under an address that changes with it, and asked for again under any other", async () => {
    const [address = ""] = /\/live\.js\?v=[\w-]+/.exec(await textOf("/")) ?? [];
    expect((await sandbox.request(address)).headers.get("cache-control")).toContain("immutable");
    const plain = await sandbox.request("/live.js?v=older");
    expect(plain.headers.get("cache-control")).toBe("no-cache");
    const tag = plain.headers.get("etag") ?? "";
    expect((await sandbox.request("/live.js", { headers: { "if-none-match": tag } })).status).toBe(304);
  });

  it.each([["br", brotliDecompressSync] as const, ["gzip", gunzipSync] as const])(
    "is sent packed to a browser that takes %s, and is the same",
    async (encoding, unpack) => {
      const plain = await (await sandbox.request("/style.css")).text();
      const reply = await sandbox.request("/style.css", { headers: { "accept-encoding": encoding } });
      expect(reply.headers.get("content-encoding")).toBe(encoding);
      expect(unpack(await reply.arrayBuffer()).toString()).toBe(plain);
    },
  );
});

describe("the first page", () => {
  it("is whole as text without JavaScript, and leads to the API", async () => {
    const text = await textOf("/");
    expect(text).toMatch(/^<!DOCTYPE html>/i);
    expect(text).toContain("Every leftover dose finds its person");
    expect(text).toContain('href="/docs"');
  });

  it("speaks of messages in the sandbox only", async () => {
    expect(await textOf("/")).toContain("/sandbox/messages");
    expect(await (await production.request("/")).text()).not.toContain("sandbox");
  });
});

describe("the page of an invitation", () => {
  it.each([
    ["fr-BE,fr;q=0.9", "Oui, je viens"],
    ["nl", "Ja, ik kom"],
    ["de-BE", "Ja, ich komme"],
    ["pt", "Yes, I will come"],
  ])("speaks to a browser that asks for %s: %s", async (language, yes) => {
    expect(await textOf("/answer", { "accept-language": language })).toContain(yes);
  });

  it("can be read in another language", async () => {
    const text = await textOf("/answer?lang=nl", { "accept-language": "fr" });
    expect(text).toContain('<html lang="nl">');
    expect(text).toContain("Ja, ik kom");
  });

  it("has a view for every state of an invitation", async () => {
    const { InvitationState } = await import("../../schema/surplus.ts");
    const views = [...(await textOf("/answer")).matchAll(/data-when="([^"]+)"/g)].flatMap(([, names]) =>
      (names ?? "").split(" "),
    );
    expect(views).toEqual(expect.arrayContaining(InvitationState.options));
  });
});

/** What a person reads where the page shows that view: the text of all parts but those of other views. */
const readIn = (page: string, view: string): string => {
  const open: { name: string; isSeen: boolean }[] = [];
  let text = "";
  for (const [, end, name = "", attributes = "", words = ""] of page.matchAll(
    /<(\/?)([\w!]+)([^>]*)>|([^<]+)/g,
  )) {
    const isSeen = open.every((each) => each.isSeen);
    if (words) text += isSeen ? `${words} ` : "";
    else if (end) open.splice(open.findLastIndex((each) => each.name === name));
    else if (!/^(?:!doctype|meta|link)$/i.test(name)) {
      const [, views] = /data-when="([^"]+)"/.exec(attributes) ?? [];
      open.push({ name, isSeen: isSeen && (views?.split(" ").includes(view) ?? name !== "head") });
      if (isSeen && attributes.includes("data-moment"))
        text += `${/data-moment="(\w+)"/.exec(attributes)?.[1]} `;
    }
  }
  return text;
};

describe.each([
  ["fr", /réservée|gardée/, /Ne partez pas/, /gardez votre place/],
  ["nl", /houden een dosis/, /Vertrek nog niet/, /behoudt uw plaats/],
  ["de", /reserviert/, /Fahren Sie (noch )?nicht los/, /behalten Ihren Platz/],
  ["en", /is held/, /Do not set out yet/, /keep your place/],
])("the page of an invitation in %s", (language, held, stay, keeps) => {
  const read = async (view: string) => readIn(await textOf(`/answer?lang=${language}`), view);

  it("says that a dose is held to whom it is, and to no standby", async () => {
    expect(await read("open")).toMatch(held);
    for (const view of ["standby", "ready", "late", "lapsed", "released"])
      expect(await read(view)).not.toMatch(held);
    expect((await textOf(`/answer?lang=${language}`)).split("</title>")[0]).not.toMatch(held);
  });

  it("tells a standby when they will know, and not to set out before", async () => {
    for (const view of ["standby", "ready", "late"]) {
      expect(await read(view)).toContain("knownBy");
      expect(await read(view)).toMatch(stay);
    }
    expect(await read("open")).not.toContain("knownBy");
  });

  it("tells who was not needed that they keep their place", async () => {
    expect(await read("ready")).toMatch(keeps);
    expect(await read("released")).toMatch(keeps);
  });
});

/** The page's script with a page and a gateway made for it. Answers with the names of the parts that are seen. */
const opened = async (...replies: object[]) => {
  const page = await textOf("/answer");
  const parts = [...page.matchAll(/data-when="([^"]+)"/g)].map(([, when]) => ({
    dataset: { when },
    hidden: true,
  }));
  const clicks: Record<string, () => unknown> = {};
  const buttons = [...page.matchAll(/data-answer="(\w+)"/g)].map(([, answer = ""]) => ({
    dataset: { answer },
    addEventListener: (_: string, click: () => unknown) => (clicks[answer] = click),
  }));
  const asked: string[] = [];
  const fetch = async (path: string, { method }: { method: string }) => {
    asked.push(`${method} ${path}`);
    const body = replies.length > 1 ? replies.shift() : replies[0];
    return "status" in (body ?? {}) ? { headers: new Headers(), ...body } : Response.json(body);
  };
  const found: Record<string, object[]> = { "[data-when]": parts, "[data-answer]": buttons };
  const document = { documentElement: { lang: "en" }, querySelectorAll: (what: string) => found[what] ?? [] };
  const [location, addEventListener] = [{ hash: "#secret" }, () => undefined];
  const world = { document, location, addEventListener, fetch, Intl, Date, setTimeout, clearTimeout };
  vm.runInNewContext(await textOf("/answer.js"), world);
  const shows = () =>
    parts.filter(({ hidden }) => !hidden).flatMap(({ dataset }) => dataset.when?.split(" "));
  /** Whether a part is seen that lets them say so. */
  const isOffered = (answer: string) => {
    const seen = parts.filter(({ hidden }) => !hidden).map(({ dataset }) => dataset.when);
    return [...page.matchAll(/data-when="([^"]+)"(?:(?!data-when=).)*?data-answer="(\w+)"/gs)].some(
      ([, views, offered]) => offered === answer && seen.includes(views),
    );
  };
  return { shows, isOffered, asked, click: (answer: string) => clicks[answer]?.() };
};

describe("the script of an invitation's page", () => {
  const [later, earlier] = [3_600_000, -1000].map((ms) => new Date(Date.now() + ms).toISOString());
  const facts = { kind: "standby", knownBy: later, windowEndsAt: later, centre: {} };
  const sees = (page: { shows(): unknown[] }, view: string) =>
    vi.waitFor(() => expect(page.shows()).toContain(view));

  it("asks a standby another question than whom a dose is held for", async () => {
    const standby = await opened({ ...facts, state: "open" });
    await sees(standby, "standby");
    const hold = await opened({ ...facts, kind: "hold", state: "open" });
    await sees(hold, "open");
  });

  it("offers a late yes while answers count, and no longer once it was refused", async () => {
    await sees(await opened({ ...facts, state: "lapsed", knownBy: earlier }), "lapsed");
    const silent = { ...facts, state: "lapsed" };
    const late = await opened(silent, { ...facts, state: "ready" });
    await sees(late, "late");
    await late.click("accept");
    expect(late.asked).toEqual(["GET /v1/invitation", "POST /v1/invitation/accept"]);
    await sees(late, "ready");
    const refused = await opened(silent, { status: 409 }, silent);
    await sees(refused, "late");
    await refused.click("accept");
    expect(refused.shows()).toContain("lapsed");
    expect(refused.isOffered("accept")).toBe(false);
  });

  it("looks again every 20 seconds while ready, also where the gateway was away, and then every minute", async () => {
    vi.useFakeTimers();
    try {
      const ready = { ...facts, state: "ready" };
      const page = await opened(ready, { status: 503 }, ready, {
        ...facts,
        state: "accepted",
        comeAt: later,
      });
      for (const [asked, view] of ["ready", "ready", "ready", "accepted"].entries()) {
        await vi.advanceTimersByTimeAsync(asked === 0 ? 0 : 20_000);
        expect(page.asked).toHaveLength(asked + 1);
        expect(page.shows()).toContain(view);
      }
      await vi.advanceTimersByTimeAsync(60_000);
      expect(page.asked).toHaveLength(5);
    } finally {
      vi.useRealTimers();
    }
  });

  it("says at once that a promise was refused, and gives nobody an hour any more", async () => {
    const promise = { ...facts, state: "accepted", promise: "expected", comeAt: later };
    const page = await opened(promise, { ...promise, promise: "refused", comeAt: undefined });
    await sees(page, "accepted");
    await page.click("cancel");
    expect(page.asked[1]).toBe("POST /v1/invitation/cancel");
    await sees(page, "refused");
    expect(page.shows()).not.toContain("accepted");
  });

  it("takes a no from a standby who said yes", async () => {
    const page = await opened({ ...facts, state: "ready" }, { ...facts, state: "declined" });
    await sees(page, "ready");
    await page.click("decline");
    expect(page.asked.at(-1)).toBe("POST /v1/invitation/decline");
    await sees(page, "declined");
  });
});

describe("the sandbox's messages", () => {
  it("can be followed by their links, and are shown as text", async () => {
    const text = await textOf("/sandbox/messages");
    expect(text).toContain('<a href="https://dose.example.org/answer#secret-token">');
    expect(text).toContain("A dose &lt;for&gt; you");
  });

  it("can be those of one person", async () => {
    const text = await textOf("/sandbox/messages?to=bram%40example.org");
    expect(text).not.toContain("an@example.org<");
    const { items } = JSON.parse(await textOf("/sandbox/messages.json?to=an%40example.org&limit=1"));
    expect(items).toEqual([letter]);
  });

  it("refuse a limit that is no number", async () => {
    for (const limit of ["0", "-1", "many", "1e9"])
      expect((await sandbox.request(`/sandbox/messages.json?limit=${limit}`)).status).toBe(400);
  });

  it("are not there in production", async () => {
    expect((await production.request("/sandbox/messages")).status).toBe(404);
    expect((await production.request("/sandbox/messages.json")).status).toBe(404);
  });
});
