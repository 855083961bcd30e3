import { fork } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { fileURLToPath } from "node:url";
import { seeded } from "../../adapters/kit/chance.ts";
import { adjust } from "../../gateway/flows/announce.ts";
import { type Answer, answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import type { Deps } from "../../gateway/flows/deps.ts";
import type { Letter } from "../../gateway/flows/letter.ts";
import { type Database, openDb } from "../../gateway/store/db.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { createWorker } from "../../gateway/worker/loop.ts";
import { type BookingId, type Instant, instant, millis, type SurplusId } from "../../schema/primitives.ts";
import { quiet } from "../support/quiet.ts";

/*
 * Several gateways on one database, for replicas.test.ts to kill, and the program that each of them runs: a gateway
 * without doors. It does what it is told over Node's channel, at the moment that it is told.
 */

/** Where they begin: the keys in base64. */
export type Start = { url: string; sealing: string; digest: string; now: Instant };

export const vaultOf = ({ sealing, digest }: Start) => {
  const ring = (key: string) => [{ version: 1, key: Buffer.from(key, "base64") }];
  return createVault({ sealing: ring(sealing), digest: ring(digest) });
};

export type Act =
  | { kind: "drain" }
  | { kind: "answer"; token: string; said: Answer }
  | { kind: "attend"; booking: BookingId; outcome: "attended" | "no-show" }
  | { kind: "adjust"; surplus: SurplusId; doses: number };

type Told = { now: Instant } | { stepsLeft: number } | { act: Act };

/** `ended`: "done", or the code of the refusal. `warned`: what a worker says only where something went wrong. */
type Said = { ready: true } | { begun: true } | { ended: string } | { warned: string };

const program = fileURLToPath(import.meta.url);

/** A process of its own. `perform` answers with how the act ended; with nothing where the process died over it. */
const startReplica = (start: Start, warnings: string[]) => {
  const child = fork(program, [JSON.stringify(start)], { execArgv: ["--import", "tsx"] });
  const isOver = once(child, "exit").then(() => undefined);
  const hearing = new EventEmitter();
  const hear = (what: string): Promise<string> => once(hearing, what).then(([said]) => String(said));
  child.on("message", (said: Said) => {
    if ("warned" in said) warnings.push(said.warned);
    else for (const [what, told] of Object.entries(said)) hearing.emit(what, told);
  });
  const ready = hear("ready");
  // What is sent to a process that has just died is lost, as it should be.
  const tell = (told: Told) => void (child.connected && child.send(told, () => undefined));
  const kill = async () => {
    child.kill("SIGKILL");
    await isOver;
  };
  return {
    ...{ ready, tell, kill },
    perform: (act: Act): Promise<string | undefined> => {
      const ended = hear("ended");
      tell({ act });
      return Promise.race([ended, isOver]);
    },
    /** Once it has begun what it is told next. */
    killAtWork: () => Promise.race([hear("begun"), isOver]).then(kill),
  };
};
type Replica = ReturnType<typeof startReplica>;

/**
 * How one of them is killed: idle, between two minutes; just after it has begun to work; or by itself, after so many
 * steps of its work, be it within a transaction or between the commit and the crossing off of the order.
 */
export type Death = "idle" | "at work" | { stepsLeft: number };

/** One at each of these turns: the first ones amid the first waves of invitations, which begin at 0 and 8. */
export const deathsBy = (seed: number): Map<number, Death> => {
  const chance = seeded(seed);
  const upTo = (most: number) => 1 + Math.floor(chance() * most);
  return new Map<number, Death>([
    [0, { stepsLeft: upTo(120) }],
    [8, { stepsLeft: upTo(60) }],
    [8 + upTo(8), "at work"],
    [24 + upTo(8), { stepsLeft: upTo(12) }],
    [36 + upTo(8), "idle"],
  ]);
};

/** So many replicas. For each that dies a fresh one is started, and the others go on meanwhile. */
export const openFleet = (start: Start, { size, chance }: { size: number; chance(): number }) => {
  const warnings: string[] = [];
  const deaths = { idle: 0, working: 0 };
  const started: Replica[] = [];
  const living: Replica[] = [];
  let { now } = start;
  let joining: Promise<void> | undefined;

  const begin = async () => {
    const fresh = startReplica(start, warnings);
    started.push(fresh);
    await fresh.ready;
    fresh.tell({ now });
    living.push(fresh);
  };
  const passTo = (moment: Instant) => {
    now = moment;
    for (const each of living) each.tell({ now });
  };
  /** The orders of the dead are free after a millisecond, and the others take them over amid their own. */
  const bury = (dead: Replica, how: keyof typeof deaths) => {
    deaths[how] += 1;
    living.splice(living.indexOf(dead), 1);
    passTo(instant(millis(now) + 1));
    joining = begin();
  };
  const perform = async (replica: Replica, act: Act): Promise<string | undefined> => {
    const ended = await replica.perform(act);
    if (ended === undefined) bury(replica, "working");
    return ended;
  };
  const pick = async (): Promise<Replica> => {
    if (living.length === 0) await joining;
    return living[Math.floor(chance() * living.length)] ?? pick();
  };

  return {
    ...{ warnings, deaths, passTo, now: () => now },
    open: () => Promise.all(Array.from({ length: size }, begin)),
    close: () => Promise.all(started.map(({ kill }) => kill())),
    /** By any of them. Where it dies over it, whoever asked asks the next, and cannot know what was done. */
    carryOut: async (act: Act): Promise<string> => {
      for (;;) {
        const ended = await perform(await pick(), act);
        if (ended !== undefined) return ended;
      }
    },
    doom: async (death: Death) => {
      if (death === "at work") return;
      const dying = await pick();
      if (death !== "idle") return dying.tell(death);
      await dying.kill();
      bury(dying, "idle");
    },
    /** All of them at once, until nothing is due. */
    drain: async (due: () => Promise<number>, death?: Death): Promise<void> => {
      const dead = death === "at work" ? (await pick()).killAtWork() : undefined;
      for (let round = 1; round <= 30; round += 1) {
        if (living.length === 0) await joining;
        await Promise.all([dead, ...living.map((each) => perform(each, { kind: "drain" }))]);
        if ((await due()) === 0) return;
      }
      throw new Error("what is due is never done");
    },
  };
};

const say = (said: Said) => process.send?.(said);

/**
 * What a flow asks of the world is a step of its work, and so are the end of each transaction and the moment after it
 * is committed. The clock is no step: a worker that has nothing to do looks at it as well.
 */
const openMortal = ({ now }: Start) => {
  let stepsLeft = Number.POSITIVE_INFINITY;
  return {
    step: <Given>(given: Given): Given => {
      stepsLeft -= 1;
      if (stepsLeft <= 0) process.kill(process.pid, "SIGKILL");
      return given;
    },
    now: () => now,
    hear: (told: Exclude<Told, { act: Act }>) => {
      if ("now" in told) ({ now } = told);
      else ({ stepsLeft } = told);
    },
  };
};
type Mortal = ReturnType<typeof openMortal>;

const openDeps = (database: Database, start: Start, { step, now }: Mortal): Deps => ({
  ...{ db: database.orm, vault: vaultOf(start), now },
  uuid: () => step(randomUUID()),
  token: () => step(randomBytes(24).toString("base64url")),
  conclude: async () => step(undefined),
  nudge: () => step(undefined),
});

const openWorker = (deps: Deps, { sql }: Database, { step }: Mortal) => {
  /** It may die between the letter's arrival and the note of it: then another sends the same letter again. */
  const notify = async ({ contact, letter: { about, reference, body } }: Letter) => {
    const at = step(deps.now());
    await sql`
      insert into letters (at, address, about, reference, body)
      values (${at}, ${contact.email ?? ""}, ${about}, ${reference}, ${body})`;
    return step({ at, channel: "email" });
  };
  return createWorker({
    ...{ deps, notify, platforms: [], publicUrl: "https://dose.example.org", pullEveryMinutes: 1 },
    // The clock stands still while they work, and goes on by this much when one has died: others take over at once.
    leaseMs: 1,
    random: () => 0.5,
    log: { ...quiet, warn: (facts, text) => void say({ warned: JSON.stringify({ text, facts }) }) },
  });
};

const codeOf = (error: unknown): string => {
  const code: unknown = Object(error).code;
  return typeof code === "string" ? code : String(error);
};

const run = async (start: Start) => {
  const database = await openDb({ url: start.url, connections: 5 }, quiet);
  const mortal = openMortal(start);
  const deps = openDeps(database, start, mortal);
  const worker = openWorker(deps, database, mortal);
  const perform = async (act: Act): Promise<unknown> => {
    switch (act.kind) {
      case "drain":
        return worker.drain();
      case "answer":
        return answer(deps, act.token, act.said);
      case "attend":
        return attend(deps, act.booking, { outcome: act.outcome }, "staff");
      case "adjust":
        return adjust(deps, act.surplus, { doses: act.doses }, "staff");
    }
  };
  process.on("message", async (told: Told) => {
    if (!("act" in told)) return mortal.hear(told);
    say({ begun: true });
    say({ ended: await perform(told.act).then(() => "done", codeOf) });
  });
  process.on("disconnect", () => process.exit());
  say({ ready: true });
};

if (process.argv[1] === program) await run(JSON.parse(process.argv[2] ?? ""));
