import type { CentreId } from "../../../schema/primitives.ts";
import type { Known, TallyRow } from "../../store/tallies.ts";

/** The tallies of store/tallies.ts in memory: what the evenings taught. It outlives an evening, as the table does. */
export const createTallies = () => {
  const rows = new Map<string, TallyRow>();
  const sums = new Map<CentreId, Known[]>();

  const add = (into: Map<string, Known>, of: Partial<Known>, { asked, yes }: TallyRow) => {
    const key = Object.entries(of).flat().join();
    const sum = into.get(key) ?? {
      centre: null,
      band: null,
      hour: null,
      channel: null,
      ...of,
      asked: 0,
      yes: 0,
    };
    into.set(key, { ...sum, asked: sum.asked + asked, yes: sum.yes + yes });
  };

  return {
    learn: (lessons: readonly TallyRow[], { kept }: { kept: number }) => {
      for (const lesson of lessons) {
        const { centre, band, hour, channel } = lesson;
        const key = [centre, band, hour, channel].join();
        const before = rows.get(key) ?? { asked: 0, yes: 0 };
        const asked = before.asked * kept + lesson.asked;
        rows.set(key, { ...lesson, asked, yes: before.yes * kept + lesson.yes });
      }
      sums.clear();
    },
    known: (of: CentreId): Known[] => {
      const summed = sums.get(of);
      if (summed) return summed;
      const into = new Map<string, Known>();
      for (const row of rows.values()) {
        const { centre, band, hour, channel } = row;
        add(into, {}, row);
        if (centre === of) add(into, { centre }, row);
        for (const trait of [{ band }, { hour }, { channel }]) add(into, trait, row);
      }
      const known = [...into.values()];
      sums.set(of, known);
      return known;
    },
  };
};
export type Tallies = ReturnType<typeof createTallies>;
