import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadFederation } from "../../gateway/config/federation.ts";
import { listenOn } from "../../gateway/listen.ts";
import { openGateway } from "../../gateway/sandbox/gateway.ts";
import type { KeyRole } from "../../schema/key.ts";
import {
  type CentreId,
  type Day,
  type Instant,
  instant,
  localDay,
  millis,
  plusMinutes,
  type RegionId,
} from "../../schema/primitives.ts";
import type { Surplus } from "../../schema/surplus.ts";
import type { NewVolunteer, Registered } from "../../schema/volunteer.ts";
import { newVolunteer } from "../support/gateway.ts";
import { testDatabase } from "../support/postgres.ts";
import { quiet } from "../support/quiet.ts";

/*
 * Everything that there is, as `npm start` has it, on a real PostgreSQL and on a clock that runs as ours does and can be
 * put forward: what a browser meets.
 */

type Reached = Pick<NewVolunteer, "contact">;
type Sent = { as?: KeyRole; token?: string; body?: unknown };

/** Today at that hour in Belgium; an evening is the same one whenever it is played. */
const todayAt = (hour: number): Instant => {
  const now = instant(Date.now());
  const midday = instant(Date.parse(`${localDay(now)}T12:00:00Z`));
  const shown = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Brussels", hour: "numeric" });
  return plusMinutes(midday, (hour - Number(shown.format(millis(midday)))) * 60);
};

/** Somebody of Brussels, whom the gateway itself writes to; each `born` is another person with another contact. */
export const neighbour = (born: Day, wishes: Partial<NewVolunteer> = {}): NewVolunteer =>
  newVolunteer({
    born,
    region: "brussels" as RegionId,
    postcode: "1000",
    centres: ["pacheco" as CentreId],
    language: "en",
    ...wishes,
  });

/** `hour`: of today, in Belgium; without one it is as late as it is, which is what a provider of identities needs. */
export const openTown = async ({ hour }: { hour?: number } = {}) => {
  let ahead = hour === undefined ? 0 : millis(todayAt(hour)) - Date.now();
  const now = () => instant(Date.now() + ahead);
  const directory = await mkdtemp(join(tmpdir(), "everydose-town-"));
  const database = await testDatabase();
  const federation = loadFederation(fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url)));
  let url = "";
  const opened = await openGateway({
    directory,
    database,
    federation,
    now,
    log: quiet,
    signInPort: 0,
    sleep: (milliseconds) => pause(milliseconds),
    publicUrl: "http://localhost",
    gatewayUrl: () => url,
    limits: { trustedProxies: [] },
  });
  /** Browsers tell their own clock's error by it. */
  const dated = async (request: Request, env: unknown) => {
    const reply = await opened.app.fetch(request, env as never);
    reply.headers.set("date", new Date(now()).toUTCString());
    return reply;
  };
  const serving = await listenOn({ app: { fetch: dated } }, { host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${serving.port}`;
  opened.gateway.worker.start();

  const keyOf = (role: KeyRole): string => {
    const [found] = opened.sandbox.keys.filter(({ caller }) => caller.role === role);
    if (!found) throw new Error(`the sandbox has no key for ${role}`);
    return found.key;
  };
  const call = async <Reply>(address: string, { as, token, body }: Sent = {}): Promise<Reply> => {
    const [method = "GET", path = ""] = address.split(" ");
    const key = as ? keyOf(as) : token;
    const reply = await fetch(url + path, {
      method,
      headers: {
        "content-type": "application/json",
        "idempotency-key": `"${randomUUID()}"`,
        ...(key && { authorization: `Bearer ${key}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    // Somebody else was first: what was asked may be asked again.
    if (reply.status === 409 && JSON.parse(text).retry) return call(address, { as, token, body });
    if (!reply.ok) throw new Error(`${address}: ${reply.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as Reply;
  };
  /** What was written to somebody, newest first, once something like that was. */
  const written = async ({ contact: { email, mobile } }: Reached, has: RegExp): Promise<string> => {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      for (const to of [mobile, email])
        for (const { text } of to ? opened.sandbox.postOffice.list({ to }) : []) {
          const [, found] = has.exec(text) ?? [];
          if (found) return found;
        }
      await pause(100);
    }
    throw new Error(`nothing like ${has} was written to ${email ?? mobile}`);
  };
  return {
    url,
    now,
    database,
    call,
    keyOf,
    written,
    gateway: opened.gateway,
    sandbox: opened.sandbox,
    /** Puts the clock forward, and lets what is due by then be done. */
    wait: (minutes: number) => {
      ahead += minutes * 60_000;
      opened.gateway.deps.nudge();
    },
    register: (person: NewVolunteer) => call<Registered>("POST /v1/volunteers", { body: person }),
    announce: (centre: string, doses: number) => {
      const body = { centre, vaccine: "pfizer", doses, usableUntil: plusMinutes(now(), 180) };
      return call<Surplus>("POST /v1/surpluses", { as: "staff", body });
    },
    /** The token of somebody's invitation, when it has come. */
    invitationOf: (person: Reached) => written(person, /\/answer\S*#(\S+)/),
    close: async () => {
      await new Promise<void>((done) => {
        serving.server.close(() => done());
        serving.server.closeAllConnections();
      });
      await opened.close();
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
export type Town = Awaited<ReturnType<typeof openTown>>;
