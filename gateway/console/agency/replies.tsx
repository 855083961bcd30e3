import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Route } from "../../http/permissions.ts";
import { show } from "../frame/page.ts";
import { knownWord } from "../texts/word-for.ts";
import { type Answered, type Desk, deskOf } from "./desk.ts";
import { AgencyPage, NotForYou, problemIn } from "./frame.tsx";

/* How these pages are answered. What was done is said on the page that follows, by its word in the address. */

/** To a page, by a look at it: a repeat of that does nothing again. */
export const goTo = (c: Context, desk: Desk, path: string, query: Record<string, string | undefined> = {}) =>
  c.redirect(desk.to(path, query), 303);

/** Takes back what was only planned, or does what the API calls by that name. */
export const actOn = <Value,>(desk: Desk, path: string, act: string): Promise<Answered<Value>> =>
  act === "take-back" ? desk.send<Value>("DELETE", path) : desk.send<Value>("POST", `${path}/${act}`);

/** Back to the page of what was done, or could not be. */
export const back = (c: Context, desk: Desk, path: string, reply: Answered<unknown>, done: string) =>
  goTo(c, desk, path, reply.ok ? { done } : { failed: reply.code });

/** What the page before did, as its address says; nothing where it says a word of its own. */
export const doneIn = (desk: Desk): { says: string; bad?: boolean } | undefined => {
  const [done, failed] = [desk.query("done"), desk.query("failed")];
  if (failed) return { says: problemIn(desk, failed), bad: true };
  const says = knownWord(desk.words.done, done);
  return says ? { says } : undefined;
};

export const missing = (c: Context, desk: Desk) =>
  show(
    c,
    <AgencyPage desk={desk} title={desk.words.missing.title}>
      <p>{desk.words.missing.says}</p>
      <p>
        <a href={desk.to("/agency")}>{desk.words.nav.overview}</a>
      </p>
    </AgencyPage>,
    404,
  );

/** For pages that are open to whoever may call that; everybody else reads so, and where else they can go. */
export const openTo = (route: Route, needs: "agency" | "auditor" = "agency") =>
  createMiddleware(async (c, next) => {
    const desk = deskOf(c);
    if (desk.may(route)) return next();
    return show(c, <NotForYou desk={desk} needs={needs} />, 403);
  });
