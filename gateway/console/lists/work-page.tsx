import type { Work } from "../../../schema/work.ts";
import { isGoing, Progress } from "../frame/progress.tsx";
import { type Notice, Said } from "../frame/said.tsx";
import { momentIn } from "../texts/say.ts";
import type { ListDesk } from "./desk.ts";
import { ListPage } from "./frame.tsx";

/** What people call a place, by what the API calls it. */
export type Places = ReadonlyMap<string, string>;

/** What it is about: a place, a platform or a campaign. */
const aboutOf = ({ centre, platform, campaign, regions }: Work, places: Places): string =>
  [...(centre ? [centre] : regions).map((id) => places.get(id) ?? id), campaign, platform]
    .filter(Boolean)
    .join(" · ");

const Stop = ({ desk: { to, words }, work: { id, state } }: { desk: ListDesk; work: Work }) => (
  <form method="post" action={to(`/work/${id}/cancel`)}>
    <button type="submit" class="other">
      {state === "proposed" ? words.import.rather : words.work.cancel}
    </button>
  </form>
);

type One = { desk: ListDesk; work: Work; places?: Places };

/** One piece of long work; without `places`, the page around it has said where it is. */
const WorkCard = ({ desk, work, places }: One) => {
  const { words, language, to, say } = desk;
  const { id, kind, centre, orderedBy, orderedAt, startedAt, mayCancel, toMend = 0 } = work;
  const Heading = places ? "h2" : "h3";
  const when = orderedAt ?? startedAt;
  const names = `of-${id}`;
  const way = (kind === "import" || kind === "export") && centre ? `/staff/centres/${centre}/list/${id}` : "";
  return (
    <article class="card work">
      <Heading id={names}>
        {way ? <a href={to(way)}>{words.work.kind[kind]}</a> : words.work.kind[kind]}
      </Heading>
      {places && <p class="quiet">{aboutOf(work, places)}</p>}
      <Progress language={language} work={work} names={names} />
      {toMend > 0 && !isGoing(work) && <p>{say(words.import.still, { n: toMend })}</p>}
      <div class="foot-of-work">
        {when && (
          <small>
            {orderedBy
              ? say(words.work.by, { who: orderedBy, when: momentIn(language, when) })
              : momentIn(language, when)}
          </small>
        )}
        {mayCancel && <Stop desk={desk} work={work} />}
      </div>
    </article>
  );
};

/** Long work, one below the other; looked at again by itself for as long as some of it goes on. */
export const Works = ({ desk, items, places }: Omit<One, "work"> & { items: Work[] }) => (
  <div class="works" data-follow={items.some(isGoing) ? "on" : "off"} id="works">
    {items.map((work) => (
      <WorkCard desk={desk} work={work} places={places} />
    ))}
  </div>
);

type All = { desk: ListDesk; items: Work[]; places: Places; notice?: Notice };

export const WorkPage = ({ desk, items, places, notice }: All) => {
  const { words } = desk;
  return (
    <ListPage desk={desk} title={words.work.title} at="work" width="narrow" scripts={["follow.js"]}>
      <h1>{words.work.title}</h1>
      <p class="quiet">{words.work.why}</p>
      <Said notice={notice} />
      {items.length === 0 ? (
        <p class="notice">{words.work.none}</p>
      ) : (
        <Works desk={desk} items={items} places={places} />
      )}
    </ListPage>
  );
};
