import type { BindingRehearsal } from "../../../schema/binding.ts";
import { wordFor } from "../texts/word-for.ts";
import { RoleLines } from "./binding-parts.tsx";
import type { Desk } from "./desk.ts";

/** What a change would do, in numbers, before it is ordered. */
export const Rehearsed = ({ desk, rehearsal }: { desk: Desk; rehearsal: BindingRehearsal }) => {
  const { rehearsed } = desk.words.bindings;
  const losses = (title: string, all: BindingRehearsal["lost"]) =>
    all.length > 0 && (
      <>
        <h3>{title}</h3>
        <ul>
          {all.map(({ field, people }) => (
            <li>{desk.say(rehearsed.field, { field: wordFor(rehearsed.fields, field), n: people })}</li>
          ))}
        </ul>
      </>
    );
  const counted = (all: { platform?: string; count: number }[]) =>
    all.reduce((sum, { count }) => sum + count, 0);
  const { invitations, bookings } = rehearsal.inFlight;
  return (
    <>
      <RoleLines desk={desk} lines={rehearsal.roles} />
      <dl class="facts">
        <dt>{rehearsed.centres}</dt>
        <dd>{desk.number(rehearsal.centres.length)}</dd>
        <dt>{rehearsed.volunteers}</dt>
        <dd>{desk.number(rehearsal.volunteers)}</dd>
        <dt>{rehearsed.withoutConsent}</dt>
        <dd>{desk.number(rehearsal.withoutConsent)}</dd>
        <dt>{rehearsed.invitations}</dt>
        <dd>{desk.number(counted(invitations))}</dd>
        <dt>{rehearsed.bookings}</dt>
        <dd>{desk.number(counted(bookings))}</dd>
        <dt>{rehearsed.waiting}</dt>
        <dd>{desk.number(counted(rehearsal.waiting))}</dd>
      </dl>
      {losses(rehearsed.lost, rehearsal.lost)}
      {losses(rehearsed.missing, rehearsal.missing)}
    </>
  );
};
