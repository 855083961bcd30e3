import type { PlatformState } from "../../../schema/platform.ts";
import { say } from "./say.ts";
import { at, type Stage } from "./stage.ts";

/** What is still to be told to each platform, as the gateway's own page shows it. */
export const backlogs = async ({ client }: Pick<Stage, "client">) =>
  (await client.get<{ items: PlatformState[] }>("/v1/platforms")).items;

/** Doclr, where two regions book, is away from 17:20 to 17:50; the evening goes on without it. */
export const planOutage = (stage: Stage) => {
  const doclr = stage.sandbox.simulators.get("doclr");
  const turns = [
    {
      when: at("17:20"),
      happens: async () => {
        await doclr?.pause();
        say("17:20  Doclr goes down; nobody notices");
      },
    },
    {
      when: at("17:50"),
      happens: async () => {
        const missed = (await backlogs(stage)).find(({ name }) => name === "doclr")?.backlog ?? 0;
        await doclr?.resume();
        say(`17:50  Doclr is back, and is told what it missed: ${missed} orders`);
      },
    },
  ];
  return {
    step: async () => {
      for (const turn of turns.filter(({ when }) => when <= stage.clock.now())) {
        turns.splice(turns.indexOf(turn), 1);
        await turn.happens();
      }
    },
  };
};
