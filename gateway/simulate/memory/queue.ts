import type { CentreId, Instant, VolunteerId } from "../../../schema/primitives.ts";
import type { Span } from "../../store/queue.ts";
import type { Person } from "../people.ts";

/** The first place of a list sorted the eldest first at which `holds`; its length where none does. */
const firstWhere = (list: readonly Person[], holds: (person: Person) => boolean): number => {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const person = list[middle];
    if (person && holds(person)) to = middle;
    else from = middle + 1;
  }
  return from;
};

/**
 * The queue of store/queue.ts in memory: a sorted list for each centre that never changes, and beside it who is
 * out of it and who waits. `people` stand the eldest first. `isBusy`: is in no queue, since they are asked, promised a
 * dose, or have had one.
 */
export const createQueue = (
  people: readonly Person[],
  { isBusy }: { isBusy(volunteer: VolunteerId): boolean },
) => {
  const lists = new Map<CentreId, Person[]>();
  for (const person of people)
    for (const centre of person.centres) {
      const list = lists.get(centre);
      if (list) list.push(person);
      else lists.set(centre, [person]);
    }
  const gone = new Set<VolunteerId>();
  const waits = new Map<VolunteerId, Instant>();

  const isIn = (person: Person, { condition, now }: Span) => {
    if (gone.has(person.id) || (condition && !person.conditions.includes(condition))) return false;
    const notBefore = waits.get(person.id);
    return notBefore === undefined || notBefore <= now;
  };

  return {
    claim: (volunteer: VolunteerId) => {
      if (gone.has(volunteer)) return false;
      gone.add(volunteer);
      return true;
    },
    settle: (volunteer: VolunteerId, notBefore?: Instant | null) => {
      const kept = gone.has(volunteer) ? undefined : waits.get(volunteer);
      waits.delete(volunteer);
      if (isBusy(volunteer)) return void gone.add(volunteer);
      gone.delete(volunteer);
      const until = notBefore === undefined ? kept : notBefore;
      if (until) waits.set(volunteer, until);
    },
    next: (span: Span): Person[] => {
      const list = lists.get(span.centre) ?? [];
      const { after, bornAfter, bornUntil } = span;
      const isPast = ({ birthDate, id }: Person) =>
        birthDate > bornAfter &&
        (!after || birthDate > after.birthDate || (birthDate === after.birthDate && id > after.volunteer));
      const found: Person[] = [];
      for (let place = firstWhere(list, isPast); found.length < span.limit; place += 1) {
        const person = list[place];
        if (!person || person.birthDate > bornUntil) break;
        if (isIn(person, span)) found.push(person);
      }
      return found;
    },
  };
};
