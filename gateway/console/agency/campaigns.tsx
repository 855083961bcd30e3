import type { Campaign } from "../../../schema/campaign.ts";
import type { Region } from "../../../schema/region.ts";
import type { Notice } from "../frame/said.tsx";
import { type Answered, type Desk, nameOf } from "./desk.ts";
import { AgencyPage, Missing } from "./frame.tsx";
import { Short, When } from "./moments.tsx";
import { Act, Bar } from "./parts.tsx";

export const campaignName = (desk: Desk, { id, name }: Campaign): string => name?.[desk.language] ?? id;

/** How far the people have been asked, and what they said. */
export const Asking = ({ desk, campaign }: { desk: Desk; campaign: Campaign }) => {
  const { asking } = campaign;
  if (!asking) return null;
  const { campaigns } = desk.words;
  const done = asking.total - asking.left;
  const says = [campaigns.asking[asking.state], desk.say(campaigns.looked, { done, total: asking.total })];
  const counts = ["written", "waiting", "yes", "no", "silent", "unreachable"] as const;
  return (
    <>
      <Bar done={done} total={asking.total} label={campaigns.askingLabel} says={says.join(" · ")} />
      <ul class="counts">
        {counts.map((each) => (
          <li>
            {campaigns.counts[each]}: {desk.number(asking[each])}
          </li>
        ))}
      </ul>
    </>
  );
};

const Card = ({ desk, campaign, regions }: { desk: Desk; campaign: Campaign; regions: Region[] }) => {
  const { campaigns } = desk.words;
  const names = campaign.regions.map((id) => {
    const region = regions.find((each) => each.id === id);
    return region ? nameOf(desk, region) : id;
  });
  return (
    <article class="card">
      <header>
        <h2>
          <a href={desk.to(`/agency/campaigns/${campaign.id}`)}>{campaignName(desk, campaign)}</a>
        </h2>
        <span class={`state ${campaign.state}`}>{campaigns.states[campaign.state]}</span>
      </header>
      <p>
        {campaigns.starts} <Short desk={desk} at={campaign.startsAt} /> ·{" "}
        {names.join(", ") || campaigns.allRegions}
      </p>
      <Asking desk={desk} campaign={campaign} />
    </article>
  );
};

type Listing = {
  desk: Desk;
  notice: Notice | undefined;
  listed: Answered<{ items: Campaign[] }>;
  regions: Region[];
};

export const CampaignsPage = ({ desk, notice, listed, regions }: Listing) => {
  const { campaigns } = desk.words;
  return (
    <AgencyPage desk={desk} notice={notice} title={campaigns.title}>
      <p class="lead">{campaigns.lead}</p>
      <p>
        <a class="button" href={desk.to("/agency/campaigns/new")}>
          {campaigns.begin}
        </a>
      </p>
      {listed.ok ? (
        <div class="cards">
          {listed.value.items.map((campaign) => (
            <Card desk={desk} campaign={campaign} regions={regions} />
          ))}
        </div>
      ) : (
        <Missing desk={desk} code={listed.code} />
      )}
    </AgencyPage>
  );
};

export const CampaignPage = ({
  desk,
  notice,
  campaign,
}: {
  desk: Desk;
  notice: Notice | undefined;
  campaign: Campaign;
}) => {
  const { campaigns } = desk.words;
  const here = desk.to(`/agency/campaigns/${campaign.id}`);
  const { state, asking } = campaign;
  const isRunning = asking?.state === "running" || asking?.state === "waiting";
  const stands = state === "in-force" && asking !== undefined;
  return (
    <AgencyPage desk={desk} notice={notice} title={campaignName(desk, campaign)} scripts={["agency.js"]}>
      <p>
        <span class={`state ${state}`}>{campaigns.states[state]}</span> · {campaigns.starts}{" "}
        <When desk={desk} at={campaign.startsAt} />
      </p>
      <section id="live" data-again={stands && isRunning ? "5" : undefined}>
        <Asking desk={desk} campaign={campaign} />
      </section>
      <div class="acts">
        {stands && isRunning && <Act to={here} value="halt" says={campaigns.acts.halt} />}
        {stands && asking?.state === "halted" && (
          <Act to={here} value="resume" says={campaigns.acts.resume} />
        )}
        {state === "planned" && campaign.orderedBy && (
          <Act to={here} value="take-back" says={campaigns.acts.takeBack} danger />
        )}
      </div>
      {stands && isRunning && <p class="hint">{campaigns.acts.haltHint}</p>}
      {campaign.orderedBy && campaign.orderedAt && (
        <p class="quiet">
          {desk.say(campaigns.orderedBy, { who: campaign.orderedBy })}{" "}
          <Short desk={desk} at={campaign.orderedAt} />
        </p>
      )}
      <p>
        <a href={desk.to("/agency/campaigns")}>{campaigns.all}</a>
      </p>
    </AgencyPage>
  );
};
