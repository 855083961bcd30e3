import type { Centre, Policy, PolicyRules, Region } from "../../../schema/region.ts";
import { TextField } from "../frame/field.tsx";
import type { Notice } from "../frame/said.tsx";
import { type Desk, nameOf } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";
import { Short, When } from "./moments.tsx";
import { Do, Tried } from "./parts.tsx";
import { Difference, groupIn, labelOf, valueIn } from "./policy-difference.tsx";
import { fields, sections } from "./policy-fields.ts";
import { FaultList, RulesForm } from "./policy-form.tsx";
import type { Filled } from "./policy-reading.ts";
import { type BothTried, TrialFields, TriedOut } from "./policy-tried.tsx";

/** A version as it reads: what somebody who may only look sees too. */
const Rules = ({ desk, rules }: { desk: Desk; rules: PolicyRules }) => (
  <>
    <h3>{desk.words.policy.order.title}</h3>
    <ol>
      {rules.order.map((group) => (
        <li>{groupIn(desk, group)}</li>
      ))}
    </ol>
    {sections.map((section) => (
      <details>
        <summary>{desk.words.policy.sections[section]}</summary>
        <dl class="facts">
          {fields[section].map((field) => (
            <>
              <dt>{labelOf(desk, field.name)}</dt>
              <dd>{valueIn(desk, field, rules)}</dd>
            </>
          ))}
        </dl>
      </details>
    ))}
  </>
);

type Read = { desk: Desk; region: Region; versions: Policy[]; inForce: Policy };

const History = ({ desk, versions, inForce }: Omit<Read, "region">) => {
  const { history } = desk.words.policy;
  return (
    <ol class="versions" reversed>
      {versions.map((version, nth) => {
        const before = versions[nth + 1];
        const state =
          version.version === inForce.version
            ? "now"
            : version.version > inForce.version
              ? "planned"
              : "past";
        return (
          <li>
            <p>
              <strong>{desk.say(history.version, { n: version.version })}</strong>{" "}
              <span class={`state ${state}`}>{history[state]}</span> <Short desk={desk} at={version.from} />
            </p>
            {before && (
              <details>
                <summary>{desk.say(history.changed, { n: before.version })}</summary>
                <Difference desk={desk} before={before.rules} after={version.rules} />
              </details>
            )}
          </li>
        );
      })}
    </ol>
  );
};

/** Where several campaigns have rules of their own. */
const Campaigns = ({
  desk,
  region,
  campaigns,
  now,
}: {
  desk: Desk;
  region: Region;
  campaigns: string[];
  now: string;
}) =>
  campaigns.length < 2 ? null : (
    <p>
      {campaigns.map((campaign) => (
        <a
          class="pick"
          href={desk.to(`/agency/regions/${region.id}/policy`, { campaign })}
          aria-current={campaign === now ? "true" : undefined}
        >
          {campaign}
        </a>
      ))}
    </p>
  );

/** The version in force, its history, and the way to the next. */
export const PolicyPage = ({
  desk,
  notice,
  region,
  versions,
  inForce,
  campaigns,
}: Read & { notice: Notice | undefined; campaigns: string[] }) => {
  const { policy } = desk.words;
  const { campaign } = inForce.rules;
  return (
    <AgencyPage desk={desk} notice={notice} title={desk.say(policy.title, { region: nameOf(desk, region) })}>
      <Campaigns desk={desk} region={region} campaigns={campaigns} now={campaign} />
      <p class="lead">
        {desk.say(policy.inForce, { n: inForce.version })} <When desk={desk} at={inForce.from} />.
      </p>
      <p>
        <a class="button" href={desk.to(`/agency/regions/${region.id}/policy/next`, { campaign })}>
          {policy.write}
        </a>
      </p>
      <h2>{policy.rulesTitle}</h2>
      <Rules desk={desk} rules={inForce.rules} />
      <h2>{policy.history.title}</h2>
      <History desk={desk} versions={versions} inForce={inForce} />
    </AgencyPage>
  );
};

type Writing = Omit<Read, "versions"> & {
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

export const Policies = ({
  desk,
  regions,
  inForce,
}: {
  desk: Desk;
  regions: Region[];
  inForce: (Policy | undefined)[];
}) => {
  const { policy } = desk.words;
  return (
    <AgencyPage desk={desk} title={policy.allTitle}>
      <p class="lead">{policy.allLead}</p>
      <ul class="cards">
        {regions.map((region, nth) => {
          const now = inForce[nth];
          return (
            <li class="card">
              <h2>
                <a href={desk.to(`/agency/regions/${region.id}/policy`)}>{nameOf(desk, region)}</a>
              </h2>
              {now && (
                <>
                  <p>
                    {desk.say(policy.inForce, { n: now.version })} <Short desk={desk} at={now.from} />
                  </p>
                  <p class="hint">{now.rules.order.map(({ name }) => name).join(" → ")}</p>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </AgencyPage>
  );
};
