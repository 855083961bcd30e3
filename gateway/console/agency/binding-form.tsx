import type { BindingRehearsal } from "../../../schema/binding.ts";
import type { PlatformState } from "../../../schema/platform.ts";
import { type Option, Select, TextField, Tick } from "../frame/field.tsx";
import type { Notice } from "../frame/said.tsx";
import { type Places, roles } from "./binding-parts.tsx";
import { Rehearsed } from "./binding-rehearsed.tsx";
import { type Desk, nameOf } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";
import { Do, Tried } from "./parts.tsx";

type Plan = {
  desk: Desk;
  notice?: Notice;
  places: Places;
  platforms: PlatformState[];
  form: URLSearchParams;
  faults: ReadonlySet<string>;
  rehearsed?: { rehearsal: BindingRehearsal; mark: string };
  once: string;
};

/** Where: whole regions first, then the centres of each. One list, so that a centre cannot be of another region. */
const placesToMove = (desk: Desk, { regions, centres }: Places): Option[] =>
  regions.flatMap((region) => [
    [region.id, desk.say(desk.words.bindings.wholeRegion, { region: nameOf(desk, region) })],
    ...centres
      .filter((each) => each.region === region.id)
      .map((each): Option => [`${region.id}/${each.id}`, `– ${each.name}, ${each.municipality}`]),
  ]);

/** A change of platform, planned, rehearsed, and only then ordered. */
export const PlanPage = ({ desk, notice, places, platforms, form, faults, rehearsed, once }: Plan) => {
  const { bindings } = desk.words;
  const words = bindings.form;
  const able = platforms.filter(({ capabilities }) =>
    roles.some((role) => capabilities.some((each) => each === role)),
  );
  const isAll = (form.get("which") ?? "all") === "all";
  return (
    <AgencyPage desk={desk} notice={notice} title={words.title}>
      <p class="lead">{words.lead}</p>
      <form method="post" action={desk.to("/agency/bindings/new")} class="policy" novalidate>
        <div class="fields">
          <Select
            id="b-place"
            name="place"
            label={words.place}
            options={placesToMove(desk, places)}
            chosen={form.get("place")}
          />
          <Select
            id="b-platform"
            name="platform"
            label={words.platform}
            fault={faults.has("platform") ? words.platformFault : undefined}
            options={able.map(({ name }) => [name, name])}
            chosen={form.get("platform")}
          />
          <TextField
            id="b-from"
            name="from"
            label={words.from}
            {...(faults.has("from") ? { fault: words.fromFault } : { hint: words.fromHint })}
            type="datetime-local"
            value={form.get("from") ?? ""}
          />
        </div>
        <fieldset class="field several">
          <legend>{words.roles}</legend>
          {faults.has("roles") && <span class="fault">{words.rolesFault}</span>}
          <Tick type="radio" name="which" value="all" checked={isAll}>
            {words.allRoles}
          </Tick>
          <Tick type="radio" name="which" value="some" checked={!isAll}>
            {words.someRoles}
          </Tick>
          <div class="ticks">
            {roles.map((role) => (
              <Tick name="role" value={role} checked={form.getAll("role").includes(role)}>
                {bindings.roles[role]}
              </Tick>
            ))}
          </div>
        </fieldset>
        <Do what="rehearse" says={words.rehearse} second={rehearsed !== undefined} />
        {rehearsed && (
          <Tried title={bindings.rehearsed.title} mark={rehearsed.mark} once={once}>
            <Rehearsed desk={desk} rehearsal={rehearsed.rehearsal} />
            <Do what="order" says={words.order} />
          </Tried>
        )}
      </form>
    </AgencyPage>
  );
};
