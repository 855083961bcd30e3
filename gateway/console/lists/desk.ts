import type { Context } from "hono";
import { type OwnDesk, ownDesk, type Refused } from "../frame/own-desk.ts";
import { type ListWords, listTexts } from "../texts/lists/words.ts";

/* What each page of a centre's list, its telephone and long work works with. */

export type ListDesk = OwnDesk & { words: ListWords };

export const listDesk = (c: Context): ListDesk => {
  const desk = ownDesk(c);
  return { ...desk, words: listTexts[desk.language] };
};

const busy: readonly string[] = ["too_many_requests", "overloaded", "database_unavailable"];

/** A refusal in words that say what to do. */
export const faultOf = ({ words: { fault } }: ListDesk, { code, status }: Refused): string => {
  if (busy.includes(code)) return fault.wait;
  if (code === "spreadsheet_unreadable" || code === "unsupported_media") return fault.unreadable;
  if (code === "body_too_large") return fault.tooLarge;
  if (code === "work_unfit" || code === "work_over") return fault.work_unfit;
  return status === 404 || status === 403 ? fault.not_found : fault.other;
};
