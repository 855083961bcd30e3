import type { BindingChange, Bindings } from "../../../schema/binding.ts";
import type { Campaign } from "../../../schema/campaign.ts";
import type { Erasure } from "../../../schema/erasure.ts";
import type { Pair } from "../../../schema/pair.ts";
import type { PlatformState } from "../../../schema/platform.ts";
import type { Centre, Region } from "../../../schema/region.ts";
import type { ReportRow } from "../../../schema/report.ts";
import { ofNumbers, Table } from "../frame/table.tsx";
import { Carry, placeIn } from "./binding-parts.tsx";
import { Asking, campaignName } from "./campaigns.tsx";
import { type Desk, nameOf } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";
import { StateOf } from "./platforms.tsx";

export type Seen = {
  regions: Region[];
  centres: Centre[];
  doses: ReportRow[];
  platforms: PlatformState[];
  pairs: Pair[];
  morePairs: boolean;
  bindings?: Bindings;
  campaigns: Campaign[];
  erasures: Erasure[];
};

type Task = { to: string; says: string };

/** What waits for somebody: each with the page on which it is decided. */
const tasksIn = (
  desk: Desk,
  { platforms, pairs, morePairs, bindings, campaigns, erasures }: Seen,
): Task[] => {
  const { tasks } = desk.words.overview;
  const halted = (bindings?.changes ?? []).filter(
    ({ state, carryOver }) => state === "in-force" && carryOver?.state === "cancelled" && carryOver.left > 0,
  );
  const byHand = erasures.filter(({ receipts }) => receipts.some(({ state }) => state === "by-hand"));
  const of = (to: string, says: string, n: number): Task[] =>
    n > 0 ? [{ to, says: desk.say(says, { n }) }] : [];
  const ofPlatform = (platform: PlatformState): Task[] => {
    const to = `/agency/platforms/${platform.name}`;
    const about = (says: string, n: number): Task[] =>
      n > 0 ? [{ to, says: desk.say(says, { n, platform: platform.name }) }] : [];
    return [
      ...about(tasks.failing, platform.state === "failing" ? 1 : 0),
      ...about(tasks.givenUp, platform.givenUp),
      ...about(tasks.drifted, platform.drifts.length),
      ...about(tasks.doubted, platform.reading?.verdict === "doubted" ? (platform.reading.missing ?? 0) : 0),
    ];
  };
  return [
    ...of("/agency/pairs/next", morePairs ? tasks.pairsMore : tasks.pairs, pairs.length),
    ...platforms.flatMap(ofPlatform),
    ...halted.flatMap(({ id }) => of(`/agency/bindings/${id}`, tasks.carryHalted, 1)),
    ...campaigns
      .filter(({ asking }) => asking?.state === "halted")
      .flatMap(({ id }) => of(`/agency/campaigns/${id}`, tasks.askingHalted, 1)),
    ...of("/agency/kept", tasks.byHand, byHand.length),
  ];
};

const Doses = ({ desk, seen }: { desk: Desk; seen: Seen }) => {
  const { overview } = desk.words;
  const rows = seen.regions.map((region) => ({
    region,
    row: seen.doses.find((each) => each.region === region.id),
  }));
  return (
    <Table
      caption={overview.doses}
      columns={[
        overview.region,
        ofNumbers(overview.announced),
        ofNumbers(overview.used),
        ofNumbers(overview.lost),
      ]}
    >
      {rows.map(({ region, row }) => (
        <tr>
          <th scope="row">{nameOf(desk, region)}</th>
          <td class="number">{desk.number(row?.announced ?? 0)}</td>
          <td class="number">{desk.number(row?.used ?? 0)}</td>
          <td class="number">{desk.number(row?.lost ?? 0)}</td>
        </tr>
      ))}
    </Table>
  );
};

const runs = ({ state, carryOver }: BindingChange) =>
  state === "planned" ||
  (state === "in-force" && (carryOver?.state === "running" || carryOver?.state === "waiting"));

const Running = ({ desk, seen }: { desk: Desk; seen: Seen }) => {
  const { overview } = desk.words;
  const changes = (seen.bindings?.changes ?? []).filter(runs);
  const asking = seen.campaigns.filter(
    ({ asking, state }) => state === "planned" || asking?.state === "running",
  );
  if (changes.length + asking.length === 0) return <p class="quiet">{overview.nothingRuns}</p>;
  return (
    <div class="cards">
      {changes.map((change) => (
        <article class="card">
          <h3>
            <a href={desk.to(`/agency/bindings/${change.id}`)}>{placeIn(desk, seen, change)}</a>
          </h3>
          <p class="hint">{desk.words.bindings.states[change.state]}</p>
          <Carry desk={desk} change={change} />
        </article>
      ))}
      {asking.map((campaign) => (
        <article class="card">
          <h3>
            <a href={desk.to(`/agency/campaigns/${campaign.id}`)}>{campaignName(desk, campaign)}</a>
          </h3>
          <p class="hint">{desk.words.campaigns.states[campaign.state]}</p>
          <Asking desk={desk} campaign={campaign} />
        </article>
      ))}
    </div>
  );
};

/** What an authority looks at first: what waits for it, then how the day goes. */
export const Overview = ({ desk, seen }: { desk: Desk; seen: Seen }) => {
  const { overview } = desk.words;
  const tasks = tasksIn(desk, seen);
  return (
    <AgencyPage desk={desk} title={overview.title}>
      <p class="lead">{seen.regions.map((region) => nameOf(desk, region)).join(" · ")}</p>
      <h2>{overview.tasksTitle}</h2>
      {tasks.length === 0 ? (
        <p class="notice good">{overview.noTasks}</p>
      ) : (
        <ul class="tasks">
          {tasks.map(({ to, says }) => (
            <li>
              <a href={desk.to(to)}>{says}</a>
            </li>
          ))}
        </ul>
      )}
      <h2>{overview.doses}</h2>
      <Doses desk={desk} seen={seen} />
      <h2>{desk.words.platforms.title}</h2>
      <ul class="states">
        {seen.platforms.map((platform) => (
          <li>
            <a href={desk.to(`/agency/platforms/${platform.name}`)}>{platform.name}</a>{" "}
            <StateOf desk={desk} platform={platform} />
          </li>
        ))}
      </ul>
      <h2>{overview.running}</h2>
      <Running desk={desk} seen={seen} />
    </AgencyPage>
  );
};
