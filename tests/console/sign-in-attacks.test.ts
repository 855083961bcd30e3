import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownPath } from "../../gateway/console/sign-in/own-path.ts";
import { openBrowser, openScene, type Scene } from "./sign-in-scene.ts";

/* What somebody tries who wants into another's session, or to have their browser act by it. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const key = "operator-key-of-the-gateway";
const signedIn = async (url = scene.url) => {
  const browser = openBrowser();
  await browser.post(`${url}/sign-in`, { key });
  return browser;
};
/** The address to which a provider sends somebody back, not opened yet. */
const sentBack = async (browser = openBrowser(), person = "operator-everywhere") => {
  const { address } = await browser.until(
    `${scene.url}/sign-in/with/0?to=/who-may`,
    (url) => url.pathname === "/sign-in/callback",
    person,
  );
  return { browser, address: new URL(address) };
};
const sessionIn = (browser: ReturnType<typeof openBrowser>) => browser.jarOf(scene.url).get("everydose");

describe("where somebody is led afterwards", () => {
  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/x/..//evil.example",
    "/%2e//evil.example",
    "javascript:alert(1)",
    "/\u0000/evil",
    " /who-may",
    "who-may",
    "",
    "/sign-out",
    "/sign-in",
    "/sign-in/with/0",
    "/sign-in/callback?x",
    `/${"x".repeat(900)}`,
    "/\u202e/evil",
    "///",
    "/ /evil.example",
  ])("is never %j", (to) => {
    expect(ownPath(to)).toBeUndefined();
  });

  test.each([
    ["/who-may?lang=fr&x=//evil", "/who-may?lang=fr&x=//evil"],
    ["/a/../who-may", "/who-may"],
    ["/who-may#part", "/who-may"],
    ["/@evil.example", "/@evil.example"],
  ])("may be %j", (to, path) => {
    expect(ownPath(to)).toBe(path);
  });

  test("is not another site by way of a key, or of a provider", async () => {
    const reply = await openBrowser().post(`${scene.url}/sign-in`, { key, to: "//evil.example/" });
    expect(new URL(reply.headers.get("location") ?? "", scene.url).host).toBe(new URL(scene.url).host);
    const browser = openBrowser();
    const page = await browser.open(
      `${scene.url}/sign-in/with/0?to=https://evil.example`,
      "operator-everywhere",
    );
    expect(new URL(page.at).host).toBe(new URL(scene.url).host);
    expect(browser.seen.slice(1).join(" ")).not.toContain("evil");
  });
});

describe("the way to a provider and back", () => {
  test("ends with a state of somebody else's", async () => {
    const { browser, address } = await sentBack();
    address.searchParams.set("state", "forged");
    const reply = await browser.open(address.href);
    expect([new URL(reply.at).searchParams.get("why"), sessionIn(browser)]).toEqual(["lost", undefined]);
  });

  test("is no other browser's: nobody is signed in as somebody else by a link", async () => {
    const { address } = await sentBack();
    const stranger = openBrowser();
    await stranger.open(address.href);
    expect(sessionIn(stranger)).toBeUndefined();
    const { browser: victim } = await sentBack(undefined, "staff-pacheco");
    await victim.open(address.href);
    expect(sessionIn(victim)).toBeUndefined();
  });

  test("is gone once: neither its code nor its cookie opens anything again", async () => {
    const { browser, address } = await sentBack();
    const way = browser.jarOf(scene.url).get("everydose-way") ?? "";
    await browser.send(address);
    expect(sessionIn(browser)).toBeDefined();
    expect(browser.jarOf(scene.url).has("everydose-way")).toBe(false);
    const thief = openBrowser();
    thief.jarOf(scene.url).set("everydose-way", way);
    const reply = await thief.open(address.href);
    expect([new URL(reply.at).searchParams.get("why"), sessionIn(thief)]).toEqual(["away", undefined]);
  });

  test("is over after a quarter of an hour", async () => {
    const { browser, address } = await sentBack();
    scene.clock.advance(16);
    const reply = await browser.open(address.href);
    scene.clock.advance(-16);
    expect(new URL(reply.at).searchParams.get("why")).toBe("lost");
  });

  test("an answer that names another issuer is taken from nobody", async () => {
    const { browser, address } = await sentBack();
    address.searchParams.set("iss", "https://evil.example");
    const reply = await browser.open(address.href);
    expect([new URL(reply.at).searchParams.get("why"), sessionIn(browser)]).toEqual(["away", undefined]);
  });
});

describe("a session", () => {
  test("is read by no script, sent by no other site's form, and set by no neighbour", async () => {
    const cookieOf = async (url: string) => {
      const reply = await openBrowser().post(`${url}/sign-in`, { key });
      return reply.headers.getSetCookie().join("\n");
    };
    expect(await cookieOf(scene.url)).toMatch(/^everydose=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
    const secure = await scene.replica({ isSecure: true });
    expect(await cookieOf(secure)).toMatch(
      /^__Host-everydose=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test("that was changed, or is something else that we sealed, opens nothing", async () => {
    const browser = await signedIn();
    const good = sessionIn(browser) ?? "";
    const [header = "", , nonce = "", text = "", tag = ""] = good.split(".");
    const flipped = text.slice(0, 20) + (text[20] === "A" ? "B" : "A") + text.slice(21);
    const { browser: underWay } = await sentBack();
    const way = underWay.jarOf(scene.url).get("everydose-way") ?? "";
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const forged = `${none}.${Buffer.from(JSON.stringify({ bearer: key, by: "key" })).toString("base64url")}.`;
    const unknown = Buffer.from(JSON.stringify({ alg: "dir", enc: "A256GCM", kid: "99" })).toString(
      "base64url",
    );
    const wrong = [
      `${header}..${nonce}.${flipped}.${tag}`,
      `${header}..${nonce}.${text}.${tag.slice(0, -4)}`,
      `${unknown}..${nonce}.${text}.${tag}`,
      way,
      forged,
      "x",
      "....",
      `${good}.`,
    ];
    for (const each of wrong) {
      browser.jarOf(scene.url).set("everydose", each);
      expect((await browser.send(`${scene.url}/who-may`)).status, each).toBe(303);
    }
    browser.jarOf(scene.url).set("everydose", good);
    expect((await browser.send(`${scene.url}/who-may`)).status).toBe(200);
  });

  test("opens no address of the API: what a page may, no cookie may", async () => {
    const browser = await signedIn();
    expect((await browser.send(`${scene.url}/v1/keys`)).status).toBe(401);
    const json = { "content-type": "application/json" };
    const body = JSON.stringify({ label: "forged", role: "operator" });
    const forged = await browser.send(`${scene.url}/v1/keys`, { method: "POST", headers: json, body });
    expect(forged.status).toBe(401);
  });

  test("is kept by nobody on the way, and its pages tell no other site of themselves", async () => {
    const { headers } = await (await signedIn()).send(`${scene.url}/who-may`);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("content-security-policy")).toContain("form-action 'self'");
  });
});

describe("a form that another page has a browser send", () => {
  const forged: [string, Record<string, string>][] = [
    ["another site's", { "sec-fetch-site": "cross-site" }],
    ["a neighbour's of our domain", { "sec-fetch-site": "same-site" }],
    [
      "of an old browser, which says another origin",
      { "sec-fetch-site": "", origin: "https://evil.example" },
    ],
    ["of an old browser, from a frame without an origin", { "sec-fetch-site": "", origin: "null" }],
    ["that says nothing of itself", { "sec-fetch-site": "" }],
  ];
  const posts: [string, Record<string, string>][] = [
    ["/who-may/keys", { label: "forged", role: "operator" }],
    ["/who-may/keys/door/end", {}],
    ["/sign-out", {}],
    ["/sign-in", { key }],
  ];

  test.each(forged)("%s, is refused although the cookie came with it", async (_, headers) => {
    const browser = await signedIn();
    for (const [path, fields] of posts) {
      const reply = await browser.post(scene.url + path, fields, headers);
      expect([reply.status, reply.headers.getSetCookie()], path).toEqual([403, []]);
    }
    const list = await (await browser.send(`${scene.url}/who-may/keys`)).text();
    expect(list).toContain("door");
    expect(list).not.toContain("forged");
  });

  test("is taken from an old browser that says it comes from here", async () => {
    const browser = await signedIn();
    const headers = { "sec-fetch-site": "", origin: scene.url };
    expect((await browser.post(`${scene.url}/sign-out`, {}, headers)).status).toBe(303);
  });
});

test("signing out ends it here and at the provider, and nothing leads to it by an address", async () => {
  const { browser, address } = await sentBack();
  await browser.send(address);
  const session = sessionIn(browser) ?? "";
  expect((await browser.send(`${scene.url}/sign-out`)).status).toBe(404);
  const out = await browser.follow(
    await browser.post(`${scene.url}/sign-out?lang=en`, {}),
    `${scene.url}/sign-out`,
  );
  expect(await out.text()).toContain("Sign out at Sandbox");
  expect(sessionIn(browser)).toBeUndefined();
  // What was copied before opens until its token ends, and is not renewed: providers do well to give short ones.
  browser.jarOf(scene.url).set("everydose", session);
  scene.clock.advance(9.5);
  await browser.send(`${scene.url}/who-may`);
  scene.clock.advance(-9.5);
  expect(sessionIn(browser) === session, "it was not renewed").toBe(true);
});

test("no key and no token stands in an address, a page or the log", async () => {
  const { browser, address } = await sentBack();
  const pages = [await (await browser.follow(await browser.send(address), address.href)).text()];
  for (const path of ["/who-may", "/who-may/keys", "/sign-in", "/sign-in/home"])
    pages.push(await (await browser.send(scene.url + path)).text());
  pages.push(await (await browser.post(`${scene.url}/sign-in`, { key: "wrong-key-of-somebody" })).text());
  await browser.post(`${scene.url}/sign-out`, {});
  const everything = JSON.stringify([
    browser.seen.filter((each) => each.startsWith(scene.url)),
    pages,
    scene.logged,
  ]);
  expect(everything).not.toMatch(/eyJ[\w-]{10,}\.[\w-]*\./);
  expect(everything).not.toContain("wrong-key-of-somebody");
  expect(everything).not.toContain(key);
});
