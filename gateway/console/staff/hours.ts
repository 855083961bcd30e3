/* Hours of the day as a centre's clock shows them: all that happens here happens in Belgium. */

const zone = "Europe/Brussels";
const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: zone,
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

/** "20:30", as a field for an hour has it. */
export const hourOf = (at: number): string => new Date(at + ahead(at)).toISOString().slice(11, 16);

/** When the clock shows that hour next; nothing where it is no hour. */
export const nextAt = (hour: string, now: number): string | undefined => {
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:hu.]([0-5]\d)$/.exec(hour.trim()) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const midnight = new Date(now + ahead(now)).setUTCHours(0, 0, 0, 0);
  const shown = midnight + (Number(hours) * 60 + Number(minutes)) * 60_000;
  const [today, tomorrow] = [shown, shown + 86_400_000].map((at) => at - ahead(at - ahead(now)));
  return new Date((today ?? 0) > now ? (today ?? 0) : (tomorrow ?? 0)).toISOString();
};
