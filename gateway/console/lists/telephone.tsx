import type { Context } from "hono";
import type { Call } from "../../../schema/call.ts";
import type { Invitation } from "../../../schema/surplus.ts";
import { show } from "../frame/page.ts";
import type { Notice } from "../frame/said.tsx";
import { textIn } from "../frame/sent.ts";
import { type At, type Items, trouble } from "./about.tsx";
import { outcomes, TelephonePage } from "./telephone-page.tsx";

/* Whom to telephone, and what they said. */

export const showCalls = async (c: Context, { desk, centre }: At, now: number, failed?: Notice) => {
  const calls = await desk.read<Items<Call>>(`/v1/centres/${centre.id}/calls`);
  if (!calls.ok) return trouble(c, desk, calls);
  const at = Number.parseInt(c.req.query("at") ?? "0", 10) || 0;
  const did = outcomes.find((each) => each === c.req.query("did"));
  const notice = failed ?? (did && { says: desk.words.telephone.noted[did] });
  const given = { desk, centre, calls: calls.value.items, at, now, notice };
  return show(c, <TelephonePage {...given} />, failed ? 409 : 200);
};

export const note = async (c: Context, at: At, now: number) => {
  const form = await c.req.parseBody();
  const outcome = textIn(form, "outcome");
  const invitation = encodeURIComponent(textIn(form, "invitation"));
  const done = await at.desk.send<Invitation>("POST", `/v1/invitations/${invitation}/call`, { outcome });
  // Whoever did not answer is called again when the others have been.
  const turn = outcome === "no-answer" ? String((Number.parseInt(textIn(form, "at"), 10) || 0) + 1) : "0";
  if (done.ok)
    return c.redirect(
      at.desk.to(`/staff/centres/${at.centre.id}/telephone`, { did: outcome, at: turn }),
      303,
    );
  if (done.status === 409) return showCalls(c, at, now, { says: at.desk.words.telephone.over, bad: true });
  return trouble(c, at.desk, done);
};
