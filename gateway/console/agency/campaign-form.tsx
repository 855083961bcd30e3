import type { Campaign, CampaignRehearsal } from "../../../schema/campaign.ts";
import type { Region } from "../../../schema/region.ts";
import type { Notice } from "../frame/said.tsx";
import { languages } from "../texts/texts.ts";
import { campaignName } from "./campaigns.tsx";
import { type Desk, nameOf } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";
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
  choices: [string, string][];
  form: URLSearchParams;
};
const Ticks = ({ name, says, fault, hint, choices, form }: Ticks) => (
  <fieldset class="field several">
    <legend>{says}</legend>
    {hint && <small class="hint">{hint}</small>}
    {fault && <span class="fault">{fault}</span>}
    <div class="ticks">
      {choices.map(([value, label]) => (
        <label class="tick">
          <input type="checkbox" name={name} value={value} checked={form.getAll(name).includes(value)} />{" "}
          {label}
        </label>
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
  const text = (name: string, label: string, hint: string, more: Record<string, unknown> = {}) => (
    <div class="field">
      <label for={`c-${name}`}>{label}</label>
      <input
        id={`c-${name}`}
        name={name}
        value={form.get(name) ?? ""}
        autocomplete="off"
        {...more}
        aria-describedby={`c-${name}-hint`}
        aria-invalid={faults.has(name) ? "true" : undefined}
      />
      <small id={`c-${name}-hint`} class={faults.has(name) ? "fault" : "hint"}>
        {hint}
      </small>
    </div>
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
          <div class="field">
            <label for="c-of">{words.of}</label>
            <select id="c-of" name="of">
              <option value="">{words.ofFiles}</option>
              {campaigns
                .filter(({ from, state }) => from !== undefined && state === "in-force")
                .map((campaign) => (
                  <option value={campaign.id} selected={form.get("of") === campaign.id}>
                    {campaignName(desk, campaign)}
                  </option>
                ))}
            </select>
          </div>
        </fieldset>
        <fieldset class="section">
          <legend>{words.rules}</legend>
          <p class="hint">{words.rulesHint}</p>
          <div class="fields">
            {text("consentText", policy.fields.consentText, policy.hints.consentText)}
            {text("minimumAge", policy.fields.minimumAge, words.emptySame, { inputmode: "numeric" })}
            {text("intervalDays", policy.fields.intervalDays, words.emptySame, { inputmode: "numeric" })}
            <div class="field">
              <label for="c-underAge">{policy.fields.underAge}</label>
              <select id="c-underAge" name="underAge">
                <option value="">{words.same}</option>
                {(["refuse", "park"] as const).map((each) => (
                  <option value={each} selected={form.get("underAge") === each}>
                    {policy.words.underAge[each]}
                  </option>
                ))}
              </select>
            </div>
          </div>
          <Ticks
            form={form}
            name="vaccines"
            says={policy.fields.vaccines}
            hint={words.vaccinesHint}
            choices={vaccines.map((each) => [each, policy.words.vaccines[each]])}
          />
        </fieldset>
        <div class="choice short">
          <button type="submit" name="do" value="rehearse" class={rehearsed ? "other" : "yes"}>
            {words.rehearse}
          </button>
        </div>
        {rehearsed && (
          <section id="tried" class="tried" aria-labelledby="tried-title" tabindex={-1}>
            <h2 id="tried-title">{desk.words.campaigns.rehearsed.title}</h2>
            <Rehearsed desk={desk} rehearsal={rehearsed.rehearsal} />
            <input type="hidden" name="tried" value={rehearsed.mark} />
            <input type="hidden" name="once" value={once} />
            <div class="choice short">
              <button type="submit" name="do" value="order" class="yes">
                {words.order}
              </button>
            </div>
          </section>
        )}
      </form>
    </AgencyPage>
  );
};
