import { z } from "zod";
import { AdapterError } from "../../schema/adapter.ts";
import { Instant } from "../../schema/primitives.ts";
import { type Client, largestPage, type WaitingEntry } from "./client.ts";

/*
 * Doctena pages by number, and a page is cut from the list as it is at that moment: an entry erased between two
 * requests moves everything behind it forward, so the page that comes next by number skips one person.
 *
 * A sweep reads the list once through, by id, and remembers the last id it has seen, not a page number. The next
 * page is chosen so that it begins at or before that id; a page is one consistent cut, so whatever follows the id
 * is on it or behind it. Where the page begins after the id (or is empty), the list has moved, and an earlier page
 * is read, no later than the list's last one. New entries get larger ids, so a sweep meets them at its end. What changes behind a sweep's back is
 * caught by the next one, which asks for all changes since this one began, on Doctena's own clock.
 */

/** Where a sweep stands; `since` is empty in the first of all, `began` before a sweep's first page. */
const Cursor = z.object({
  since: Instant.optional(),
  began: Instant.optional(),
  lastId: z.number().int().min(0),
  seen: z.number().int().min(0),
  /** So many pages in a row brought nobody new. */
  still: z.number().int().min(0).default(0),
});
type Cursor = z.infer<typeof Cursor>;
type Cut = { page: number; size: number };

const start: Cursor = { lastId: 0, seen: 0, still: 0 };

/** A list that moves while it is read may show a page of people seen before, and hardly ever two in a row. */
const stillAtMost = 5;

/** One page of a sweep: what follows the cursor, and where to go on. */
export const readWaiting = async (
  client: Pick<Client, "waiting">,
  from?: string,
): Promise<{ entries: WaitingEntry[]; next: string; complete: boolean; total?: number }> => {
  const cursor = from === undefined ? start : decode(from);
  const { cut, page } = await overlapping(client, cursor);
  const entries = page.items.filter(({ id }) => id > cursor.lastId);
  const began = cursor.began ?? page.asOf;
  const complete = cut.page * cut.size >= page.total;
  const still = entries.length > 0 ? 0 : cursor.still + 1;
  if (!complete && still > stillAtMost)
    throw new AdapterError(
      "drifted",
      "page after page of the list brings nobody, and more is said to follow",
    );
  const next: Cursor = complete
    ? { ...start, since: began }
    : {
        since: cursor.since,
        began,
        lastId: entries.at(-1)?.id ?? cursor.lastId,
        seen: (cut.page - 1) * cut.size + page.items.length,
        still,
      };
  // Later sweeps ask for what has changed, and Doctena counts only that.
  const total = cursor.since === undefined ? page.total : undefined;
  return { entries, next: JSON.stringify(next), complete, total };
};

const overlapping = async (client: Pick<Client, "waiting">, { since, lastId, seen }: Cursor) => {
  const cut = cutAfter(seen);
  let page = await client.waiting({ ...cut, changedSince: since });
  while (cut.page > 1 && (page.items[0]?.id ?? Number.POSITIVE_INFINITY) > lastId) {
    cut.page = Math.min(cut.page - 1, Math.max(1, Math.ceil(page.total / cut.size)));
    page = await client.waiting({ ...cut, changedSince: since });
  }
  return { cut, page };
};

const sizes = Array.from({ length: largestPage / 2 }, (_, less) => largestPage - less);

/** The page that holds the last of `seen` entries and, by its size, the most of those behind it. */
export const cutAfter = (seen: number): Cut => {
  if (seen === 0) return { page: 1, size: largestPage };
  const cuts = sizes.map((size) => ({ size, page: Math.floor((seen - 1) / size) + 1 }));
  return cuts.reduce((best, cut) => (cut.page * cut.size > best.page * best.size ? cut : best));
};

const decode = (text: string): Cursor => {
  try {
    return Cursor.parse(JSON.parse(text));
  } catch {
    throw new AdapterError("rejected", "this cursor is not one of Doctena's waiting list");
  }
};
