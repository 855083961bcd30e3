import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import type { Policy, PolicyRules, Region } from "../../../schema/region.ts";
import type { Rehearsal } from "../../../schema/rehearsal.ts";
import { momentOf } from "../frame/clock.ts";
import type { Refused } from "../frame/own-desk.ts";
import { show } from "../frame/page.ts";
import { centresOf, type Desk } from "./desk.ts";
import { problemIn } from "./frame.tsx";
import { markOf } from "./mark.ts";
import { isSame } from "./policy-difference.tsx";
import { NextPolicy } from "./policy-next.tsx";
import { type Faults, type Form, faultsAt, groupsIn, rulesIn, setGroups } from "./policy-reading.ts";
import { goTo } from "./replies.tsx";

/* The next version of a policy, from the first letter to the day on which it is in force. */

export type Read = { region: Region; inForce: Policy };

/** The next and the one before it change places, one goes, or one comes. */
const rearrange = (form: Form, act: string): boolean => {
  const groups = groupsIn(form);
  const [, what, place] = /^(up|down|remove)-(\d+)$/.exec(act) ?? [];
  const nth = Number(place);
  if (act === "add") groups.push({ name: "", fromAge: "", toAge: "", condition: "" });
  else if (what === "remove") groups.splice(nth, 1);
  else if (what) {
    const other = what === "up" ? nth - 1 : nth + 1;
    const [one, two] = [groups[nth], groups[other]];
    if (one && two) [groups[nth], groups[other]] = [two, one];
  } else return false;
  setGroups(form, groups);
  return true;
};

const whole = (text: string | null, most: number): number | undefined => {
  const value = Number(text);
  return text && Number.isInteger(value) && value >= 1 && value <= most ? value : undefined;
};

type Trial = { centre: string; vaccine: string; doses: number; usableUntil: string };

const trialIn = (desk: Desk, form: Form, faults: Faults): Trial | undefined => {
  const [doses, hours] = [whole(form.get("try.doses"), 200), whole(form.get("try.hours"), 47)];
  if (doses === undefined) faults.set("try.doses", "number");
  if (hours === undefined) faults.set("try.hours", "number");
  if (doses === undefined || hours === undefined) return undefined;
  const [centre, vaccine] = [form.get("try.centre") ?? "", form.get("try.vaccine") ?? ""];
  return { centre, vaccine, doses, usableUntil: new Date(desk.now() + hours * 3_600_000).toISOString() };
};

/** The same doses by the rules in force and by the next. */
const tryOut = async (
  desk: Desk,
  { trial, rules, before }: { trial: Trial; rules: PolicyRules; before: PolicyRules },
) => {
  const path = "/v1/policies/dry-run";
  const after = await desk.send<Rehearsal>("POST", path, { ...trial, rules });
  if (!after.ok) return after;
  const now = await desk.send<Rehearsal>("POST", path, { ...trial, rules: before });
  return now.ok ? { ok: true as const, value: { before: now.value, after: after.value } } : now;
};

type Drawn = Read &
  Pick<Parameters<typeof NextPolicy>[0], "notice" | "tried"> & { form: Form; faults?: Faults };

/** The form as it is now, with what came of it. */
export const draw = async (c: Context, desk: Desk, { form, faults = new Map(), ...rest }: Drawn) =>
  show(
    c,
    <NextPolicy
      desk={desk}
      {...rest}
      filled={{ desk, form, faults }}
      centres={await centresOf(desk, rest.region.id)}
      once={form.get("once") || randomUUID()}
    />,
    faults.size > 0 ? 422 : 200,
  );

type Put = { reply?: Response; faults?: Faults; refused?: Refused };

const enact = async (
  c: Context,
  desk: Desk,
  here: Read,
  { form, rules }: { form: Form; rules: PolicyRules },
) => {
  const wall = form.get("from") ?? "";
  const from = wall ? momentOf(wall) : undefined;
  if (wall && !from) return { faults: new Map([["from", "invalid" as const]]) };
  const path = `/v1/regions/${here.region.id}/policies`;
  const once = form.get("once") ?? undefined;
  const reply = await desk.send<Policy>("POST", path, { rules, ...(from ? { from } : {}) }, once);
  if (!reply.ok) return { refused: reply };
  const done = Date.parse(reply.value.from) > desk.now() ? "planned" : "enacted";
  const { campaign } = rules;
  return { reply: goTo(c, desk, `/agency/regions/${here.region.id}/policy`, { done, campaign }) };
};

/** What a button of the form asks: groups in another order, a trial, or that it be put in force. */
export const written = async (c: Context, desk: Desk, here: Read) => {
  const form = new URLSearchParams(await c.req.text());
  const act = form.get("do") ?? "";
  if (rearrange(form, act)) return draw(c, desk, { ...here, form });
  const { inForce } = here;
  const { rules, faults } = rulesIn(form, inForce.rules);
  const trial = trialIn(desk, form, faults);
  if (faults.size > 0 || !trial) return draw(c, desk, { ...here, form, faults });
  if (isSame(desk, inForce.rules, rules)) {
    const notice = { says: desk.words.policy.difference.none, bad: true };
    return draw(c, desk, { ...here, form, notice });
  }
  const mark = markOf(rules);
  const isTried = form.get("tried") === mark && form.get("base") === String(inForce.version);
  const put: Put = act === "enact" && isTried ? await enact(c, desk, here, { form, rules }) : {};
  if (put.reply) return put.reply;
  const result = await tryOut(desk, { trial, rules, before: inForce.rules });
  const refused = put.refused ?? (result.ok ? undefined : result);
  const found = faultsAt(
    refused?.issues.map(({ at }) => at).filter((each) => each.startsWith("/rules")) ?? [],
  );
  const says = refused && problemIn(desk, refused.code);
  const again = act === "enact" && !isTried ? desk.words.policy.enact.tryFirst : undefined;
  return draw(c, desk, {
    ...here,
    form,
    faults: put.faults ?? found,
    notice: says ? { says, bad: true } : again ? { says: again, bad: true } : undefined,
    tried: result.ok ? { ...result.value, rules, mark } : undefined,
  });
};
