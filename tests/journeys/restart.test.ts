import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Client, createClient } from "../../gateway/sandbox/demo/client.ts";
import type { Message } from "../../gateway/sandbox/mailbox.ts";
import {
  type CentreId,
  type Instant,
  instant,
  millis,
  plusMinutes,
  RegionId,
} from "../../schema/primitives.ts";
import type { Invitation, Surplus } from "../../schema/surplus.ts";
import type { Registered } from "../../schema/volunteer.ts";
import { temporaryFolder } from "../support/folder.ts";
import { afternoon, newVolunteer } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

const directory = await temporaryFolder();
const program = fileURLToPath(new URL("./started.ts", import.meta.url));

/** A gateway in a process of its own that begins at that moment. */
const startAt = async (moment: Instant) => {
  const child = spawn(process.execPath, ["--import", "tsx", program, directory, moment], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kill = async () => {
    if (child.kill("SIGKILL")) await once(child, "exit");
  };
  const [said] = await once(child.stdout, "data");
  const { url, key } = JSON.parse(String(said));
  const client = createClient({ baseUrl: url, key, now: () => moment, log: quiet });
  onTestFinished(async () => {
    await client.close();
    await kill();
  });
  return { client, kill };
};

const patiently = { timeout: 30_000, interval: 100 };

/** The token of the invitation, once it is there; the welcome may come after it. */
const tokenFor = (client: Client, to: string) =>
  vi.waitFor(async () => {
    const { items } = await client.get<{ items: Message[] }>(`/sandbox/messages.json?to=${to}`);
    const [token] = items.flatMap(({ text }) => text.match(/(?<=\/answer#)\S+/) ?? []);
    if (!token) throw new Error("no invitation has come");
    return token;
  }, patiently);

test("the end of an invitation's time comes although the process that waited for it was killed", async () => {
  const centre = "schaerbeek" as CentreId;
  const before = await startAt(afternoon);
  const someone = newVolunteer({ region: RegionId.parse("brussels"), centres: [centre], postcode: "1030" });
  await before.client.post<Registered>("/v1/volunteers", { body: someone });
  const { id } = await before.client.post<Surplus>("/v1/surpluses", {
    body: { centre, vaccine: "pfizer", doses: 1, usableUntil: plusMinutes(afternoon, 240) },
  });
  const bearer = await tokenFor(before.client, someone.contact.email ?? "");
  const open = await vi.waitFor(async () => {
    const invitation = await before.client.get<Invitation>("/v1/invitation", { bearer });
    expect(invitation.state).toBe("open");
    return invitation;
  }, patiently);
  await before.kill();

  const end = millis(open.windowEndsAt ?? afternoon);
  const { client } = await startAt(instant(end - 1000));
  await vi.waitFor(async () => {
    expect(await client.get<Invitation>("/v1/invitation", { bearer })).toMatchObject({ state: "lapsed" });
  }, patiently);
  expect(await client.get<Surplus>(`/v1/surpluses/${id}`)).toMatchObject({ doses: { held: 0, free: 1 } });
});
