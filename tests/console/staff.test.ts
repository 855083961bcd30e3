import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { staffPages } from "../../gateway/console/staff/pages.tsx";
import { staffTexts } from "../../gateway/console/texts/staff/words.ts";
import { languages } from "../../gateway/console/texts/texts.ts";
import type { ShownCaller } from "../../schema/caller.ts";
import { millis, page, plusMinutes } from "../../schema/primitives.ts";
import { Surplus } from "../../schema/surplus.ts";
import { announced, invited, type KeyName, openScene, registered, type Scene } from "../http/scene.ts";
import { eventsOf } from "../support/events.ts";
import { newVolunteer } from "../support/gateway.ts";
import { apiBy, signedInAs } from "./signed-in.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const caller = {
  label: "staff:1",
  by: "key" as const,
  role: "staff" as const,
  routes: [],
  regions: [{ id: "wallonia" }],
  centres: [{ id: "charleroi" }, { id: "namur" }],
};

/** The pages as whoever signed in with that key of the scene has them. */
const pagesOf = (as: KeyName = "staff") =>
  staffPages({
    signedIn: signedInAs(() => ({
      caller: caller as unknown as ShownCaller,
      name: "An Peeters",
      may: () => true,
      api: apiBy(scene, as),
    })),
    now: () => millis(scene.clock.now()),
  });

const board = "/staff/centres/charleroi";
const open = async (path: string, as?: KeyName) => {
  const reply = await pagesOf(as).request(path, { headers: { "accept-language": "en" } });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};
type Form = Record<string, string | string[]>;
const post = (path: string, form: Form, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, each]),
    ),
  );
  return pagesOf().request(path, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded", "accept-language": "en", ...headers },
  });
};
const looks = async (): Promise<number> => {
  const [row] = await scene.database.sql<{ count: number }[]>`
    select count(*)::int as count from audit where event = 'volunteer.seen'`;
  return row?.count ?? 0;
};

/** Somebody said yes to a dose of that surplus; their booking. */
const comes = async (surplus: Surplus): Promise<string> => {
  const { token } = await invited(scene, surplus.id);
  await scene.send("POST", "/v1/invitation/accept", { token });
  const [row] = await scene.database.sql<{ id: string }[]>`
    select id from bookings where state = 'promised' order by promised_at desc`;
  return row?.id ?? "";
};
const stateOf = async (booking: string): Promise<string | undefined> =>
  (await scene.database.sql<{ state: string }[]>`select state from bookings where id = ${booking}`)[0]?.state;

describe("the centres", () => {
  test("are those whom the sign-in names, where an evening is under way first, with the way to either", async () => {
    await announced(scene, 3);
    const { text } = await open("/staff");
    expect(text.match(/<article/g)).toHaveLength(2);
    expect(text.indexOf("charleroi/announce")).toBeLessThan(text.indexOf("namur/announce"));
    expect(text).toContain("3 doses look for someone");
    expect(text).toContain('href="/staff/centres/namur"');
  });
});

describe("announcing", () => {
  test("offers what was announced last as one button, remembered by the API", async () => {
    await scene.send("POST", "/v1/surpluses", {
      as: "staff",
      json: {
        centre: "charleroi",
        vaccine: "moderna",
        doses: 6,
        usableUntil: plusMinutes(scene.clock.now(), 120),
      },
    });
    scene.clock.advance(24 * 60);
    const { text } = await open(`${board}/announce`);
    expect(text).toContain("6 doses until 18:30");
    expect(text).toContain("Moderna, as last time");
    const [, hidden = ""] = /<form method="post"([\s\S]*?)<\/form>/.exec(text) ?? [];
    const form = Object.fromEntries(
      [...hidden.matchAll(/name="(\w+)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]),
    );
    const reply = await post(`${board}/announce`, form);
    expect(reply.status).toBe(303);
    expect(reply.headers.get("location")).toBe(`${board}?did=announced`);
    await post(`${board}/announce`, form);
    const { items } = await scene.read(page(Surplus), "GET", "/v1/surpluses?centre=charleroi", {
      as: "staff",
    });
    expect(items, "the same form sent twice announces once").toHaveLength(2);
    expect(items[0]).toMatchObject({ vaccine: "moderna", doses: { free: 6 } });
    expect(items[0]?.usableUntil).toBe(plusMinutes(scene.clock.now(), 120));
  });

  test("keeps what was typed and says at the field what would mend it", async () => {
    const typed = { once: "a", doses: "900", until: "20:30", vaccine: "janssen" };
    const reply = await post(`${board}/announce`, typed);
    expect(reply.status).toBe(422);
    const text = await reply.text();
    expect(text).toContain('value="900"');
    expect(text).toMatch(/id="doses-fault"[^>]*>A whole number/);
    expect(text).toMatch(/value="janssen" checked/);
    const late = await (await post(`${board}/announce`, { ...typed, doses: "2", until: "soon" })).text();
    expect(late).toMatch(/id="until-fault"[^>]*>An hour/);
  });

  test("an hour that is past is tomorrow's", async () => {
    await post(`${board}/announce`, { once: "b", doses: "1", until: "02:15", vaccine: "pfizer" });
    const { items } = await scene.read(page(Surplus), "GET", "/v1/surpluses?centre=charleroi", {
      as: "staff",
    });
    expect(items[0]?.usableUntil).toBe("2021-04-17T00:15:00.000Z");
  });
});

describe("the board", () => {
  test("shows doses, who is asked without a name, and who comes with what is only declared", async () => {
    await registered(scene);
    const surplus = await announced(scene, 3);
    await comes(surplus);
    const { text, headers } = await open(board);
    expect(text).toContain("3 doses of Pfizer");
    expect(text).toContain("1 promised");
    expect(text).toContain("Jean Dupont");
    expect(text).toContain("Look at the card");
    expect(text).toContain("only declared");
    expect(text).not.toMatch(/\sstyle=|<script>/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(await looks()).toBe(1);
  });

  test("a look at the card, then the dose: both noted, and told to whoever runs no script", async () => {
    await registered(scene);
    const booking = await comes(await announced(scene, 1));
    const look = await post(`${board}/bookings/${booking}/card`, {
      outcome: "confirmed",
      declared: ["birthDate", "postcode"],
    });
    expect(look.headers.get("location")).toBe(`${board}?did=card`);
    expect((await open(board)).text).toContain("seen on a card");
    const given = await post(`${board}/bookings/${booking}`, { outcome: "attended" });
    expect(given.headers.get("location")).toBe(`${board}?did=attended`);
    const { text } = await open(`${board}?did=attended`);
    expect(text).toContain("Noted: came.");
    expect(text).toMatch(/class="mark attended"/);
    expect(await stateOf(booking)).toBe("attended");
  });

  test("whoever lives elsewhere by the card is given the dose, or turned away, with a reason", async () => {
    await registered(scene);
    const booking = await comes(await announced(scene, 1));
    await post(`${board}/bookings/${booking}/card`, {
      outcome: "differs",
      declared: ["birthDate", "postcode"],
      birthDate: "",
      postcode: "9000",
    });
    const { text } = await open(board);
    expect(text).toContain("lives outside this region");
    expect(text).toContain("Give the dose all the same");
    const silently = await post(`${board}/bookings/${booking}`, { outcome: "attended" });
    expect(silently.status).toBe(409);
    expect(await silently.text()).toContain("say why the dose is given");
    await post(`${board}/bookings/${booking}`, { outcome: "cancelled", because: "not-eligible" });
    expect(await stateOf(booking)).toBe("cancelled");
  });

  test("somebody who did not come, and somebody at the door", async () => {
    await registered(scene);
    const surplus = await announced(scene, 2);
    const booking = await comes(surplus);
    await post(`${board}/bookings/${booking}`, { outcome: "no-show" });
    expect(await stateOf(booking)).toBe("no-show");
    const twice = { once: "door" };
    for (const _ of [1, 2]) await post(`${board}/surpluses/${surplus.id}/walk-in`, twice);
    const [row] = await scene.database.sql`select count(*)::int as count from bookings where walk_in`;
    expect(row?.count).toBe(1);
  });

  test("doses are changed, where only what was typed is asked for, and taken back", async () => {
    const surplus = await announced(scene, 2);
    const change = { was: "2 20:30", doses: "5", until: "20:30" };
    await post(`${board}/surpluses/${surplus.id}/change`, change);
    const read = () => scene.read(Surplus, "GET", `/v1/surpluses/${surplus.id}`, { as: "staff" });
    expect(await read()).toMatchObject({ usableUntil: surplus.usableUntil, doses: { free: 5 } });
    const wrong = await post(`${board}/surpluses/${surplus.id}/change`, { ...change, doses: "0" });
    expect(await wrong.text()).toContain("A whole number from 1");
    await post(`${board}/surpluses/${surplus.id}/cancel`, {});
    expect(await read()).toMatchObject({ state: "cancelled" });
  });

  test("a script is answered without a page, and refused in a part of one", async () => {
    await registered(scene);
    const booking = await comes(await announced(scene, 1));
    const script = { "sec-fetch-dest": "empty", "sec-fetch-site": "same-origin" };
    const at = `${board}/bookings/${booking}`;
    expect((await post(at, { outcome: "attended" }, script)).status).toBe(204);
    const again = await post(at, { outcome: "attended" }, script);
    expect(again.status).toBe(422);
    expect(await again.text()).toMatch(/^<div class="notice bad" role="alert">.*ticked off already/);
  });
});

describe("the board's stream", () => {
  const stream = async (after: string, as?: KeyName) => {
    const reply = await pagesOf(as).request(`${board}/live?after=${after}&lang=en`);
    const events = eventsOf(reply);
    onTestFinished(events.close);
    return { reply, ...events };
  };
  const positionIn = (text: string): string => /live\?after=([\w.]+)/.exec(text)?.[1] ?? "";

  test("goes on from where the page stands, in parts of the page, and shows no name twice", async () => {
    await registered(scene);
    await registered(scene, newVolunteer({ born: "1951-01-15" }));
    const surplus = await announced(scene, 3);
    await comes(surplus);
    const { next } = await stream(positionIn((await open(board)).text));
    expect((await next())?.data).not.toContain("Dupont");
    expect(await looks()).toBe(1);
    await scene.send("POST", `/v1/surpluses/${surplus.id}/walk-ins`, { as: "staff" });
    const change = await next();
    expect(change).toMatchObject({ event: "evening", id: expect.stringMatching(/^[\w.]+$/) });
    expect(change?.data).toContain(`id="s-${surplus.id}"`);
    expect(change?.data).toContain("1 used");
    expect(change?.data).toContain("Someone at the door");
    expect(change?.data).not.toContain("Dupont");
  });

  test("is refused where the API refuses it", async () => {
    const reply = await pagesOf("elsewhere").request(`${board}/live`);
    expect(reply.status).toBe(403);
  });

  test("leaves the API's stream when its reader goes", async () => {
    await announced(scene, 1);
    const { next, close } = await stream("");
    await next();
    const cleared = vi.spyOn(globalThis, "clearInterval");
    onTestFinished(() => cleared.mockRestore());
    await close();
    // Of the look for all boards, and of the heartbeat of this one.
    await vi.waitFor(() => expect(cleared.mock.calls.length).toBeGreaterThanOrEqual(2));
  });
});

test("who is coming is printed and exported, and each look is noted", async () => {
  await registered(scene, newVolunteer({ familyName: "=cmd()" }));
  await comes(await announced(scene, 1));
  const { text } = await open(`${board}/sheet`);
  expect(text).toContain("=cmd()");
  expect(text).toContain("Date of birth, Postcode");
  expect(await looks()).toBe(1);
  const file = await open(`${board}/coming.csv`);
  expect(file.headers.get("content-disposition")).toContain("charleroi-2021-04-16.csv");
  expect(file.text.replace("\ufeff", "").split("\n").slice(0, 2)).toEqual([
    "Time;Name;Born;To check on the card;State",
    "17:00;Jean =cmd();15/01/1950;Date of birth, Postcode;expected",
  ]);
  expect(await looks()).toBe(2);
});

test("another centre's evening is nobody's page", async () => {
  for (const path of [board, `${board}/sheet`, `${board}/coming.csv`]) {
    const { status, text } = await open(path, "elsewhere");
    expect([status, text]).toEqual([403, expect.stringContaining("does not reach this centre")]);
  }
  expect((await open("/staff/centres/nowhere")).status).toBe(404);
});

test.each(languages)("the board speaks %s", async (language) => {
  await registered(scene);
  await comes(await announced(scene, 2));
  const { text } = await open(`${board}?lang=${language}`);
  expect(text).toContain(`<html lang="${language}">`);
  expect(text).toContain(staffTexts[language].person.check);
  expect(text).not.toMatch(/\{\w+\}(?!")/);
});
