import { describe, expect, it } from "vitest";
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
const sandbox = pages({ sandbox: { list } });
const production = pages({});
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
    const loaded = [...(await textOf(path)).matchAll(/(?:src|href)="(\/[\w.-]+\.(?:css|js))"/g)];
    expect(loaded).not.toEqual([]);
    for (const [, asset = ""] of loaded) expect((await sandbox.request(asset)).status).toBe(200);
  });

  it("is not sent again where it has not changed", async () => {
    const tag = (await sandbox.request("/live.js")).headers.get("etag") ?? "";
    const again = await sandbox.request("/live.js", { headers: { "if-none-match": tag } });
    expect(again.status).toBe(304);
  });
});

describe("the first page", () => {
  it("is whole as text without JavaScript, and leads to the API", async () => {
    const text = await textOf("/");
    expect(text).toMatch(/^<!DOCTYPE html>/i);
    expect(text).toContain("Every leftover dose finds its person");
    expect(text).toContain('href="/docs"');
  });

  it("has words for every state of a registration, in every language", async () => {
    const [{ VolunteerState }, { Language }] = await Promise.all([
      import("../../schema/volunteer.ts"),
      import("../../schema/primitives.ts"),
    ]);
    const sections = (await textOf("/")).split("data-registration=").slice(1);
    expect(sections.map((section) => section.slice(1, 3)).sort()).toEqual(Language.options.toSorted());
    for (const section of sections)
      for (const state of VolunteerState.options) expect(section).toContain(`data-states="${state}"`);
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
