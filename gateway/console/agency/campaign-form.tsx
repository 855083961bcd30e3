import type { Campaign, CampaignRehearsal } from "../../../schema/campaign.ts";
import type { Region } from "../../../schema/region.ts";
import { type Option, Select, TextField, Tick } from "../frame/field.tsx";
import type { Notice } from "../frame/said.tsx";
import { languages } from "../texts/texts.ts";
import { campaignName } from "./campaigns.tsx";
import { type Desk, nameOf } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";
import { Do, Tried } from "./parts.tsx";
import { vaccines } from "./policy-fields.ts";

const Rehearsed = ({ desk, rehearsal }: { desk: Desk; rehearsal: CampaignRehearsal }) => {
  const { rehearsed } = desk.words.campaigns;
  return (
    <>
      <p>{desk.say(rehearsed.asked, { n: rehearsal.asked })}</p>
      {rehearsal.callableLater > 0 && <p>{desk.say(rehearsed.later, { n: rehearsal.callableLater })}</p>}
      {rehearsal.notAsked.length > 0 && (
        <>
          <h3>{rehearsed.notAsked}</h3>
          <ul>
            {rehearsal.notAsked.map(({ reason, people }) => (
              <li>
                {rehearsed.reasons[reason]}: {desk.number(people)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};

type Plan = {
  desk: Desk;
  notice?: Notice;
  regions: Region[];
  campaigns: Campaign[];
  form: URLSearchParams;
  faults: ReadonlySet<string>;
  rehearsed?: { rehearsal: CampaignRehearsal; mark: string };
  once: string;
};

type Ticks = {
  name: string;
  says: string;
  fault?: string;
  hint?: string;
  choices: readonly Option[];
  form: URLSearchParams;
};
const Ticks = ({ name, says, fault, hint, choices, form }: Ticks) => (
  <fieldset class="field several">
    <legend>{says}</legend>
    {hint && <small class="hint">{hint}</small>}
    {fault && <span class="fault">{fault}</span>}
    <div class="ticks">
      {choices.map(([value, label]) => (
        <Tick name={name} value={value} checked={form.getAll(name).includes(value)}>
          {label}
        </Tick>
      ))}
    </div>
  </fieldset>
);

/** A campaign with the people of an earlier one: planned, rehearsed, and only then begun. */
export const NewCampaignPage = ({
  desk,
  notice,
  regions,
  campaigns,
  form,
  faults,
  rehearsed,
  once,
}: Plan) => {
  const words = desk.words.campaigns.form;
  const { policy } = desk.words;
  const earlier = campaigns
    .filter(({ from, state }) => from !== undefined && state === "in-force")
    .map((campaign): Option => [campaign.id, campaignName(desk, campaign)]);
  const text = (name: string, label: string, hint: string, more: Record<string, unknown> = {}) => (
    <TextField
      id={`c-${name}`}
      name={name}
      label={label}
      {...(faults.has(name) ? { fault: hint } : { hint })}
      value={form.get(name) ?? ""}
      autocomplete="off"
      {...more}
    />
  );
  return (
    <AgencyPage desk={desk} notice={notice} title={words.title}>
      <p class="lead">{words.lead}</p>
      <form method="post" action={desk.to("/agency/campaigns/new")} class="policy" novalidate>
        <fieldset class="section">
          <legend>{words.names}</legend>
          <div class="fields">
            {languages.map((each) =>
              text(`name.${each}`, policy.languages[each], words.nameHint, { lang: each, maxlength: 60 }),
            )}
            {text("id", words.id, words.idHint, { maxlength: 48, spellcheck: "false" })}
            {text("startsAt", words.startsAt, words.startsAtHint, { type: "datetime-local" })}
          </div>
        </fieldset>
        <fieldset class="section">
          <legend>{words.people}</legend>
          <Ticks
            form={form}
            name="region"
            says={words.regions}
            fault={faults.has("regions") ? words.regionsFault : undefined}
            choices={regions.map((region) => [region.id, nameOf(desk, region)])}
          />
          <Select
            id="c-of"
            name="of"
            label={words.of}
            options={[["", words.ofFiles], ...earlier]}
            chosen={form.get("of")}
          />
        </fieldset>
        <fieldset class="section">
          <legend>{words.rules}</legend>
          <p class="hint">{words.rulesHint}</p>
          <div class="fields">
            {text("consentText", policy.fields.consentText, policy.hints.consentText)}
            {text("minimumAge", policy.fields.minimumAge, words.emptySame, { inputmode: "numeric" })}
            {text("intervalDays", policy.fields.intervalDays, words.daysSame, { inputmode: "numeric" })}
            <Select
              id="c-underAge"
              name="underAge"
              label={policy.fields.underAge}
              options={[
                ["", words.same],
                ["refuse", policy.words.underAge.refuse],
                ["park", policy.words.underAge.park],
              ]}
              chosen={form.get("underAge")}
            />
          </div>
          <Ticks
            form={form}
            name="vaccines"
            says={policy.fields.vaccines}
            hint={words.vaccinesHint}
            choices={vaccines.map((each) => [each, policy.words.vaccines[each]])}
          />
        </fieldset>
        <Do what="rehearse" says={words.rehearse} second={rehearsed !== undefined} />
        {rehearsed && (
          <Tried title={desk.words.campaigns.rehearsed.title} mark={rehearsed.mark} once={once}>
            <Rehearsed desk={desk} rehearsal={rehearsed.rehearsal} />
            <Do what="order" says={words.order} />
          </Tried>
        )}
      </form>
    </AgencyPage>
  );
};
