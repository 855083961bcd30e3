import { local } from "../../../schema/primitives.ts";
import type { Steps } from "../../../schema/steps.ts";
import type { Surplus } from "../../../schema/surplus.ts";
import { say } from "./say.ts";
import type { Stage } from "./stage.ts";

type Step = Steps["steps"][number];

/** Of each person who stood by and was promised a dose: the steps of their way. */
const promotionsIn = ({ steps }: Steps): Step[][] => {
  const standbys = new Set(
    steps
      .filter(({ event, facts }) => event === "invitation.decided" && facts.kind === "standby")
      .map(({ subject }) => subject),
  );
  return steps
    .filter(({ event, subject }) => event === "invitation.promoted" && standbys.has(subject))
    .map((promoted) => steps.filter(({ subject }) => subject === promoted.subject));
};

const clock = ({ at }: Step) => local(at)[1].slice(0, 5);

/** Tells the way of the standby who waited longest between the yes and the promise. */
const tellWay = (centre: string, way: readonly Step[]): void => {
  const [asked, yes, promoted] = ["decided", "yes", "promoted"].map((each) =>
    way.find(({ event }) => event === `invitation.${each}`),
  );
  if (!asked || !yes || !promoted) return;
  const { place, age } = asked.facts;
  say(`\na standby who was promoted, at ${centre}:`);
  say(`${clock(asked)}  number ${place} in the order, aged ${age}, is asked to stand by`);
  say(`${clock(yes)}  says yes, and is told not to set out yet`);
  say(`${clock(promoted)}  a dose is theirs: nobody above can take it any more`);
};

/**
 * Tells of one who stood by and was promised a dose. Answers with how many there were, and with how many surpluses have
 * steps that do not add up.
 */
export const tellStandbys = async ({ client }: Stage, surpluses: readonly Surplus[]) => {
  const ways: { centre: string; way: Step[]; waited: number }[] = [];
  let doNotAddUp = 0;
  for (const { id, centre } of surpluses) {
    const told = await client.get<Steps>(`/v1/surpluses/${id}/steps`);
    if (!told.agrees) doNotAddUp += 1;
    for (const way of promotionsIn(told)) {
      const yes = way.find(({ event }) => event === "invitation.yes");
      const waited = Date.parse(way.at(-1)?.at ?? "") - Date.parse(yes?.at ?? "");
      ways.push({ centre, way, waited });
    }
  }
  const [longest] = ways.toSorted((one, other) => other.waited - one.waited);
  if (longest) tellWay(longest.centre, longest.way);
  return { standbysPromoted: ways.length, doNotAddUp };
};
