import type { Opened } from "../../../schema/volunteer.ts";
import { type Api, sending } from "../frame/api.ts";

type Knowledge = { birthDate?: string; postcode?: string };

/** The token for what is personal, which a link and the birth date open; or the reply that refuses it. */
export const openSession = async (
  api: Api,
  link: string,
  knowledge: Knowledge,
): Promise<string | Response> => {
  const reply = await api("/v1/volunteer/session", sending(link, knowledge));
  return reply.ok ? ((await reply.json()) as Opened).token : reply;
};

/** After how many minutes it may be tried again. */
export const minutesToWait = ({ headers }: Response): number =>
  Math.ceil(Number(headers.get("retry-after") ?? 0) / 60);
