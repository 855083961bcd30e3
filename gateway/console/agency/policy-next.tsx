import type { Centre, Policy, PolicyRules, Region } from "../../../schema/region.ts";
import { TextField } from "../frame/field.tsx";
import type { Notice } from "../frame/said.tsx";
import { type Desk, nameOf } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";
import { Do, Tried } from "./parts.tsx";
import { Difference } from "./policy-difference.tsx";
import { FaultList, RulesForm } from "./policy-form.tsx";
import type { Filled } from "./policy-reading.ts";
import { type BothTried, TrialFields, TriedOut } from "./policy-tried.tsx";

type Writing = {
  desk: Desk;
  region: Region;
  inForce: Policy;
  notice?: Notice;
  filled: Filled;
  centres: Centre[];
  /** Once it was tried: whom both would call, and by which mark these rules are known again. */
  tried?: BothTried & { rules: PolicyRules; mark: string };
  once: string;
};

const Enact = ({ desk, filled }: Pick<Writing, "desk" | "filled">) => {
  const { enact } = desk.words.policy;
  return (
    <fieldset class="section enact">
      <legend>{enact.title}</legend>
      <TextField
        id="f-from"
        name="from"
        label={enact.from}
        fault={filled.faults.has("from") ? enact.fromFault : undefined}
        hint={enact.fromHint}
        type="datetime-local"
        value={filled.form.get("from") ?? ""}
      />
      <Do what="enact" says={enact.button} />
    </fieldset>
  );
};

/** The next version: a form, then what it changes and whom it would call, then the way to put it in force. */
export const NextPolicy = ({ desk, notice, region, inForce, filled, centres, tried, once }: Writing) => {
  const { policy } = desk.words;
  const faults = new Set(filled.faults.keys());
  const here = desk.to(`/agency/regions/${region.id}/policy/next`, { campaign: inForce.rules.campaign });
  return (
    <AgencyPage
      desk={desk}
      notice={notice}
      title={desk.say(policy.nextTitle, { region: nameOf(desk, region) })}
      scripts={["agency.js"]}
    >
      <p class="lead">{desk.say(policy.nextLead, { n: inForce.version })}</p>
      <FaultList filled={filled} />
      <form method="post" action={here} class="policy" novalidate>
        {/* What an Enter in a field does: the harmless thing. */}
        <button type="submit" name="do" value="try" class="unseen" tabindex={-1}>
          {policy.trial.button}
        </button>
        <input type="hidden" name="base" value={String(inForce.version)} />
        <RulesForm filled={filled} />
        <TrialFields desk={desk} form={filled.form} centres={centres} faults={faults} />
        <Do what="try" says={policy.trial.button} second={tried !== undefined} />
        {tried && (
          <Tried
            title={desk.say(policy.difference.title, { n: inForce.version })}
            mark={tried.mark}
            once={once}
          >
            <Difference desk={desk} before={inForce.rules} after={tried.rules} />
            <h2>{policy.trial.result}</h2>
            <TriedOut desk={desk} tried={tried} />
            <Enact desk={desk} filled={filled} />
          </Tried>
        )}
      </form>
    </AgencyPage>
  );
};
