import { randomFillSync } from "node:crypto";

/** Answers with so many bytes that nobody can foresee, each given out once. */
export type Chance = (bytes: number) => Buffer;

/**
 * Fetches much of it at a time: each fetch is a call of the system, and took longer than the sealing that it was for.
 */
export const createChance = (atOnce = 8192): Chance => {
  let pool = Buffer.alloc(0);
  return (bytes) => {
    if (pool.length < bytes) pool = randomFillSync(Buffer.allocUnsafeSlow(Math.max(atOnce, bytes)));
    const [given, rest] = [pool.subarray(0, bytes), pool.subarray(bytes)];
    pool = rest;
    return given;
  };
};
