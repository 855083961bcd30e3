import type { Capability } from "../../../schema/adapter.ts";
import { promisesOf, type Trial, tryOut } from "../conformance.ts";
import type { Promised } from "../promises.ts";
import type { Candidate } from "../scene.ts";
import { reasonOf } from "./reason.ts";

/** One sentence of the contract, and whether this adapter keeps it. */
export type Finding = {
  capability: Capability;
  promise: string;
  outcome: Trial["outcome"];
  /** Why it is not proven, or why there was nothing to try. */
  reason?: string;
  /** What the platform was asked last, where the promise is not proven. */
  asked?: string[];
};

export type Report = {
  adapter: string;
  capabilities: readonly Capability[];
  findings: Finding[];
  counts: Record<Trial["outcome"], number>;
};

/** A platform is asked the same again and again when each of its requests meets a fault in turn. */
const lastDistinct = (asked: string[]): string[] => [...new Set(asked.toReversed())].slice(0, 3).toReversed();

const tooLongMs = 60_000;

/** An adapter that never ends is told of like any other; what it still does is left to itself. */
const inTime = async (trial: Promise<Trial>): Promise<Trial> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Trial>((resolve) => {
    const fault = new Error(`it did not end within ${tooLongMs / 1000} seconds`);
    timer = setTimeout(() => resolve({ outcome: "not-proven", fault, asked: [] }), tooLongMs);
  });
  return Promise.race([trial, late]).finally(() => clearTimeout(timer));
};

/** What came of one promise. */
export const findingOf = async (candidate: Candidate, promised: Promised): Promise<Finding> => {
  const { capability, promise } = promised;
  const trial = await inTime(tryOut(candidate, promised));
  const finding = { capability, promise, outcome: trial.outcome };
  if (trial.outcome === "proven") return finding;
  if (trial.outcome === "nothing-to-try") return { ...finding, reason: trial.reason };
  return { ...finding, reason: reasonOf(trial.fault), asked: lastDistinct(trial.asked) };
};

/** Tries every promise of the adapter's capabilities, one after the other, and says what came of each. */
export const check = async (candidate: Candidate): Promise<Report> => {
  const { capabilities } = candidate.adapter;
  const findings: Finding[] = [];
  for (const promised of promisesOf(capabilities)) findings.push(await findingOf(candidate, promised));
  const count = (outcome: Finding["outcome"]) => findings.filter((each) => each.outcome === outcome).length;
  const counts = {
    proven: count("proven"),
    "not-proven": count("not-proven"),
    "nothing-to-try": count("nothing-to-try"),
  };
  return { adapter: candidate.name, capabilities, findings, counts };
};
