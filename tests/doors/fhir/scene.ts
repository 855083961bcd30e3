import type { Bundle, OperationOutcome, Resource } from "@medplum/fhirtypes";
import { expect } from "vitest";
import { fhirDoor } from "../../../gateway/doors/fhir/door.ts";
import { issueKeys } from "../../../gateway/flows/authorise.ts";
import { messageToWrite, tellInvitation } from "../../../gateway/flows/carry.ts";
import { settle } from "../../../gateway/flows/settle.ts";
import { createApp } from "../../../gateway/http/app.ts";
import type { ConnectedPlatform } from "../../../gateway/registry.ts";
import * as invitations from "../../../gateway/store/invitations.ts";
import { AdapterError, type Ports } from "../../../schema/adapter.ts";
import { type CentreId, type ExternalId, PlatformName, plusMinutes } from "../../../schema/primitives.ts";
import type { Surplus } from "../../../schema/surplus.ts";
import type { Registered } from "../../../schema/volunteer.ts";
import { type KeyName, keys } from "../../http/scene.ts";
import { newVolunteer, seedFederation, testDeps } from "../../support/gateway.ts";
import { faultsIn, openJudges } from "./judges.ts";

export const publicUrl = "https://reserve.example.org";
export const base = `${publicUrl}/fhir`;

type Sent = {
  as?: KeyName;
  token?: string;
  json?: unknown;
  form?: string;
  headers?: Record<string, string>;
};

/** The door before the API, on a database of its own, with a platform that has three open slots at each centre. */
export const openScene = async () => {
  const world = await testDeps();
  const { deps, clock } = world;
  await seedFederation(deps);
  const caller = { ...keys.staff, label: "of Charleroi", centres: ["charleroi" as CentreId] };
  await issueKeys(deps, [
    ...Object.entries(keys).map(([name, each]) => ({ key: `key-${name}`, caller: each })),
    { key: "key-of-charleroi", caller },
  ]);
  const logged: unknown[] = [];
  const log = { info: () => undefined, warn: (...line: unknown[]) => void logged.push(line) };
  const mood: { fails?: AdapterError } = {};
  const list: Ports["slots"]["list"] = async ({ centres, from, until }) => {
    if (mood.fails) throw mood.fails;
    return centres.flatMap((centre) =>
      [60, 90, 1500].flatMap((minutes) => {
        const startsAt = plusMinutes(clock.now(), minutes - (minutes % 5));
        const externalId = `${centre} ${minutes}/é` as ExternalId;
        const one = { externalId, centre, startsAt, endsAt: plusMinutes(startsAt, 15), capacity: 2 };
        return startsAt >= from && startsAt < until ? [one] : [];
      }),
    );
  };
  const platforms: ConnectedPlatform[] = [
    {
      ...{ name: PlatformName.parse("doclr"), capabilities: ["slots"] },
      ...{ ports: { slots: { list } }, state: () => ({ ports: [] }) },
    },
  ];
  const api = createApp({ deps, platforms, slots: { deadlineMs: 60_000 }, log });
  const door = fhirDoor({
    api: (path, init, env) => api.request(path, init, env as never),
    publicUrl,
    now: clock.now,
    log,
  });
  const judges = openJudges();

  const send = async (method: string, path: string, { as, token, json, form, headers }: Sent = {}) => {
    const bearer = token ?? (as && `key-${as}`);
    const type = form === undefined ? "application/fhir+json" : "application/x-www-form-urlencoded";
    const body = form ?? (json === undefined ? undefined : JSON.stringify(json));
    const reply = await door.request(path.startsWith(base) ? path.slice(base.length) : path, {
      ...{ method, body },
      headers: {
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { "content-type": type }),
        ...headers,
      },
    });
    return reply;
  };
  /** What is answered with that status, which both judges take for what it says it is. */
  const ask = async <Answer extends Resource = Bundle>(
    method: string,
    path: string,
    sent: Sent = {},
    status = 200,
  ): Promise<Answer> => {
    const reply = await send(method, path, sent);
    const text = await reply.text();
    expect(reply.status, text).toBe(status);
    expect(reply.headers.get("content-type")).toMatch(/^application\/fhir\+json/);
    const resource = JSON.parse(text) as Answer;
    expect(faultsIn(judges, resource), text).toEqual([]);
    return resource;
  };
  const refused = (method: string, path: string, sent: Sent, status: number) =>
    ask<OperationOutcome>(method, path, sent, status);
  const asked = async <Answer>(method: string, path: string, { as, token, json }: Sent = {}) => {
    const bearer = token ?? (as && `key-${as}`);
    const reply = await api.request(path, {
      method,
      headers: { ...(bearer && { authorization: `Bearer ${bearer}` }), "content-type": "application/json" },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    return (await reply.json()) as Answer;
  };
  return { ...world, app: api, door, judges, mood, logged, send, ask, refused, api: asked };
};
export type Scene = Awaited<ReturnType<typeof openScene>>;

export const registered = (scene: Scene, born: string) =>
  scene.api<Registered>("POST", "/v1/volunteers", { json: newVolunteer({ born }) });

/** Somebody who is asked for a dose left over in Charleroi, and the token of their message. */
export const invited = async (scene: Scene, born: string, kind: "hold" | "standby" = "hold") => {
  const { deps, clock } = scene;
  const person = await registered(scene, born);
  if (kind === "standby") await registered(scene, `${Number(born.slice(0, 4)) - 1}${born.slice(4)}`);
  const left = { centre: "charleroi", vaccine: "pfizer", doses: 1 };
  const json = { ...left, usableUntil: plusMinutes(clock.now(), 240) };
  const { id: surplus } = await scene.api<Surplus>("POST", "/v1/surpluses", { as: "staff", json });
  await settle(deps, surplus);
  const all = await invitations.ofSurplus(deps.db, surplus);
  const row = all.find(({ volunteer }) => volunteer === person.volunteer.id);
  if (row?.kind !== kind) throw new Error(`${born} was not asked as ${kind}`);
  for (const { id } of all) await tellInvitation(deps, id, { kind: "taken", at: clock.now() });
  const { id: invitation, volunteer } = row;
  const message = await messageToWrite(deps, { volunteer, invitation, tokens: ["answer"] });
  const end = () => scene.api("POST", `/v1/surpluses/${surplus}/cancel`, { as: "staff" });
  return { id: invitation, token: message?.issued.answer ?? "", end };
};

/** What a bundle holds of one type. */
export const inBundle = <Type extends Resource["resourceType"]>(bundle: Bundle, type: Type) =>
  (bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === type ? (resource as Extract<Resource, { resourceType: Type }>) : [],
  );

/** Codes of an outcome, and by whose failure. */
export const saidIn = ({ issue }: OperationOutcome) =>
  issue.map(({ code, details }) => [
    code,
    details?.coding?.find(({ system }) => system === `${base}/CodeSystem/who-failed`)?.code,
  ]);

export const failing = (fault: "unavailable" | "drifted") => new AdapterError(fault, "it does not answer");
