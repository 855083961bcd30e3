import type { BindingChange, Bindings } from "../../../schema/binding.ts";
import type { Notice } from "../frame/said.tsx";
import { Table } from "../frame/table.tsx";
import { Carry, type Places, placeIn, platformIn, RoleLines, roles } from "./binding-parts.tsx";
import type { Answered, Desk } from "./desk.ts";
import { AgencyPage, Missing } from "./frame.tsx";
import { Short } from "./moments.tsx";

type Bound = Bindings["bindings"][number];

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
