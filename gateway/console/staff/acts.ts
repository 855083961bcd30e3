import type { CardCheck, Deciding } from "../../../schema/proof.ts";
import type { BookingChange, SurplusChange } from "../../../schema/surplus.ts";
import { nextAt } from "../frame/clock.ts";
import type { Answered } from "../frame/own-desk.ts";
import { type Sent, textIn, textsIn, wholeIn } from "../frame/sent.ts";
import type { Desk } from "./desk.ts";

/* What a board's buttons ask of the API. Each answers what was done, as the texts name it. */

export type Done = "changed" | "cancelled" | "walk-in" | "attended" | "no-show" | "turned-away" | "card";
type Act = (
  desk: Desk,
  id: string,
  sent: Sent,
  now: number,
) => Promise<{ answer: Answered<unknown>; done: Done }>;

const changing: Act = async (desk, id, sent, now) => {
  const [count, hour] = textIn(sent, "was").split(" ");
  // What was left as it stood is not asked for: the other may have changed meanwhile.
  const change = {
    ...(textIn(sent, "doses") !== count && { doses: wholeIn(sent, "doses") ?? 0 }),
    ...(textIn(sent, "until") !== hour && { usableUntil: nextAt(textIn(sent, "until"), now) ?? "" }),
  };
  if (Object.keys(change).length === 0) return { answer: { ok: true, value: undefined }, done: "changed" };
  const answer = await desk.send("PATCH", `/v1/surpluses/${id}`, change as SurplusChange);
  return { answer, done: "changed" };
};

const cancelling: Act = async (desk, id) => ({
  answer: await desk.send("POST", `/v1/surpluses/${id}/cancel`),
  done: "cancelled",
});

const walkingIn: Act = async (desk, id, sent) => ({
  answer: await desk.send("POST", `/v1/surpluses/${id}/walk-ins`, undefined, textIn(sent, "once")),
  done: "walk-in",
});

const outcomes: Record<string, Done> = {
  attended: "attended",
  "no-show": "no-show",
  cancelled: "turned-away",
};

const attending: Act = async (desk, id, sent) => {
  const outcome = textIn(sent, "outcome");
  const because = textIn(sent, "because");
  const change = { outcome, ...(because && { because }) } as BookingChange;
  return {
    answer: await desk.send("PATCH", `/v1/bookings/${id}`, change),
    done: outcomes[outcome] ?? "attended",
  };
};

/** What was typed is otherwise; the rest that was declared is as it was said. */
const checkIn = (sent: Sent): CardCheck => {
  const declared = textsIn(sent, "declared") as Deciding[];
  const outcome = textIn(sent, "outcome");
  if (outcome === "confirmed") return { outcome, confirmed: declared };
  if (outcome === "refused") return { outcome };
  const found = (["birthDate", "postcode"] as const).filter((what) => textIn(sent, what).trim() !== "");
  const without = textsIn(sent, "without");
  const differs = [
    ...found.map((what) => ({ what, found: textIn(sent, what).trim() })),
    ...without.map((what) => ({ what })),
  ];
  const otherwise: readonly string[] = differs.map(({ what }) => what);
  const confirmed = declared.filter((what) => !otherwise.includes(what));
  return { outcome: "differs", differs, confirmed } as CardCheck;
};

const checking: Act = async (desk, id, sent) => ({
  answer: await desk.send("POST", `/v1/bookings/${id}/card`, checkIn(sent)),
  done: "card",
});

/** By where the form is sent. */
export const acts: Record<string, Act> = {
  "/surpluses/:id/change": changing,
  "/surpluses/:id/cancel": cancelling,
  "/surpluses/:id/walk-in": walkingIn,
  "/bookings/:id": attending,
  "/bookings/:id/card": checking,
};
