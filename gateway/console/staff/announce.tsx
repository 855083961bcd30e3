import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import type { Vaccine } from "../../../schema/primitives.ts";
import type { Centre, Policy } from "../../../schema/region.ts";
import type { NewSurplus, Surplus } from "../../../schema/surplus.ts";
import { hourOf, nextAt } from "../frame/clock.ts";
import { Told } from "../frame/field.tsx";
import { Said } from "../frame/said.tsx";
import { textIn, wholeIn } from "../frame/sent.ts";
import { timeIn } from "../texts/say.ts";
import { type Desk, faultOf, type Refused } from "./desk.ts";
import { Stepper, Until } from "./dose-fields.tsx";
import { countOf } from "./doses.tsx";
import { StaffPage } from "./frame.tsx";
import { vaccineName } from "./vaccines.ts";

/* Doses announced in two taps: here, and the one big button that says what was announced last time. */

type Typed = { doses: string; vaccine: string; until: string };
type Faults = Partial<Record<keyof Typed, string>>;

/** What the centre announced last, and what it may. */
type Known = { last?: Surplus; vaccines: readonly Vaccine[]; most: number };

const knownOf = async ({ read }: Desk, centre: Centre): Promise<Known> => {
  const [last, policy] = await Promise.all([
    read<{ items: Surplus[] }>(`/v1/surpluses?limit=1&centre=${centre.id}`),
    read<Policy>(`/v1/regions/${centre.region}/policy`),
  ]);
  const rules = policy.ok ? policy.value.rules : undefined;
  return {
    last: last.ok ? last.value.items[0] : undefined,
    vaccines: rules?.vaccines ?? ["pfizer", "moderna", "astrazeneca", "janssen"],
    most: rules?.dosesAtMost ?? 500,
  };
};

const quarter = 15 * 60_000;
/** As last time; without one, what a vial drawn up now would allow. */
const usual = ({ last, vaccines, most }: Known, now: number): Typed => ({
  doses: String(last ? Math.min(Math.max(countOf(last.doses), 1), most) : 1),
  vaccine: last && vaccines.includes(last.vaccine) ? last.vaccine : (vaccines[0] ?? "pfizer"),
  until: hourOf(last ? Date.parse(last.usableUntil) : Math.ceil((now + 3 * 3_600_000) / quarter) * quarter),
});

type Shown = {
  desk: Desk;
  centre: Centre;
  known: Known;
  typed: Typed;
  now: number;
  faults?: Faults;
  says?: string;
};

/** What was announced last time, as one button. */
const Again = ({ desk, centre, known, now }: Omit<Shown, "typed">) => {
  const { words, say, to, language } = desk;
  const last = usual(known, now);
  const until = nextAt(last.until, now);
  if (!known.last || !until) return null;
  const n = Number(last.doses);
  return (
    <form method="post" action={to(`/staff/centres/${centre.id}/announce`)}>
      <input type="hidden" name="once" value={randomUUID()} />
      {Object.entries(last).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="again">
        <strong>{say(words.announce.again, { n, time: timeIn(language, until) })}</strong>
        <span>{say(words.announce.asLast, { vaccine: vaccineName(last.vaccine) })}</span>
      </button>
    </form>
  );
};

const Otherwise = ({ desk, centre, known, typed, faults = {} }: Shown) => {
  const { words, to } = desk;
  return (
    <form method="post" action={to(`/staff/centres/${centre.id}/announce`)} novalidate>
      <input type="hidden" name="once" value={randomUUID()} />
      <Stepper desk={desk} value={typed.doses} most={known.most} fault={faults.doses} />
      <Until desk={desk} value={typed.until} fault={faults.until} />
      <fieldset class="vaccines">
        <legend>{words.announce.vaccine}</legend>
        {known.vaccines.map((each) => (
          <label>
            <input type="radio" name="vaccine" value={each} checked={each === typed.vaccine} required />{" "}
            {vaccineName(each)}
          </label>
        ))}
        <Told id="vaccine" fault={faults.vaccine} />
      </fieldset>
      <button type="submit" class={known.last ? "other" : "yes"}>
        {words.announce.submit}
      </button>
    </form>
  );
};

const AnnouncePage = (shown: Shown) => {
  const { desk, centre, known, says } = shown;
  const { words, to } = desk;
  return (
    <StaffPage
      desk={desk}
      title={words.announce.title}
      centre={centre.id}
      width="narrow"
      scripts={["staff.js"]}
    >
      <h1>
        <small>{centre.name}</small>
        {words.announce.title}
      </h1>
      <p>{words.announce.why}</p>
      <Said notice={says ? { says, bad: true } : undefined} />
      <Again {...shown} />
      {known.last && <h2>{words.announce.otherwise}</h2>}
      <Otherwise {...shown} />
      <p class="way-back">
        <a href={to(`/staff/centres/${centre.id}`)}>{words.announce.back}</a>
      </p>
    </StaffPage>
  );
};

export const showAnnounce = async (desk: Desk, centre: Centre, now: number) => {
  const known = await knownOf(desk, centre);
  return <AnnouncePage desk={desk} centre={centre} known={known} now={now} typed={usual(known, now)} />;
};

/** The fields that the API found at fault, in words. */
const faultsOf = (
  { words, say }: Desk,
  { code, issues }: Refused,
  most: number,
): { faults: Faults; says?: string } => {
  const at = (field: string) => issues.some((issue) => issue.at === `/${field}`);
  const faults: Faults = {
    ...(at("doses") && { doses: say(words.fault.doses, { most }) }),
    ...(at("usableUntil") && {
      until: code === "expected_later" ? words.fault.expected_later : words.fault.until,
    }),
    ...(at("vaccine") && { vaccine: words.fault.vaccine }),
  };
  return Object.keys(faults).length > 0 ? { faults } : { faults, says: faultOf({ words }, { code }) };
};

/** Announces what was sent; shows the page again, with what was typed, where something is at fault. */
export const announce = async (c: Context, desk: Desk, centre: Centre, now: number) => {
  const sent = await c.req.parseBody();
  const typed = {
    doses: textIn(sent, "doses"),
    vaccine: textIn(sent, "vaccine"),
    until: textIn(sent, "until"),
  };
  const known = await knownOf(desk, centre);
  const usableUntil = nextAt(typed.until, now);
  const doses = wholeIn(sent, "doses") ?? 0;
  const wanted = { centre: centre.id, vaccine: typed.vaccine, doses, usableUntil: usableUntil ?? "" };
  const answer = await desk.send<Surplus>(
    "POST",
    "/v1/surpluses",
    wanted as NewSurplus,
    textIn(sent, "once"),
  );
  if (answer.ok) return undefined;
  return (
    <AnnouncePage
      desk={desk}
      centre={centre}
      known={known}
      now={now}
      typed={typed}
      {...faultsOf(desk, answer, known.most)}
    />
  );
};
