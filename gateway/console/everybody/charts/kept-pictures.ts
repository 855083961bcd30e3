/** Pictures that were just drawn, by what was asked for: so many minutes, and so many letters in all. */
export const keepPictures = (limits: { keptMs: number; letters: number }) => {
  const pictures = new Map<string, { picture: Promise<string>; since: number; letters: number }>();
  let letters = 0;
  const drop = (asked: string) => {
    letters -= pictures.get(asked)?.letters ?? 0;
    pictures.delete(asked);
  };
  const isOver = ({ since }: { since: number }) => performance.now() - since >= limits.keptMs;
  /** Draws once for all who ask meanwhile. One that failed is not kept. */
  return async (asked: string, drawn: () => Promise<string>): Promise<string> => {
    const found = pictures.get(asked);
    if (found && !isOver(found)) return found.picture;
    drop(asked);
    const kept = { picture: drawn(), since: performance.now(), letters: 0 };
    pictures.set(asked, kept);
    try {
      const picture = await kept.picture;
      if (pictures.get(asked) === kept) {
        kept.letters = picture.length;
        letters += picture.length;
      }
      for (const [oldest, each] of pictures) if (letters > limits.letters || isOver(each)) drop(oldest);
      return picture;
    } catch (error) {
      if (pictures.get(asked) === kept) drop(asked);
      throw error;
    }
  };
};
