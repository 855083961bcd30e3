import type { Centre } from "../../../schema/region.ts";
import type { Rehearsal } from "../../../schema/rehearsal.ts";
import { type Option, Select, TextField } from "../frame/field.tsx";
import { ofNumbers, Table } from "../frame/table.tsx";
import type { Desk } from "./desk.ts";
import { vaccines } from "./policy-fields.ts";
import type { Form } from "./policy-reading.ts";

/* A dry run: doses that nobody announced, on the lists as they are now, by both policies. Nobody is called or named. */

/** What is tried: where, how many doses of what, for how long they last. */
export const TrialFields = ({
  desk,
  form,
  centres,
  faults,
}: {
  desk: Desk;
  form: Form;
  centres: Centre[];
  faults: ReadonlySet<string>;
}) => {
  const { trial, words } = desk.words.policy;
  const select = (name: "centre" | "vaccine", options: Option[]) => (
    <Select
      id={`t-${name}`}
      name={`try.${name}`}
      label={trial[name]}
      options={options}
      chosen={form.get(`try.${name}`)}
    />
  );
  const text = (name: "doses" | "hours", hint: string) => (
    <TextField
      id={`t-${name}`}
      name={`try.${name}`}
      label={trial[name]}
      {...(faults.has(`try.${name}`) ? { fault: hint } : { hint })}
      value={form.get(`try.${name}`) ?? ""}
      inputmode="numeric"
      autocomplete="off"
    />
  );
  return (
    <fieldset class="section">
      <legend>{trial.title}</legend>
      <p class="hint">{trial.hint}</p>
      <div class="fields four">
        {select(
          "centre",
          centres.map(({ id, name, municipality }) => [id, `${name}, ${municipality}`]),
        )}
        {select(
          "vaccine",
          vaccines.map((each) => [each, words.vaccines[each]]),
        )}
        {text("doses", trial.dosesHint)}
        {text("hours", trial.hoursHint)}
      </div>
    </fieldset>
  );
};

export type BothTried = { before: Rehearsal; after: Rehearsal };

const agesIn = ({ called }: Rehearsal): string => {
  const ages = called.map(({ reason }) => reason.age);
  return ages.length === 0 ? "–" : `${Math.min(...ages)}–${Math.max(...ages)}`;
};
const holdsIn = ({ called }: Rehearsal) => called.filter(({ kind }) => kind === "hold").length;

/** Whom both would call, side by side: in numbers, then place by place. */
export const TriedOut = ({ desk, tried }: { desk: Desk; tried: BothTried }) => {
  const { before, after } = tried;
  const { trial } = desk.words.policy;
  const was = new Map(before.called.map((each, nth) => [each.volunteer, nth + 1]));
  const still = new Set(after.called.map(({ volunteer }) => volunteer));
  const fresh = after.called.filter(({ volunteer }) => !was.has(volunteer)).length;
  const gone = before.called.filter(({ volunteer }) => !still.has(volunteer)).length;
  const line = (label: string, of: (each: Rehearsal) => string) => (
    <tr>
      <th scope="row">{label}</th>
      <td class="number">{of(before)}</td>
      <td class="number">{of(after)}</td>
    </tr>
  );
  return (
    <>
      <p>{desk.say(trial.sum, { fresh, gone, same: after.called.length - fresh })}</p>
      <Table
        caption={trial.compared}
        columns={[trial.counted, ofNumbers(trial.inForce), ofNumbers(trial.next)]}
      >
        {line(trial.called, ({ called }) => desk.number(called.length))}
        {line(trial.holds, (each) => desk.number(holdsIn(each)))}
        {line(trial.standbys, (each) => desk.number(each.called.length - holdsIn(each)))}
        {line(trial.ages, agesIn)}
        {line(trial.window, ({ windowMinutes }) => desk.number(windowMinutes))}
      </Table>
      {after.called.length === 0 ? (
        <p class="notice">{trial.nobody}</p>
      ) : (
        <details>
          <summary>{trial.inTurn}</summary>
          <Table
            caption={trial.inTurn}
            columns={[ofNumbers(trial.place), trial.group, ofNumbers(trial.age), trial.as, trial.placeBefore]}
          >
            {after.called.map(({ volunteer, kind, reason }, nth) => (
              <tr>
                <td class="number">{desk.number(nth + 1)}</td>
                <td>{reason.group}</td>
                <td class="number">{desk.number(reason.age)}</td>
                <td>{trial[kind]}</td>
                <td>{was.has(volunteer) ? desk.number(was.get(volunteer) ?? 0) : trial.notBefore}</td>
              </tr>
            ))}
          </Table>
        </details>
      )}
    </>
  );
};
