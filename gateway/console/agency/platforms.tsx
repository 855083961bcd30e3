import type { PlatformState } from "../../../schema/platform.ts";
import type { PlatformHistory } from "../../../schema/platform-history.ts";
import type { Notice } from "../frame/said.tsx";
import { wordFor } from "../texts/word-for.ts";
import type { Answered, Desk } from "./desk.ts";
import { AgencyPage, Missing } from "./frame.tsx";
import { Legend, Strip } from "./strip.tsx";

export const capability = (desk: Desk, name: string): string =>
  wordFor(desk.words.platforms.capabilities, name);

export const StateOf = ({ desk, platform }: { desk: Desk; platform: PlatformState }) => (
  <span class={`badge ${platform.state}`}>{desk.words.platforms.states[platform.state]}</span>
);

type Listed = { platform: PlatformState; history?: PlatformHistory };

const Card = ({ desk, platform, history }: Listed & { desk: Desk }) => {
  const { platforms } = desk.words;
  const waits = [
    platform.backlog > 0 && desk.say(platforms.waiting, { n: platform.backlog }),
    platform.givenUp > 0 && desk.say(platforms.givenUp, { n: platform.givenUp }),
    platform.drifts.length > 0 && desk.say(platforms.drifted, { n: platform.drifts.length }),
  ].filter(Boolean);
  return (
    <article class="card">
      <header>
        <h2>
          <a href={desk.to(`/agency/platforms/${platform.name}`)}>{platform.name}</a>
        </h2>
        <StateOf desk={desk} platform={platform} />
      </header>
      <p class="hint">{platform.capabilities.map((each) => capability(desk, each)).join(" · ")}</p>
      {waits.length > 0 && <p class="notice">{waits.join(" · ")}</p>}
      {history && <Strip desk={desk} history={history} />}
    </article>
  );
};

type Listing = {
  desk: Desk;
  notice: Notice | undefined;
  platforms: Answered<{ items: PlatformState[] }>;
  histories: PlatformHistory[];
};

export const Platforms = ({ desk, notice, platforms, histories }: Listing) => {
  const words = desk.words.platforms;
  return (
    <AgencyPage desk={desk} notice={notice} title={words.title}>
      <p class="lead">{words.lead}</p>
      {platforms.ok ? (
        <>
          <Legend desk={desk} />
          <div class="cards">
            {platforms.value.items.map((platform) => (
              <Card
                desk={desk}
                platform={platform}
                history={histories.find((each) => each.platform === platform.name)}
              />
            ))}
          </div>
        </>
      ) : (
        <Missing desk={desk} code={platforms.code} />
      )}
    </AgencyPage>
  );
};
