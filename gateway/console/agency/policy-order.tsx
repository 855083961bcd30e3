import { Select, TextField } from "../frame/field.tsx";
import type { Desk } from "./desk.ts";
import { type Fault, type Filled, groupsIn, idOf } from "./policy-reading.ts";

/* Whom the rules concern, and in which order. */

const conditions = ["at-risk", "care-worker", "essential-worker"] as const;

const faultOf = (desk: Desk, fault: Fault | undefined, most: number): string | undefined => {
  if (!fault) return undefined;
  return fault === "number"
    ? desk.say(desk.words.policy.faults.number, { least: 0, most })
    : desk.words.policy.faults[fault];
};

const GroupRow = ({ filled, nth, of }: { filled: Filled; nth: number; of: number }) => {
  const { desk, form, faults } = filled;
  const { order, words } = desk.words.policy;
  const name = form.get(`order.${nth}.name`) ?? "";
  const text = (part: "name" | "fromAge" | "toAge", most: number) => {
    const field = `order.${nth}.${part}`;
    const fault = faultOf(desk, faults.get(field), most);
    return (
      <TextField
        id={idOf(field)}
        name={field}
        label={order[part]}
        fault={fault}
        value={form.get(field) ?? ""}
        autocomplete="off"
        {...(part === "name" ? { maxlength: 40 } : { inputmode: "numeric", maxlength: 3 })}
      />
    );
  };
  const move = (act: "up" | "down" | "remove", says: string, off: boolean) => (
    <button type="submit" name="do" value={`${act}-${nth}`} class="other small" disabled={off} formnovalidate>
      {says}
      <span class="unseen"> {desk.say(order.ofGroup, { name, place: nth + 1 })}</span>
    </button>
  );
  return (
    <li class="group">
      <fieldset>
        <legend>{desk.say(order.nth, { place: nth + 1 })}</legend>
        <div class="row">
          {text("name", 40)}
          {text("fromAge", 120)}
          {text("toAge", 130)}
          <Select
            id={idOf(`order.${nth}.condition`)}
            name={`order.${nth}.condition`}
            label={order.condition}
            options={[
              ["", order.anyCondition],
              ...conditions.map((each) => [each, words.conditions[each]] as const),
            ]}
            chosen={form.get(`order.${nth}.condition`)}
          />
        </div>
        <div class="moves">
          {move("up", order.up, nth === 0)}
          {move("down", order.down, nth === of - 1)}
          {move("remove", order.remove, of === 1)}
        </div>
      </fieldset>
    </li>
  );
};

/** Groups in turn. Their buttons send the whole form, so that nothing typed elsewhere is lost. */
export const Order = ({ filled }: { filled: Filled }) => {
  const { order, faults } = filled.desk.words.policy;
  const groups = groupsIn(filled.form);
  const fault = filled.faults.has("order") ? faults.none : undefined;
  return (
    <fieldset class="section" id="order">
      <legend>{order.title}</legend>
      <p class="hint">{order.hint}</p>
      {fault && <span class="fault">{fault}</span>}
      <input type="hidden" name="groups" value={String(groups.length)} />
      <ol class="groups">
        {groups.map((_, nth) => (
          <GroupRow filled={filled} nth={nth} of={groups.length} />
        ))}
      </ol>
      <button
        type="submit"
        name="do"
        value="add"
        class="other small"
        disabled={groups.length >= 20}
        formnovalidate
      >
        {order.add}
      </button>
    </fieldset>
  );
};
