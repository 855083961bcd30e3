import { type LostCause, lostCauses, type Sex, yesSteps } from "../../schema/day-report.ts";
import { withinMinutes } from "../../schema/figures.ts";
import {
  type CentreId,
  type Instant,
  millis,
  type PlatformName,
  type RegionId,
  type Vaccine,
} from "../../schema/primitives.ts";
import type { AgeBand } from "../../schema/report.ts";
import type { DoseState } from "../../schema/surplus.ts";

/* What a day's doses and those who were asked for them come to. docs/indicators.md defines each number. */

/** Of whom a number is: nothing where there is nobody, or where it is not known. */
export type Who = { ageBand: AgeBand | null; sex: Sex | null };
const nobody: Who = { ageBand: null, sex: null };

export type Where = { region: RegionId; centre: CentreId; vaccine: Vaccine };

export type Cell = Where & Who & { platform: PlatformName | null; indicator: string; count: number };

/** Somebody who was asked for the doses of one announcement. */
export type AskedFor = {
  who: Who;
  /** Who asked; nobody but the gateway itself where null. */
  platform: PlatformName | null;
  isStandby: boolean;
  rank: string;
  takenAt: Instant | null;
  windowEndsAt: Instant | null;
  yesAt: Instant | null;
  endedAt: Instant | null;
  /** When they were promised a dose, and on which platform it is booked. */
  promised: { at: Instant; platform: PlatformName | null } | null;
};

/** All that is known of one announcement. */
export type SurplusFacts = Where & {
  announcedAt: Instant;
  doses: Partial<Record<DoseState, number>>;
  /** Doses lost, by the event of the audit that says so, and whether they had been promised. */
  lost: readonly { event: string; count: number }[];
  given: readonly { who: Who; platform: PlatformName | null; count: number }[];
  asked: readonly AskedFor[];
};

const causes: Record<string, LostCause> = {
  "surplus.closed": "no-yes",
  "surplus.left-over": "let-go",
  "booking.no-show": "no-show",
  "booking.cancelled": "cancelled",
  "booking.refused": "refused",
};

/** Each lost dose by its cause; those of which the audit says nothing are `unexplained`. */
export const lostBy = ({ doses, lost }: Pick<SurplusFacts, "doses" | "lost">): Record<LostCause, number> => {
  const by = Object.fromEntries(lostCauses.map((cause) => [cause, 0])) as Record<LostCause, number>;
  for (const { event, count } of lost) by[causes[event] ?? "unexplained"] += count;
  const explained = lostCauses.reduce((sum, cause) => sum + by[cause], 0);
  by.unexplained += Math.max(0, (doses.lost ?? 0) - explained);
  return by;
};

/** The step of a yes; a minute is over when it is. */
export const yesStepOf = (announcedAt: Instant, yesAt: Instant): string => {
  const minutes = (millis(yesAt) - millis(announcedAt)) / 60_000;
  const step = withinMinutes.findIndex((within) => minutes <= within);
  return yesSteps[step < 0 ? withinMinutes.length : step] ?? "yes-later";
};

const isLate = ({ yesAt, windowEndsAt }: AskedFor): boolean =>
  yesAt !== null && windowEndsAt !== null && yesAt > windowEndsAt;

/** Whether a dose was promised past somebody: above, with a yes in time, still there, and never promised one. */
const isPastSomebody = ({ rank, promised }: AskedFor, asked: readonly AskedFor[]): boolean =>
  promised !== null &&
  asked.some(
    (other) =>
      other.rank < rank &&
      other.promised === null &&
      other.yesAt !== null &&
      other.yesAt <= promised.at &&
      !isLate(other) &&
      (other.endedAt === null || other.endedAt >= promised.at),
  );

type Add = (indicator: string, count: number, of?: Partial<Who> & { platform?: PlatformName | null }) => void;

const addDoses = ({ doses, ...facts }: SurplusFacts, add: Add): void => {
  const { free = 0, held = 0, promised = 0, used = 0, lost = 0 } = doses;
  add("announced", free + held + promised + used + lost);
  add("open", free + held + promised);
  const by = lostBy({ doses, lost: facts.lost });
  for (const cause of lostCauses) add(`lost-${cause}`, by[cause]);
  for (const { who, platform, count } of facts.given) add("used", count, { ...who, platform });
};

const addAsked = ({ announcedAt, asked }: SurplusFacts, add: Add): void => {
  for (const each of asked) {
    const { who, platform, yesAt, promised, isStandby } = each;
    if (each.takenAt !== null) add("offered", 1, { ...who, platform });
    if (yesAt !== null) add("accepted", 1, { ...who, platform });
    if (yesAt !== null) add(yesStepOf(announcedAt, yesAt), 1, { ...who, platform });
    if (promised === null) continue;
    const booked = { ...who, platform: promised.platform };
    add("promised", 1, booked);
    if (isStandby) add("promised-standby", 1, booked);
    if (isPastSomebody(each, asked)) add("promised-out-of-order", 1, booked);
  }
};

/** Adds up one announcement after the other; what is kept is a number for each cell, however many there are. */
export const openCells = () => {
  const cells = new Map<string, Cell>();
  return {
    add: (facts: SurplusFacts): void => {
      const { region, centre, vaccine } = facts;
      const add: Add = (indicator, count, of = {}) => {
        if (count === 0) return;
        const cell = { region, centre, vaccine, ...nobody, platform: null, ...of, indicator };
        const key = JSON.stringify(Object.values(cell));
        const known = cells.get(key);
        if (known) known.count += count;
        else cells.set(key, { ...cell, count });
      };
      addDoses(facts, add);
      addAsked(facts, add);
    },
    cells: (): Cell[] => [...cells.values()],
  };
};
