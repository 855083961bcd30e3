import { type DoseCount, type DoseState, noDoses } from "../../schema/surplus.ts";

/** So many doses went from one state to another; `new`: they were announced. */
export type DoseMove = readonly [from: DoseState | "new", to: DoseState, count: number];

/** A line of the audit, as far as an evening can be read from it. */
export type Line = { event: string; subject?: string | null; facts: Record<string, unknown> };

type Replayed = {
  doses: DoseCount;
  /** The state of each invitation, by its id. */
  invitations: Map<string, string>;
};

export const movesIn = ({ facts }: Pick<Line, "facts">): readonly DoseMove[] =>
  Array.isArray(facts.doses) ? (facts.doses as DoseMove[]) : [];

/**
 * What the lines of one surplus add up to, in their order: the auditor's own count, to hold against the rows. Each
 * line says which doses it moved and where it left its invitation.
 */
export const replay = (lines: readonly Line[]): Replayed => {
  const doses: DoseCount = { ...noDoses };
  const invitations = new Map<string, string>();
  for (const line of lines) {
    for (const [from, to, count] of movesIn(line)) {
      if (from !== "new") doses[from] -= count;
      doses[to] += count;
    }
    if (line.event.startsWith("invitation.") && line.subject)
      invitations.set(line.subject, String(line.facts.state));
  }
  return { doses, invitations };
};
