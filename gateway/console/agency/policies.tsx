import type { Policy, PolicyRules, Region } from "../../../schema/region.ts";
import type { Notice } from "../frame/said.tsx";
import { type Desk, nameOf } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";
import { Dated } from "./moments.tsx";
import { Difference, groupIn, labelOf, valueIn } from "./policy-difference.tsx";
import { fields, sections } from "./policy-fields.ts";

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
                    {desk.say(policy.inForce, { n: now.version })} <Dated desk={desk} at={now.from} />
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
              <span class={`state ${state}`}>{history[state]}</span> <Dated desk={desk} at={version.from} />
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
        {desk.say(policy.inForce, { n: inForce.version })} <Dated desk={desk} at={inForce.from} />.
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
