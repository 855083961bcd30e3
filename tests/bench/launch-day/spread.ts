export type Spread = { count: number; p50Ms: number; p99Ms: number; longestMs: number };

export const spreadOf = (values: number[]): Spread => {
  values.sort((one, other) => one - other);
  const at = (share: number) =>
    Math.round(values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);
  return { count: values.length, p50Ms: at(0.5), p99Ms: at(0.99), longestMs: at(1) };
};
