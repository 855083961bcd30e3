import { Refused } from "./refusal.ts";

type List = "registrations" | "answers";
type Paged = { cursor?: string; limit: number };

/**
 * Rows after the cursor by position. A row that changes gets a higher position, so it comes again, never not at all.
 */
export const pageOf = <Row extends { position: number }>(
  list: List,
  all: Row[],
  { cursor, limit }: Paged,
) => {
  const after = cursor === undefined ? 0 : positionIn(list, cursor);
  const following = all
    .filter(({ position }) => position > after)
    .sort((one, other) => one.position - other.position);
  const rows = following.slice(0, limit);
  const last = rows.at(-1)?.position ?? after;
  return {
    rows,
    cursor: Buffer.from(`${list}:${last}`).toString("base64url"),
    more: following.length > limit,
  };
};

const positionIn = (list: List, cursor: string): number => {
  const [of, position, ...rest] = Buffer.from(cursor, "base64url").toString().split(":");
  if (of !== list || !/^\d{1,15}$/.test(position ?? "") || rest.length > 0) throw new Refused("malformed");
  return Number(position);
};
