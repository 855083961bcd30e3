import type { BindingRehearsal } from "../../../schema/binding.ts";
import type { PlatformState } from "../../../schema/platform.ts";
import type { Notice } from "../frame/said.tsx";
import { Rehearsed } from "./binding-rehearsed.tsx";
import { type Places, roles } from "./bindings.tsx";
import { type Desk, nameOf } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";

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

type Options = {
  name: string;
  label: string;
  hint?: string;
  fault?: string;
  options: [string, string][];
  form: URLSearchParams;
};
const Select = ({ name, label, hint, fault, options, form }: Options) => (
  <div class="field">
    <label for={`b-${name}`}>{label}</label>
    <select
      id={`b-${name}`}
      name={name}
      aria-describedby={hint || fault ? `b-${name}-hint` : undefined}
      aria-invalid={fault ? "true" : undefined}
    >
      {options.map(([value, says]) => (
        <option value={value} selected={form.get(name) === value}>
          {says}
        </option>
      ))}
    </select>
    {(fault || hint) && (
      <small id={`b-${name}-hint`} class={fault ? "fault" : "hint"}>
        {fault ?? hint}
      </small>
    )}
  </div>
);

/** Where: whole regions first, then the centres of each. One list, so that a centre cannot be of another region. */
const placesToMove = (desk: Desk, { regions, centres }: Places): [string, string][] =>
  regions.flatMap((region) => [
    [region.id, desk.say(desk.words.bindings.wholeRegion, { region: nameOf(desk, region) })],
    ...centres
      .filter((each) => each.region === region.id)
      .map((each): [string, string] => [`${region.id}/${each.id}`, `– ${each.name}, ${each.municipality}`]),
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
          <Select form={form} name="place" label={words.place} options={placesToMove(desk, places)} />
          <Select
            form={form}
            name="platform"
            label={words.platform}
            fault={faults.has("platform") ? words.platformFault : undefined}
            options={able.map(({ name }) => [name, name])}
          />
          <div class="field">
            <label for="b-from">{words.from}</label>
            <input
              id="b-from"
              name="from"
              type="datetime-local"
              value={form.get("from") ?? ""}
              aria-describedby="b-from-hint"
              aria-invalid={faults.has("from") ? "true" : undefined}
            />
            <small id="b-from-hint" class={faults.has("from") ? "fault" : "hint"}>
              {faults.has("from") ? words.fromFault : words.fromHint}
            </small>
          </div>
        </div>
        <fieldset class="field several">
          <legend>{words.roles}</legend>
          {faults.has("roles") && <span class="fault">{words.rolesFault}</span>}
          <label class="tick">
            <input type="radio" name="which" value="all" checked={isAll} /> {words.allRoles}
          </label>
          <label class="tick">
            <input type="radio" name="which" value="some" checked={!isAll} /> {words.someRoles}
          </label>
          <div class="ticks">
            {roles.map((role) => (
              <label class="tick">
                <input
                  type="checkbox"
                  name="role"
                  value={role}
                  checked={form.getAll("role").includes(role)}
                />
                {bindings.roles[role]}
              </label>
            ))}
          </div>
        </fieldset>
        <div class="choice short">
          <button type="submit" name="do" value="rehearse" class={rehearsed ? "other" : "yes"}>
            {words.rehearse}
          </button>
        </div>
        {rehearsed && (
          <section id="tried" class="tried" aria-labelledby="tried-title" tabindex={-1}>
            <h2 id="tried-title">{bindings.rehearsed.title}</h2>
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
