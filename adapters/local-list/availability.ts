import type { RosterEntry } from "../../schema/adapter.ts";
import { Availability, weekdays } from "../../schema/volunteer.ts";
import { type Cell, type Reading, textOf } from "./cells.ts";

/*
 * A week in one cell that a person can read and change: "monday morning evening; friday evening; from 2021-04-06;
 * once; 2021-04-09 none". A day that is not named is not free; `none` alone is a week without a free day.
 */
type Days = NonNullable<RosterEntry["availability"]>;

const parts = (list: readonly string[]) => list.join(" ") || "none";

export const writeAvailability = (availability: Days): string => {
  const week = weekdays.flatMap((day) =>
    availability.week[day].length > 0 ? [`${day} ${parts(availability.week[day])}`] : [],
  );
  const from = availability.from ? [`from ${availability.from}`] : [];
  const once = availability.repeats ? [] : ["once"];
  const exceptions = availability.exceptions.map((each) => `${each.day} ${parts(each.parts)}`);
  return [...(week.length > 0 ? week : ["none"]), ...from, ...once, ...exceptions].join("; ");
};

export const readAvailability = (cell: Cell): Reading<Days> => {
  const text = textOf(cell).toLowerCase();
  if (text === "") return {};
  const week: Record<string, string[]> = {};
  const exceptions: { day: string; parts: string[] }[] = [];
  const rest: Record<string, unknown> = {};
  for (const item of text.split(";")) {
    const [head = "", ...tail] = item.trim().split(/\s+/);
    const listed = tail.filter((part) => part !== "none");
    if (head === "from") rest.from = tail[0];
    else if (head === "once") rest.repeats = false;
    else if (/^\d/.test(head)) exceptions.push({ day: head, parts: listed });
    else if (head !== "none" && head !== "") week[head] = listed;
  }
  const named = Object.keys(week).every((day) => weekdays.some((known) => known === day));
  const found = Availability.safeParse({ week, exceptions, ...rest });
  return named && found.success
    ? { value: found.data }
    : { fault: 'not a week; write "monday morning evening; friday evening", or leave it empty' };
};
