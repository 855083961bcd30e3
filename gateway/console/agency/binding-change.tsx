import type { BindingChange } from "../../../schema/binding.ts";
import type { Notice } from "../frame/said.tsx";
import { Carry, type Places, placeIn, RoleLines } from "./binding-parts.tsx";
import type { Desk } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";
import { Short, When } from "./moments.tsx";
import { Act } from "./parts.tsx";

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
