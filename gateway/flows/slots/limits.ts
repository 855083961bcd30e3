/** How long and how much; all in milliseconds but for the counts. */
export type SlotLimits = {
  /** A question is answered then, with what is there. */
  deadlineMs: number;
  /** An answer so young is handed out again without asking. */
  freshMs: number;
  /** An answer so young stands in where its platform is late or fails. */
  standInMs: number;
  /** A platform's answer is waited for so long, for the memory's sake, though nobody is answered with it any more. */
  patienceMs: number;
  /** A platform that missed the deadline is not waited for, unless that was so long ago. */
  distrustMs: number;
  /** So many questions wait for platforms at once; it is what can be answered before the deadline. */
  questionsAtOnce: number;
  /** So many answers and slots of each platform are remembered. */
  answers: number;
  slots: number;
};

export type SlotLimitsGiven = Partial<SlotLimits> & Pick<SlotLimits, "deadlineMs">;

export const limitsOf = (given: SlotLimitsGiven): SlotLimits => ({
  freshMs: 2_000,
  standInMs: 15 * 60_000,
  patienceMs: 4 * given.deadlineMs,
  distrustMs: 10_000,
  questionsAtOnce: 1_000,
  // A platform's week is some ten thousand slots, and anybody may ask from another hour on: another question.
  answers: 500,
  slots: 100_000,
  ...given,
});
