import type { PropsWithChildren } from "hono/jsx";
import { localeOf, momentIn, timeIn } from "../texts/say.ts";
import type { Desk } from "./desk.ts";

/* Small pieces that several of these pages are made of. */

/** A moment as one reads it, and as a program does. */
export const When = ({ desk, at }: { desk: Desk; at: string }) => (
  <time datetime={at}>{momentIn(desk.language, at)}</time>
);

/** The same in few letters, for a column: 18 May, 18:42. */
export const shortMoment = (desk: Desk, at: string): string => {
  const day = new Intl.DateTimeFormat(localeOf(desk.language), {
    timeZone: "Europe/Brussels",
    day: "numeric",
    month: "short",
  }).format(Date.parse(at));
  return `${day}, ${timeIn(desk.language, at)}`;
};
export const Short = ({ desk, at }: { desk: Desk; at: string }) => (
  <time datetime={at}>{shortMoment(desk, at)}</time>
);
/** A day with its year: 15 January 1950. A day alone ("1950-01-15") is that day, wherever one reads it. */
export const dayOf = ({ language }: Desk, day: string): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: "long",
    timeZone: day.length === 10 ? "UTC" : "Europe/Brussels",
  }).format(Date.parse(day));

/** So many seconds in the largest unit that makes sense. */
export const lasting = ({ language }: Desk, seconds: number): string => {
  const [unit, size] =
    seconds >= 172_800
      ? (["day", 86_400] as const)
      : seconds >= 7_200
        ? (["hour", 3_600] as const)
        : seconds >= 90
          ? (["minute", 60] as const)
          : (["second", 1] as const);
  const style = { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(localeOf(language), style).format(Math.max(1, Math.round(seconds / size)));
};

/** A form of one button that does one thing. */
export const Act = ({
  to,
  says,
  value,
  about,
  danger,
  children,
}: PropsWithChildren<{ to: string; says: string; value?: string; about?: string; danger?: boolean }>) => (
  <form method="post" action={to} class="act">
    {children}
    <button type="submit" class={danger ? "danger" : "other"} {...(value ? { name: "do", value } : {})}>
      {says}
      {about && <span class="unseen"> {about}</span>}
    </button>
  </form>
);

type Column = { says: string; number?: boolean };

/** A table with a name, which scrolls by itself where a screen is narrow. */
export const Table = ({
  caption,
  columns,
  children,
}: PropsWithChildren<{ caption: string; columns: (string | Column)[] }>) => (
  <section class="scroll" tabindex={0} aria-label={caption}>
    <table>
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) =>
            typeof column === "string" ? (
              <th scope="col">{column}</th>
            ) : (
              <th scope="col" class={column.number ? "number" : undefined}>
                {column.says}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);

type Long = { desk: Desk; label: string; done: number; total: number; says: string };

/** How far something long has come, in a bar and in words. */
export const Bar = ({ label, done, total, says }: Long) => (
  <div class="long">
    <progress aria-label={label} value={done} max={Math.max(1, total)} />
    <p class="hint">{says}</p>
  </div>
);

/** Days and hours as a form has them: the wall clock of Belgium, "2021-04-16T18:30". */
export const wallOf = (at: string | number): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Brussels", dateStyle: "short", timeStyle: "short" })
    .format(typeof at === "number" ? at : Date.parse(at))
    .replace(" ", "T");

/** The moment of a wall clock in Belgium; nothing where it is none. */
export const momentOf = (wall: string): string | undefined => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall)) return undefined;
  const asUtc = Date.parse(`${wall}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // Belgium is one or two hours ahead; the hour that a change of clocks leaves out is the one after it.
  const hours = [2, 1].find((ahead) => wallOf(asUtc - ahead * 3_600_000) === wall) ?? 1;
  return new Date(asUtc - hours * 3_600_000).toISOString();
};
