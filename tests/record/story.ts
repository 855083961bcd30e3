import { settle } from "../../gateway/flows/settle.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import type { SurplusId, VolunteerId } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { Effect, MessageKind } from "../../schema/surplus.ts";
import type { NewVolunteer, Registered } from "../../schema/volunteer.ts";
import { scene } from "../flows/scene.ts";
import type { TestDeps } from "../support/gateway.ts";

export type Scene = TestDeps & { registered: Registered[] };

/** A story of its own: a federation with these people on its list, gone when it is told. */
export const inScene = async (
  people: NewVolunteer[],
  tell: (world: Scene) => Promise<void>,
  rules?: Partial<PolicyRules>,
) => {
  const world = await scene(people, rules);
  try {
    await tell(world);
  } finally {
    await world.close();
  }
};

/** Settles a surplus and says who has a question open or on its way, first in order first. */
export const settled = async ({ deps }: TestDeps, surplus: SurplusId): Promise<VolunteerId[]> => {
  await settle(deps, surplus);
  return (await invitations.liveOf(deps.db, surplus)).map(({ volunteer }) => volunteer);
};

/** Whom a message of this kind is to reach. */
export const told = async ({ database }: TestDeps, about: MessageKind): Promise<VolunteerId[]> => {
  const rows = await database.sql<{ effect: Effect }[]>`select effect from outbox order by id`;
  return rows.flatMap(({ effect }) =>
    effect.kind === "message" && effect.about === about ? [effect.volunteer] : [],
  );
};

/** The ids of those registered, as they were given. */
export const ids = ({ registered }: Scene): VolunteerId[] => registered.map(({ volunteer }) => volunteer.id);
