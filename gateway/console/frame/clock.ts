/* The clock of Belgium, where all of this happens, as fields of a form have it. */

const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Brussels",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** How far the clock is ahead of UTC at that moment. */
const ahead = (at: number): number => {
  const shown = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
};

/** "2021-04-16T18:30", a day and an hour. */
export const wallOf = (at: number): string => new Date(at + ahead(at)).toISOString().slice(0, 16);

/** "18:30" */
export const hourOf = (at: number): string => wallOf(at).slice(11);

/** The moment of a day and an hour; nothing where it is none. */
export const momentOf = (wall: string): string | undefined => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall)) return undefined;
  const asUtc = Date.parse(`${wall}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // Belgium is one or two hours ahead; the hour that a change of clocks leaves out is the one after it.
  const hours = [2, 1].find((many) => wallOf(asUtc - many * 3_600_000) === wall) ?? 1;
  return new Date(asUtc - hours * 3_600_000).toISOString();
};

/** When the clock shows that hour next; nothing where it is no hour. */
export const nextAt = (hour: string, now: number): string | undefined => {
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:hu.]([0-5]\d)$/.exec(hour.trim()) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const midnight = new Date(now + ahead(now)).setUTCHours(0, 0, 0, 0);
  const shown = midnight + (Number(hours) * 60 + Number(minutes)) * 60_000;
  const [today, tomorrow] = [shown, shown + 86_400_000].map((at) => at - ahead(at - ahead(now)));
  return new Date((today ?? 0) > now ? (today ?? 0) : (tomorrow ?? 0)).toISOString();
};
