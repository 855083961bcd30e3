/* What the page of the figures is asked for, in its address. */

export type FiguresAsked = { from?: string; until?: string; region?: string };

/** What may stand in an address of ours; the API says whether it can be answered. */
const shapes = {
  from: /^\d{4}-\d{2}-\d{2}$/,
  until: /^\d{4}-\d{2}-\d{2}$/,
  region: /^[a-z][a-z0-9-]{0,47}$/,
};

export const askedIn = (query: Record<string, string>): FiguresAsked =>
  Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) => {
      const given = query[name] ?? "";
      return shape.test(given) ? [[name, given]] : [];
    }),
  );

/** As the end of an address; in one order, so that the same question has one address. */
export const queryOf = ({ from, until, region }: FiguresAsked, more: Record<string, string> = {}): string => {
  const parts = Object.entries({ from, until, region, ...more }).filter(([, value]) => value !== undefined);
  return parts.length === 0 ? "" : `?${new URLSearchParams(parts as [string, string][])}`;
};
