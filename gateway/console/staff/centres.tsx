import type { Centre } from "../../../schema/region.ts";
import type { Surplus } from "../../../schema/surplus.ts";
import type { Desk } from "./desk.ts";
import { StaffPage } from "./frame.tsx";

type Page<Item> = { items: Item[] };

/** The centres that they reach. */
const reached = async ({ read, session: { caller } }: Desk): Promise<Centre[]> => {
  const all = await read<Page<Centre>>("/v1/centres");
  const ids = (named: readonly { id: string }[]) => new Set(named.map(({ id }) => id));
  const [regions, centres] = [ids(caller.regions), ids(caller.centres)];
  return (all.ok ? all.value.items : []).filter(
    ({ id, region }) =>
      (regions.size === 0 || regions.has(region)) && (centres.size === 0 || centres.has(id)),
  );
};

/** How an evening stands: how many doses look for someone, and for how many somebody is expected. */
type Standing = { seeking: number; coming: number };

const standings = async ({ read }: Desk): Promise<Map<string, Standing>> => {
  const last = await read<Page<Surplus>>("/v1/surpluses?limit=200");
  const open = (last.ok ? last.value.items : []).filter(({ state }) => state === "open");
  const found = new Map<string, Standing>();
  for (const { centre, doses } of open) {
    const { seeking, coming } = found.get(centre) ?? { seeking: 0, coming: 0 };
    found.set(centre, {
      seeking: seeking + doses.free + doses.held,
      coming: coming + doses.promised,
    });
  }
  return found;
};

type One = { desk: Desk; centre: Centre; standing?: Standing };

const CentreCard = ({ desk: { words, say, to }, centre: { id, name, municipality }, standing }: One) => (
  <article class="card centre">
    <h2>
      <a href={to(`/staff/centres/${id}`)}>{name}</a>
    </h2>
    <p class="quiet">{municipality}</p>
    <p class={standing ? "standing" : "standing quiet"}>
      {standing
        ? `${say(words.centres.open, { n: standing.seeking })}, ${say(words.centres.coming, { n: standing.coming })}`
        : words.centres.quiet}
    </p>
    <p class="ways">
      <a class="button" href={to(`/staff/centres/${id}/announce`)}>
        {words.centres.announce}
      </a>
      <a class="button other" href={to(`/staff/centres/${id}`)}>
        {words.centres.watch}
      </a>
    </p>
  </article>
);

/** Where somebody works, those first where an evening is under way. */
export const showCentres = async (desk: Desk) => {
  const [centres, open] = await Promise.all([reached(desk), standings(desk)]);
  const { words } = desk;
  const sorted = centres.toSorted(
    (one, other) =>
      Number(open.has(other.id)) - Number(open.has(one.id)) || one.name.localeCompare(other.name),
  );
  return (
    <StaffPage desk={desk} title={words.centres.title}>
      <h1>{words.centres.title}</h1>
      {sorted.length === 0 && <p class="notice">{words.centres.none}</p>}
      <div class="centres">
        {sorted.map((centre) => (
          <CentreCard desk={desk} centre={centre} standing={open.get(centre.id)} />
        ))}
      </div>
    </StaffPage>
  );
};
