import type { BindingChange, Bindings } from "../../../schema/binding.ts";
import type { Centre, Region } from "../../../schema/region.ts";
import type { Notice } from "../frame/said.tsx";
import { Table } from "../frame/table.tsx";
import type { Answered, Desk } from "./desk.ts";
import { nameOf } from "./desk.ts";
import { AgencyPage, Missing } from "./frame.tsx";
import { lasting, Short, When } from "./moments.tsx";
import { Act, Bar } from "./parts.tsx";

export const roles = ["roster", "slots", "booking", "invite", "register"] as const;
type Bound = Bindings["bindings"][number];

export type Places = { regions: Region[]; centres: Centre[] };

export const placeIn = (
  desk: Desk,
  { regions, centres }: Places,
  place: { region: string; centre?: string },
): string => {
  const region = regions.find(({ id }) => id === place.region);
  const centre = centres.find(({ id }) => id === place.centre);
  const whole = region ? nameOf(desk, region) : place.region;
  return place.centre ? `${centre?.name ?? place.centre} (${whole})` : whole;
};

const platformIn = (desk: Desk, platform: string | undefined): string =>
  platform ?? desk.words.bindings.nobody;

/** About how long the rest takes, as fast as it went since it began. */
const timeLeft = (desk: Desk, { from, carryOver }: BindingChange): string | undefined => {
  if (carryOver?.state !== "running" || carryOver.done === 0) return undefined;
  const seconds = ((desk.now() - Date.parse(from)) / 1000 / carryOver.done) * carryOver.left;
  return seconds > 0 && seconds < 30 * 86_400
    ? desk.say(desk.words.bindings.carry.timeLeft, { time: lasting(desk, seconds) })
    : undefined;
};

/** How far the people have been written on the new list, and what became of the others. */
export const Carry = ({ desk, change }: { desk: Desk; change: BindingChange }) => {
  const { carryOver } = change;
  if (!carryOver) return null;
  const { carry } = desk.words.bindings;
  const { state, done, total, carried, asked, refused } = carryOver;
  if (state === "waiting" && done === 0) return <p class="hint">{carry.states.waiting}</p>;
  const says = [carry.states[state], desk.say(carry.of, { done, total }), timeLeft(desk, change)].filter(
    Boolean,
  );
  return (
    <>
      <Bar done={done} total={total} label={carry.label} says={says.join(" · ")} />
      <ul class="counts">
        <li>{desk.say(carry.carried, { n: carried })}</li>
        <li>{desk.say(carry.asked, { n: asked })}</li>
        <li>{desk.say(carry.refused, { n: refused })}</li>
      </ul>
    </>
  );
};

export const RoleLines = ({ desk, lines }: { desk: Desk; lines: BindingChange["roles"] }) => {
  const { bindings } = desk.words;
  return (
    <ul>
      {lines.map(({ role, before, after }) => (
        <li>
          {desk.say(bindings.roleLine, {
            role: bindings.roles[role],
            before: platformIn(desk, before),
            after: platformIn(desk, after),
          })}
        </li>
      ))}
    </ul>
  );
};

const Change = ({ desk, places, change }: { desk: Desk; places: Places; change: BindingChange }) => {
  const { bindings } = desk.words;
  return (
    <article class="card">
      <header>
        <h3>
          <a href={desk.to(`/agency/bindings/${change.id}`)}>{placeIn(desk, places, change)}</a>
        </h3>
        <span class={`state ${change.state}`}>{bindings.states[change.state]}</span>
      </header>
      <p>
        {bindings.from} <Short desk={desk} at={change.from} />
      </p>
      <RoleLines desk={desk} lines={change.roles} />
      {change.state === "in-force" && <Carry desk={desk} change={change} />}
    </article>
  );
};

/** Where a centre or a region has its own: a row each, a column for each role. */
const Matrix = ({ desk, places, bound }: { desk: Desk; places: Places; bound: Bound[] }) => {
  const { bindings } = desk.words;
  const at = new Date(desk.now()).toISOString();
  const keys = [...new Set(bound.map(({ region, centre = "" }) => `${region} ${centre}`))].sort();
  return (
    <Table caption={bindings.now} columns={[bindings.place, ...roles.map((role) => bindings.roles[role])]}>
      {keys.map((key) => {
        const [region = "", centre = ""] = key.split(" ");
        const own = bound.filter((each) => each.region === region && (each.centre ?? "") === centre);
        return (
          <tr class={centre ? undefined : "whole"}>
            <th scope="row">{placeIn(desk, places, { region, ...(centre ? { centre } : {}) })}</th>
            {roles.map((role) => {
              const all = own.filter((each) => each.role === role && (!each.until || each.until > at));
              if (all.length === 0)
                return <td class="quiet">{centre ? bindings.asRegion : bindings.nobody}</td>;
              return (
                <td>
                  {all.map((each) => (
                    <span class="line">
                      {platformIn(desk, each.platform)}
                      {each.from && each.from > at && (
                        <small>
                          {" "}
                          {bindings.from} <Short desk={desk} at={each.from} />
                        </small>
                      )}
                    </span>
                  ))}
                </td>
              );
            })}
          </tr>
        );
      })}
    </Table>
  );
};

const isLive = ({ state, carryOver }: BindingChange): boolean =>
  state === "planned" || (state === "in-force" && carryOver !== undefined && carryOver.state !== "done");

export const BindingsPage = ({
  desk,
  notice,
  bindings,
  places,
}: {
  desk: Desk;
  notice: Notice | undefined;
  bindings: Answered<Bindings>;
  places: Places;
}) => {
  const words = desk.words.bindings;
  const changes = bindings.ok ? bindings.value.changes : [];
  const [live, past] = [changes.filter(isLive), changes.filter((each) => !isLive(each))];
  return (
    <AgencyPage
      desk={desk}
      notice={notice}
      title={words.title}
      scripts={live.length > 0 ? ["agency.js"] : []}
    >
      <p class="lead">{words.lead}</p>
      <p>
        <a class="button" href={desk.to("/agency/bindings/new")}>
          {words.plan}
        </a>
      </p>
      {!bindings.ok && <Missing desk={desk} code={bindings.code} />}
      {live.length > 0 && (
        <section id="live">
          <h2>{words.live}</h2>
          <div class="cards">
            {live.map((change) => (
              <Change desk={desk} places={places} change={change} />
            ))}
          </div>
        </section>
      )}
      {bindings.ok && (
        <>
          <h2>{words.now}</h2>
          <Matrix desk={desk} places={places} bound={bindings.value.bindings} />
        </>
      )}
      {past.length > 0 && (
        <>
          <h2>{words.past}</h2>
          <div class="cards">
            {past.map((change) => (
              <Change desk={desk} places={places} change={change} />
            ))}
          </div>
        </>
      )}
    </AgencyPage>
  );
};

/** One change: how far it is, and what can be done about it. */
export const ChangePage = ({
  desk,
  notice,
  change,
  places,
}: {
  desk: Desk;
  notice: Notice | undefined;
  change: BindingChange;
  places: Places;
}) => {
  const { bindings } = desk.words;
  const here = desk.to(`/agency/bindings/${change.id}`);
  const { carryOver, state } = change;
  const canHalt = state === "in-force" && carryOver?.state === "running";
  const canResume = state === "in-force" && carryOver?.state === "cancelled" && carryOver.left > 0;
  return (
    <AgencyPage desk={desk} notice={notice} title={placeIn(desk, places, change)} scripts={["agency.js"]}>
      <p>
        <span class={`state ${state}`}>{bindings.states[state]}</span> · {bindings.from}{" "}
        <When desk={desk} at={change.from} />
      </p>
      <RoleLines desk={desk} lines={change.roles} />
      <section id="live" data-again={canHalt || carryOver?.state === "waiting" ? "5" : undefined}>
        <Carry desk={desk} change={change} />
      </section>
      <div class="acts">
        {canHalt && <Act to={here} value="halt" says={bindings.acts.halt} />}
        {canResume && <Act to={here} value="resume" says={bindings.acts.resume} />}
        {state === "in-force" && <Act to={here} value="undo" says={bindings.acts.undo} danger />}
        {state === "planned" && <Act to={here} value="take-back" says={bindings.acts.takeBack} danger />}
      </div>
      {state === "in-force" && <p class="hint">{bindings.acts.undoHint}</p>}
      <h2>{bindings.whoTitle}</h2>
      <dl class="facts">
        <dt>{bindings.orderedBy}</dt>
        <dd>
          {change.orderedBy}, <Short desk={desk} at={change.orderedAt} />
        </dd>
        {change.endedBy && change.endedAt && (
          <>
            <dt>{bindings.endedBy}</dt>
            <dd>
              {change.endedBy}, <Short desk={desk} at={change.endedAt} />
            </dd>
          </>
        )}
        <dt>{bindings.centres}</dt>
        <dd>
          {change.centres.map((id) => places.centres.find((each) => each.id === id)?.name ?? id).join(", ")}
        </dd>
      </dl>
      <p>
        <a href={desk.to("/agency/bindings")}>{bindings.all}</a>
      </p>
    </AgencyPage>
  );
};
