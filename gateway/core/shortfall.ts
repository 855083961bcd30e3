/**
 * How likely fewer than `wanted` yeses come, where they are expected to be `mean` with that variance: below the
 * mean as independent people are (binomial), above it as an evening is whose mood is not known (negative binomial).
 * Both, and Poisson between them, are one family with pₖ = pₖ₋₁·(a + b/k) (Panjer 1981), so one loop serves.
 */
export const shortfall = (wanted: number, { mean, variance }: { mean: number; variance: number }): number => {
  if (wanted <= 0) return 0;
  if (mean <= 0) return 1;
  const spread = Math.max(variance, mean * 0.02) / mean;
  const isPoisson = Math.abs(spread - 1) < 1e-6;
  const a = isPoisson ? 0 : 1 - 1 / spread;
  const b = mean / spread - a;
  let term = isPoisson ? Math.exp(-mean) : (1 - a) ** ((a + b) / a);
  let sum = term;
  for (let k = 1; k < wanted && term > 0; k += 1) {
    term = Math.max(0, term * (a + b / k));
    sum += term;
  }
  return Math.min(1, sum);
};
