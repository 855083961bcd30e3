import type { Api } from "./api.ts";

/** The API did not answer what a page is made of; `status` as it said. */
export class ApiAway extends Error {
  readonly status: number;
  readonly retryAfter?: number;

  constructor(path: string, { status, headers }: Response) {
    super(`${path} answered ${status}`);
    this.status = status;
    const seconds = Number(headers.get("retry-after"));
    if (seconds > 0) this.retryAfter = seconds;
  }
}

/** What the API answers there; throws `ApiAway` where it does not. */
export const read = async <Answer>(api: Api, path: string): Promise<Answer> => {
  const reply = await api(path);
  if (!reply.ok) throw new ApiAway(path, reply);
  return (await reply.json()) as Answer;
};
