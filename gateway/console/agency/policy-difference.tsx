import type { Group, PolicyRules } from "../../../schema/region.ts";
import { localeOf, numberIn } from "../texts/say.ts";
import { wordFor } from "../texts/word-for.ts";
import type { Desk } from "./desk.ts";
import { allFields, at, type Field, type Unit } from "./policy-fields.ts";

/* In what two policies differ, said field by field. */

const measured = (desk: Desk, value: number, unit: Unit): string =>
  numberIn(desk.language, value, unit === "none" ? {} : { style: "unit", unit, unitDisplay: "long" });

const list = (desk: Desk, items: string[]): string =>
  new Intl.ListFormat(localeOf(desk.language), { type: "conjunction" }).format(items);

/** What a field says, as one reads it. */
export const valueIn = (desk: Desk, field: Field, rules: PolicyRules): string => {
  const value = at(rules, field.name);
  const { policy } = desk.words;
  if (value === undefined)
    return field.kind === "several"
      ? policy.all
      : policy.unset[
          field.kind === "number" && field.name.includes(".") && !field.name.startsWith("vaccineFromAge")
            ? "usual"
            : "nothing"
        ];
  if (field.kind === "number") return measured(desk, Number(value), field.unit);
  if (field.kind === "switch") return value ? policy.yes : policy.no;
  if (field.kind === "choice") return wordFor(policy.words[field.wordsOf], String(value));
  if (field.kind === "several" && Array.isArray(value))
    return value.length === 0
      ? policy.unset.nothing
      : list(
          desk,
          value.map((each) => wordFor(policy.words[field.wordsOf], String(each))),
        );
  return String(value);
};

type Line = { label: string; before: string; after: string };

export const labelOf = (desk: Desk, name: string): string => wordFor(desk.words.policy.fields, name);

const fieldDifferences = (desk: Desk, before: PolicyRules, after: PolicyRules): Line[] =>
  allFields
    .map((field) => ({
      label: labelOf(desk, field.name),
      before: valueIn(desk, field, before),
      after: valueIn(desk, field, after),
    }))
    .filter((line) => line.before !== line.after);

/** A group in words: "care: from 18 to 64 years, with an underlying condition". */
export const groupIn = (desk: Desk, { name, fromAge, toAge, condition }: Group): string => {
  const { order, words } = desk.words.policy;
  const ages = toAge >= 130 ? (fromAge === 0 ? order.anyAge : order.from) : order.between;
  const says = desk.say(ages, { from: fromAge, to: toAge });
  return [`${name}: ${says}`, ...(condition ? [wordFor(words.conditions, condition)] : [])].join(", ");
};

/** What became of the groups: who is new, gone, in another place, or of other bounds. */
const orderDifferences = (desk: Desk, before: readonly Group[], after: readonly Group[]): string[] => {
  const { order } = desk.words.policy;
  const placeIn = (groups: readonly Group[], name: string) => groups.findIndex((each) => each.name === name);
  const gone = before
    .filter(({ name }) => placeIn(after, name) < 0)
    .map((each) => desk.say(order.gone, { group: groupIn(desk, each) }));
  const here = after.flatMap((group, nth) => {
    const was = placeIn(before, group.name);
    const old = before[was];
    if (!old) return [desk.say(order.added, { group: groupIn(desk, group), place: nth + 1 })];
    const [one, other] = [groupIn(desk, old), groupIn(desk, group)];
    return [
      ...(was === nth ? [] : [desk.say(order.moved, { name: group.name, before: was + 1, after: nth + 1 })]),
      ...(one === other ? [] : [desk.say(order.changed, { before: one, after: other })]),
    ];
  });
  return [...gone, ...here];
};

export const Difference = ({
  desk,
  before,
  after,
}: {
  desk: Desk;
  before: PolicyRules;
  after: PolicyRules;
}) => {
  const { difference } = desk.words.policy;
  const lines = fieldDifferences(desk, before, after);
  const order = orderDifferences(desk, before.order, after.order);
  if (lines.length + order.length === 0) return <p class="notice">{difference.none}</p>;
  return (
    <>
      {order.length > 0 && (
        <>
          <h3>{desk.words.policy.order.title}</h3>
          <ul>
            {order.map((says) => (
              <li>{says}</li>
            ))}
          </ul>
        </>
      )}
      {lines.length > 0 && (
        <dl class="difference">
          {lines.map(({ label, before: was, after: will }) => (
            <div>
              <dt>{label}</dt>
              <dd>
                <del>
                  <span class="unseen">{difference.was} </span>
                  {was}
                </del>{" "}
                <span aria-hidden="true">→</span>{" "}
                <ins>
                  <span class="unseen">{difference.will} </span>
                  {will}
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
};

export const isSame = (desk: Desk, before: PolicyRules, after: PolicyRules): boolean =>
  fieldDifferences(desk, before, after).length + orderDifferences(desk, before.order, after.order).length ===
  0;
