import type { PersonData } from "../../../schema/held.ts";
import type { Standing, Volunteer } from "../../../schema/volunteer.ts";
import { type Api, bearing } from "../frame/api.ts";
import type { Asked } from "./register-places.ts";

/* What somebody's link opens, and what their birth date beside it. */

/** `session`: opened by the birth date, for half an hour; the forms of the page carry both on. */
export type Keys = { link: string; session?: string };
type Own = { volunteer: Volunteer; data: PersonData };
export type Place = Keys & {
  /** Absent behind the link of an invitation, which shows no more until the birth date is said. */
  standing?: Standing;
  own?: Own;
  asked?: Asked;
};

type Found = Place | "noToken" | "failed";

const ownBy = async (api: Api, token: string): Promise<Own | undefined> => {
  const [volunteer, data] = [
    await api("/v1/volunteer", bearing(token)),
    await api("/v1/volunteer/data", bearing(token)),
  ];
  if (!volunteer.ok || !data.ok) return undefined;
  return { volunteer: (await volunteer.json()) as Volunteer, data: (await data.json()) as PersonData };
};

type Places = { asked(wish: { region: string }): Promise<Asked | undefined> };

/** A session that is over is left out: the link goes on without it. */
export const placeBy = async (api: Api, places: Places, { link, session }: Keys): Promise<Found> => {
  const reply = await api("/v1/volunteer/standing", bearing(session ?? link));
  if (reply.ok) {
    const standing = (await reply.json()) as Standing;
    const own = await ownBy(api, session ?? link);
    const asked = own && (await places.asked({ region: standing.region }));
    return { link, session: own && session, standing, own, asked };
  }
  if (reply.status !== 401) return "failed";
  if (session) return placeBy(api, places, { link });
  return (await api("/v1/invitation", bearing(link))).ok ? { link } : "noToken";
};
