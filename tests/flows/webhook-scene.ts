import { Webhook as Stock } from "standardwebhooks";
import { afterEach, beforeEach, expect } from "vitest";
import { type Caller, issueKeys } from "../../gateway/flows/authorise.ts";
import { makeWebhook } from "../../gateway/flows/webhooks/manage.ts";
import type { Post, Posted } from "../../gateway/flows/webhooks/post.ts";
import { listDeliveries } from "../../gateway/flows/webhooks/replay.ts";
import { createWebhookLoop } from "../../gateway/worker/webhooks.ts";
import type { EventFilter } from "../../schema/cloud-event.ts";
import { DeliveryQuestion, type IssuedWebhook } from "../../schema/webhook.ts";
import type { TestDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";
import { scene } from "./scene.ts";

/* Events on their way to whoever wants them: on a database of their own, on a clock that the test moves. */

export const agency = {
  ...{ label: "agency", role: "agency", regions: ["wallonia"], centres: [] },
} as unknown as Caller;
export const base = "https://dose.example.org";
export type Letter = Parameters<Post["send"]>[0];

/** Addresses that answer as a test says, and what they were sent. */
const addresses = () => {
  const sent: Letter[] = [];
  const answers = new Map<string, (letter: Letter) => Promise<Posted> | Posted>();
  const post: Post = {
    refusal: async () => undefined,
    send: async (letter) => {
      sent.push(letter);
      return (await answers.get(letter.address)?.(letter)) ?? { status: 204 };
    },
  };
  const at = (address: string) => sent.filter((letter) => letter.address === address);
  return { post, sent, at, answers };
};

/** What each test of a file has for itself, once `useWebhooks` was called there. */
export const here = {} as { world: TestDeps; net: ReturnType<typeof addresses> };

export const useWebhooks = (): void => {
  beforeEach(async () => {
    here.world = await scene();
    here.net = addresses();
    await issueKeys(here.world.deps, [{ key: "key-of-agency", caller: agency }]);
  });
  afterEach(() => here.world.close());
};

export const loop = (replica?: string, post = here.net.post) =>
  createWebhookLoop({ deps: here.world.deps, post, base, replica, random: () => 0, log: quiet });

export const one = "https://one.example.org/in";
export const two = "https://two.example.org/in";
export const hook = (address = one, types: EventFilter[] = ["everydose.surplus.*"]): Promise<IssuedWebhook> =>
  makeWebhook(here.world.deps, { address, types }, { caller: agency, post: here.net.post });

/** What happened before somebody ordered it is not sent: a chain that is not linked yet would be. */
export const settled = () => loop().drain();

export const byText = (first: unknown, other: unknown) => (String(first) < String(other) ? -1 : 1);

export const idOf = ({ headers }: Letter) => headers["webhook-id"];
export const history = async (id: IssuedWebhook["id"], query = {}) => {
  const question = DeliveryQuestion.parse(query);
  return (await listDeliveries(here.world.deps, id, { question, caller: agency })).items;
};
/** A busy machine takes its time. */
export const patiently = { timeout: 60_000 };
export const minutes = (count: number) => here.world.clock.advance(count);

/** As the stock library sees it, at the moment at which it was sent. */
export const verified = (letter: Letter, secret: string): unknown => {
  const {
    "webhook-id": id = "",
    "webhook-timestamp": then = "",
    "webhook-signature": signatures = "",
  } = letter.headers;
  // The library knows the machine's clock alone: it signs what it is to find, at the moment of the test's clock.
  const expected = new Stock(secret).sign(id, new Date(Number(then) * 1000), letter.body);
  expect(signatures.split(" ")).toContain(expected);
  return JSON.parse(letter.body);
};
