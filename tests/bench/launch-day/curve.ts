/* The sixth of April 2021, as it was reported: how many had come by which hour (docs/performance.md has the sources). */

const reported: readonly (readonly [hour: number, people: number])[] = [
  [0, 0],
  [0.5, 10_000],
  [8, 40_000],
  [9.5, 140_000],
  [10.5, 185_468],
  [11.5, 211_000],
  [12, 230_000],
  [13, 300_000],
  [17.5, 400_000],
  [22, 500_000],
];
const [lastHour, everybody] = reported.at(-1) as readonly [number, number];

/** Which share of all has come when so much of the day is over; both from 0 to 1. */
export const comeBy = (share: number): number => {
  const hour = Math.min(share, 1) * lastHour;
  const after = reported.findIndex(([at]) => at >= hour);
  const [until, then] = reported[Math.max(after, 1)] as readonly [number, number];
  const [since, before] = reported[Math.max(after, 1) - 1] as readonly [number, number];
  return (before + ((hour - since) / (until - since)) * (then - before)) / everybody;
};

/** How much steeper than the whole day its steepest hour is. */
export const steepest = Math.max(
  ...reported.slice(1).map(([hour, people], nth) => {
    const [since, before] = reported[nth] as readonly [number, number];
    return ((people - before) / (hour - since)) * (lastHour / everybody);
  }),
);
