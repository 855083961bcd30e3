import assert from "node:assert/strict";
import type { Capability } from "../../../schema/adapter.ts";
import { plusMinutes } from "../../../schema/primitives.ts";
import { person } from "../people.ts";
import { portOf, skip } from "../promises.ts";
import type { Scene } from "../scene.ts";
import { booked, live, request } from "./booking.ts";
import { asked, invitation } from "./invite.ts";
import { invited, officially, someone } from "./official.ts";
import { declared } from "./register.ts";

/** One method of a port, ready to be called: once, again after a fault, and what must be true at the end. */
type Call = {
  once(): Promise<unknown>;
  /** As the gateway goes on after a fault: it looks before it repeats. The same as `once` unless said. */
  again?(): Promise<unknown>;
  /** Throws unless it happened exactly once, whatever was lost on the way. */
  verify?(): void | Promise<void>;
};
export type Method = {
  capability: Capability;
  name: string;
  writes: boolean;
  prepare(scene: Scene): Promise<Call>;
};

/** Each method that asks a platform for something. */
export const methods: Method[] = [
  {
    capability: "roster",
    name: "pull",
    writes: false,
    prepare: async (scene) => {
      scene.bench.addPeople([person(1, scene.centres[0])]);
      return { once: () => portOf("roster", scene.ports).pull({}) };
    },
  },
  {
    capability: "roster",
    name: "put",
    writes: true,
    prepare: async (scene) => ({
      once: () => portOf("roster", scene.ports).put(person(1, scene.centres[0])),
      verify: () => assert.equal(scene.bench.people().length, 1),
    }),
  },
  {
    capability: "roster",
    name: "close",
    writes: true,
    prepare: async (scene) => {
      const [externalId] = scene.bench.addPeople([person(1, scene.centres[0])]);
      assert.ok(externalId);
      const states = () => scene.bench.people().filter(({ state }) => state !== "left");
      return {
        once: () => portOf("roster", scene.ports).close({ externalId, reason: "withdrawn" }),
        verify: () => assert.deepEqual(states(), []),
      };
    },
  },
  {
    capability: "roster",
    name: "erase",
    writes: true,
    prepare: async (scene) => {
      const port = portOf("roster", scene.ports);
      if (!port.erase) return skip("the platform erases nobody that it is asked to");
      const [externalId] = scene.bench.addPeople([person(1, scene.centres[0])]);
      assert.ok(externalId);
      return {
        once: async () => port.erase?.({ externalId }),
        verify: () => assert.deepEqual(scene.bench.people(), []),
      };
    },
  },
  {
    capability: "slots",
    name: "list",
    writes: false,
    prepare: async ({ ports, centres, clock }) => {
      const [from, until] = [clock.now(), plusMinutes(clock.now(), 120)];
      const { signal } = new AbortController();
      return { once: () => portOf("slots", ports).list({ centres: [...centres], from, until, signal }) };
    },
  },
  {
    capability: "booking",
    name: "book",
    writes: true,
    prepare: async (scene) => {
      const port = portOf("booking", scene.ports);
      const wanted = request(scene);
      return {
        once: () => port.book(wanted),
        again: async () => (await port.find(wanted)) ?? booked(await port.book(wanted)),
        verify: () => assert.equal(live(scene).length, 1),
      };
    },
  },
  {
    capability: "booking",
    name: "find",
    writes: false,
    prepare: async (scene) => {
      const port = portOf("booking", scene.ports);
      const wanted = request(scene);
      const { externalRef } = booked(await port.book(wanted));
      return {
        once: () => port.find(wanted),
        verify: async () => assert.equal((await port.find(wanted))?.externalRef, externalRef),
      };
    },
  },
  {
    capability: "booking",
    name: "held",
    writes: false,
    prepare: async (scene) => {
      const port = portOf("booking", scene.ports);
      if (!port.held) return skip("the platform has no list of what it holds");
      const { at, centre } = request(scene);
      const span = { centres: [centre], from: at, until: plusMinutes(at, 240) };
      return { once: async () => port.held?.(span) };
    },
  },
  {
    capability: "booking",
    name: "cancel",
    writes: true,
    prepare: async (scene) => {
      const port = portOf("booking", scene.ports);
      const { booking, centre, ...rest } = request(scene);
      const { externalRef } = booked(await port.book({ booking, centre, ...rest }));
      return {
        once: () => port.cancel({ booking, centre, externalRef }),
        verify: () => assert.deepEqual(live(scene), []),
      };
    },
  },
  {
    capability: "booking",
    name: "erase",
    writes: true,
    prepare: async (scene) => {
      const port = portOf("booking", scene.ports);
      if (!port.erase) return skip("the platform erases nobody that it is asked to");
      const { booking, centre, ...rest } = request(scene);
      const { externalRef } = booked(await port.book({ booking, centre, ...rest }));
      await port.cancel({ booking, centre, externalRef });
      return { once: async () => port.erase?.({ booking, centre, externalRef }) };
    },
  },
  {
    capability: "invite",
    name: "send",
    writes: true,
    prepare: async (scene) => {
      const wanted = { ...invitation(scene), kind: "standby" as const };
      return {
        once: () => portOf("invite", scene.ports).send(wanted),
        verify: () => {
          const seen = asked(scene, wanted.invitation);
          assert.deepEqual([seen?.asked, seen?.told?.kind], [1, "standby"]);
        },
      };
    },
  },
  {
    capability: "invite",
    name: "revoke",
    writes: true,
    prepare: async (scene) => {
      const port = portOf("invite", scene.ports);
      const wanted = invitation(scene);
      await port.send(wanted);
      return {
        once: () => port.revoke({ invitation: wanted.invitation }),
        verify: () => assert.equal(asked(scene, wanted.invitation)?.state, "revoked"),
      };
    },
  },
  {
    capability: "invite",
    name: "answers",
    writes: false,
    prepare: async (scene) => {
      const wanted = invitation(scene);
      await portOf("invite", scene.ports).send(wanted);
      scene.bench.answer?.({ invitation: wanted.invitation, answer: "yes" });
      return { once: () => portOf("invite", scene.ports).answers({}) };
    },
  },
  {
    capability: "official",
    name: "changes",
    writes: false,
    prepare: async (scene) => {
      invited(scene);
      return { once: () => portOf("official", scene.ports).changes({}) };
    },
  },
  {
    capability: "register",
    name: "check",
    writes: false,
    prepare: async (scene) => {
      scene.bench.addPeople([person(1, scene.centres[0])]);
      return { once: () => portOf("register", scene.ports).check(declared(scene)) };
    },
  },
  ...(["supersede", "reinstate"] as const).map(
    (name): Method => ({
      capability: "official",
      name,
      writes: true,
      prepare: async (scene) => {
        const port = portOf("official", scene.ports);
        const [code, person] = [invited(scene), someone(scene)];
        const asked = { person, reason: "reserve-list" as const, at: scene.clock.now() };
        if (name === "reinstate") await port.supersede(asked);
        return {
          once: () => (name === "supersede" ? port.supersede(asked) : port.reinstate(asked)),
          verify: () =>
            assert.equal(officially(scene).state(code), name === "supersede" ? "withdrawn" : "offered"),
        };
      },
    }),
  ),
];
