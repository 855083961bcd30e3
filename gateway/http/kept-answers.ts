/**
 * What was just answered, by the address that asked for it: a crowd that asks the same is answered with the same
 * letters. Each is kept for so many milliseconds, and all are bounded by their letters, since anybody may ask
 * something else; the oldest goes first.
 */
export const createKeptAnswers = <Answer extends { text: string }>(limits: {
  keptMs: number;
  letters: number;
}) => {
  const answers = new Map<string, { answer: Answer; since: number }>();
  let letters = 0;
  const drop = (address: string) => {
    letters -= address.length + (answers.get(address)?.answer.text.length ?? 0);
    answers.delete(address);
  };
  const isOver = (since: number) => performance.now() - since >= limits.keptMs;
  return {
    find: (address: string): Answer | undefined => {
      const found = answers.get(address);
      return found && !isOver(found.since) ? found.answer : undefined;
    },
    keep: (address: string, answer: Answer): void => {
      if (answers.has(address)) drop(address);
      answers.set(address, { answer, since: performance.now() });
      letters += address.length + answer.text.length;
      for (const [oldest, { since }] of answers) {
        if (letters <= limits.letters && !isOver(since)) return;
        drop(oldest);
      }
    },
  };
};
