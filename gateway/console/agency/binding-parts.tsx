import type { BindingChange } from "../../../schema/binding.ts";
import type { Centre, Region } from "../../../schema/region.ts";
import { type Desk, nameOf } from "./desk.ts";
import { lasting } from "./moments.tsx";
import { Bar } from "./parts.tsx";

/* What a binding and its change are told by: places, roles, and how far the people have been carried over. */

export const roles = ["roster", "slots", "booking", "invite", "register"] as const;
export type Places = { regions: Region[]; centres: Centre[] };

export const placeIn = (
  desk: Desk,
  { regions, centres }: Places,
  place: { region: string; centre?: string },
): string => {
  const region = regions.find(({ id }) => id === place.region);
  const centre = centres.find(({ id }) => id === place.centre);
  const whole = region ? nameOf(desk, region) : place.region;
  return place.centre ? `${centre?.name ?? place.centre} (${whole})` : whole;
};

export const platformIn = (desk: Desk, platform: string | undefined): string =>
  platform ?? desk.words.bindings.nobody;

/** About how long the rest takes, as fast as it went since it began. */
const timeLeft = (desk: Desk, { from, carryOver }: BindingChange): string | undefined => {
  if (carryOver?.state !== "running" || carryOver.done === 0) return undefined;
  const seconds = ((desk.now() - Date.parse(from)) / 1000 / carryOver.done) * carryOver.left;
  return seconds > 0 && seconds < 30 * 86_400
    ? desk.say(desk.words.bindings.carry.timeLeft, { time: lasting(desk, seconds) })
    : undefined;
};

/** How far the people have been written on the new list, and what became of the others. */
export const Carry = ({ desk, change }: { desk: Desk; change: BindingChange }) => {
  const { carryOver } = change;
  if (!carryOver) return null;
  const { carry } = desk.words.bindings;
  const { state, done, total, carried, asked, refused } = carryOver;
  if (state === "waiting" && done === 0) return <p class="hint">{carry.states.waiting}</p>;
  const says = [carry.states[state], desk.say(carry.of, { done, total }), timeLeft(desk, change)].filter(
    Boolean,
  );
  return (
    <>
      <Bar done={done} total={total} label={carry.label} says={says.join(" · ")} />
      <ul class="counts">
        <li>{desk.say(carry.carried, { n: carried })}</li>
        <li>{desk.say(carry.asked, { n: asked })}</li>
        <li>{desk.say(carry.refused, { n: refused })}</li>
      </ul>
    </>
  );
};

export const RoleLines = ({ desk, lines }: { desk: Desk; lines: BindingChange["roles"] }) => {
  const { bindings } = desk.words;
  return (
    <ul>
      {lines.map(({ role, before, after }) => (
        <li>
          {desk.say(bindings.roleLine, {
            role: bindings.roles[role],
            before: platformIn(desk, before),
            after: platformIn(desk, after),
          })}
        </li>
      ))}
    </ul>
  );
};
