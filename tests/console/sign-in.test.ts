import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openScene, type Scene } from "./sign-in-scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const key = "operator-key-of-the-gateway";
const wanted = "/who-may?lang=en";
/** Where a reply leads, without the host. */
const leadsTo = (reply: Response): string => {
  const { pathname, search } = new URL(reply.headers.get("location") ?? "/nowhere", scene.url);
  return pathname + search;
};
const whereIs = ({ at }: { at: string }): string => at.slice(new URL(at).origin.length);
const signedInAs = async (person: string, url = scene.url) => {
  const browser = openBrowser();
  const page = await browser.open(`${url}/sign-in/with/0?to=/who-may&lang=en`, person);
  return { browser, page };
};
const withKey = async (url = scene.url) => {
  const browser = openBrowser();
  await browser.post(`${url}/sign-in?lang=en`, { key, to: wanted });
  return browser;
};

describe("with a provider", () => {
  test("somebody comes back to the page that they wanted, and is greeted by their name", async () => {
    const browser = openBrowser();
    const page = await browser.open(scene.url + wanted);
    expect([page.status, new URL(page.at).pathname]).toEqual([200, "/sign-in"]);
    const [, way = ""] = /href="(\/sign-in\/with\/0[^"]*)"/.exec(await page.text()) ?? [];
    const back = await browser.open(scene.url + way.replaceAll("&amp;", "&"), "operator-everywhere");
    expect([back.status, whereIs(back)]).toEqual([200, wanted]);
    const text = await back.text();
    expect(text).toContain("operator, of the whole gateway");
    expect(text).toContain("Make keys and end them");
  });

  test("whoever has another role reads that it is not for them, and what is", async () => {
    const { browser, page } = await signedInAs("staff-pacheco");
    expect([page.status, whereIs(page)]).toEqual([403, "/who-may"]);
    expect(await page.text()).toContain("You are signed in as: Centre staff");
    expect((await browser.send(`${scene.url}/sign-in/home`)).status).toBe(200);
  });

  test("a token is renewed before it ends, and once for pages that ask at once", async () => {
    const { browser } = await signedInAs("operator-everywhere");
    const before = browser.jarOf(scene.url).get("everydose");
    scene.clock.advance(9.5);
    const pages = await Promise.all([1, 2, 3].map(() => browser.send(scene.url + wanted)));
    scene.clock.advance(-9.5);
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(browser.jarOf(scene.url).get("everydose")).not.toBe(before);
    expect((await browser.send(scene.url + wanted)).status).toBe(200);
  });

  test("it is over when the token is and none follows, and the way back is kept", async () => {
    const { browser } = await signedInAs("operator-everywhere");
    scene.clock.advance(30);
    const reply = await browser.send(scene.url + wanted);
    scene.clock.advance(-30);
    expect(leadsTo(reply)).toBe(`/sign-in?${new URLSearchParams({ to: wanted, lang: "en", why: "over" })}`);
    expect(browser.jarOf(scene.url).has("everydose")).toBe(false);
  });

  test("whoever says no there, or has no way here, is told so and can begin again", async () => {
    const browser = openBrowser();
    const refused = await browser.open(`${scene.url}/sign-in/with/0?to=/who-may&lang=en`, "nobody");
    expect(whereIs(refused)).toBe("/sign-in?why=refused&lang=en&to=%2Fwho-may");
    const lost = await browser.open(`${scene.url}/sign-in/callback?code=x&state=y&lang=en`);
    expect(whereIs(lost)).toBe("/sign-in?why=lost&lang=en");
  });

  test("a provider that is down is told, with another way in", async () => {
    const down = await scene.replica({ issuer: "http://127.0.0.1:9" });
    const reply = await openBrowser().open(`${down}/sign-in/with/0?lang=en`);
    expect(new URL(reply.at).searchParams.get("why")).toBe("away");
    expect(await reply.text()).toContain("use a key");
  });
});

describe("with a key", () => {
  test("somebody comes to the page that they wanted, until the key is ended", async () => {
    await scene.makeKey("for-a-while");
    const browser = openBrowser();
    const reply = await browser.post(`${scene.url}/sign-in`, { key: " for-a-while-key ", to: wanted });
    expect([reply.status, leadsTo(reply)]).toEqual([303, wanted]);
    expect((await browser.send(scene.url + wanted)).status).toBe(200);
    await scene.endKey("for-a-while");
    expect(leadsTo(await browser.send(scene.url + wanted))).toMatch(/^\/sign-in\?to=%2Fwho-may/);
  });

  test("it is over after twelve hours, whatever was done meanwhile", async () => {
    const browser = await withKey();
    scene.clock.advance(11.9 * 60);
    expect((await browser.send(scene.url + wanted)).status).toBe(200);
    scene.clock.advance(0.2 * 60);
    expect((await browser.send(scene.url + wanted)).status).toBe(303);
    scene.clock.advance(-12.1 * 60);
  });

  test.each([["key-that-was-never-made"], ["Bearer "], [""], ["with spaces in it"], ["é"]])(
    "%j opens nothing, and the page says what to do",
    async (wrong) => {
      const browser = openBrowser();
      const reply = await browser.post(`${scene.url}/sign-in?lang=en`, { key: wrong, to: wanted });
      expect(reply.status).toBe(401);
      const text = await reply.text();
      expect(text).toContain("This key opens nothing");
      expect(text).toContain('name="to" value="/who-may?lang=en"');
      if (wrong.length > 8) expect(text).not.toContain(wrong);
      expect(browser.jarOf(scene.url).size).toBe(0);
    },
  );
});

describe("a form that came too late", () => {
  test("is kept in the page, and sent again once its sender is back", async () => {
    await scene.makeKey("slow-hand");
    const browser = openBrowser();
    await browser.post(`${scene.url}/sign-in`, { key: "slow-hand-key" });
    await scene.endKey("slow-hand");
    const fields = { label: 'made-"late"', role: "staff" };
    const late = await browser.post(`${scene.url}/who-may/keys?lang=en`, fields);
    expect(late.status).toBe(401);
    const text = await late.text();
    expect(text).toContain("nothing is lost");
    expect(text).toContain('name="label" value="made-&quot;late&quot;"');
    expect(text).toContain('action="/who-may/keys?lang=en"');
    const again = await withKey();
    expect(
      (await again.post(`${scene.url}/who-may/keys?lang=en`, { ...fields, label: "made-late" })).status,
    ).toBe(200);
  });

  test("is not handed on where another site sent it: nobody is led to send it again", async () => {
    const reply = await openBrowser().post(
      `${scene.url}/who-may/keys`,
      { label: "evil", role: "operator" },
      { "sec-fetch-site": "cross-site" },
    );
    expect(reply.status).toBe(403);
    expect(await reply.text()).not.toContain("evil");
  });

  test("a script of a page is told in its own way", async () => {
    const headers = { "sec-fetch-dest": "empty" };
    const reply = await openBrowser().send(scene.url + wanted, { headers });
    expect([reply.status, reply.headers.get("location")]).toEqual([401, null]);
  });
});

describe("gateways of one ring", () => {
  test("read each other's sessions, also while a key follows another", async () => {
    const [old, next] = [scene.ring(1), scene.ring(2, 1)];
    const [one, two] = [await scene.replica({ keysFor: old }), await scene.replica({ keysFor: old })];
    const browser = await withKey(one);
    const session = browser.jarOf(one).get("everydose") ?? "";
    const at = async (url: string, cookie = session) =>
      (await fetch(url + wanted, { redirect: "manual", headers: { cookie: `everydose=${cookie}` } })).status;
    expect(await at(two)).toBe(200);
    const rotated = await scene.replica({ keysFor: next });
    expect(await at(rotated)).toBe(200);
    const fresh = (await withKey(rotated)).jarOf(rotated).get("everydose") ?? "";
    const gone = await scene.replica({ keysFor: scene.ring(2) });
    expect([await at(gone), await at(gone, fresh)]).toEqual([303, 200]);
  });
});

describe("keys on the page", () => {
  test("are made, shown once, used and ended; sent twice, a form makes one", async () => {
    const browser = await withKey();
    const fields = { label: "namur-desk", role: "staff", centres: "namur", once: "0123456789abcdef" };
    const made = await browser.post(`${scene.url}/who-may/keys?lang=en`, fields);
    const [, shown = ""] = /<textarea[^>]*>([^<]+)</.exec(await made.text()) ?? [];
    expect(shown).toMatch(/^staff-[\w-]{32}$/);
    const twice = await browser.post(`${scene.url}/who-may/keys?lang=en`, fields);
    expect(await twice.text()).toContain(shown);
    const list = await (await browser.send(`${scene.url}/who-may/keys?lang=en`)).text();
    expect(list).toContain("namur-desk");
    expect(list).not.toContain(shown);
    const taken = await browser.post(`${scene.url}/who-may/keys?lang=en`, {
      ...fields,
      once: "another-form",
    });
    expect([taken.status, await taken.text()]).toEqual([
      422,
      expect.stringContaining("There is a key of this name"),
    ]);
    const ended = await browser.post(`${scene.url}/who-may/keys/namur-desk/end?lang=en`, {});
    expect(leadsTo(ended)).toBe("/who-may/keys?ended=namur-desk&lang=en");
    const reply = await fetch(`${scene.url}/v1/caller`, { headers: { authorization: `Bearer ${shown}` } });
    expect(reply.status).toBe(401);
  });

  test("are nobody's business but the operator's", async () => {
    const { browser } = await signedInAs("auditor-brussels");
    const table = await (await browser.send(`${scene.url}/who-may?lang=en`)).text();
    expect(table).not.toContain("/who-may/keys");
    expect((await browser.send(`${scene.url}/who-may/keys`)).status).toBe(403);
    const post = await browser.post(`${scene.url}/who-may/keys`, { label: "mine", role: "operator" });
    expect(post.status).toBe(403);
  });
});
