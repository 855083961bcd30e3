import type { capabilities } from "../../../schema/adapter.ts";

/** Links of the head, for anybody. */
export type PublicWords = { register: string; figures: string; platforms: string; messages: string };

/** The first page: one's postcode first. */
export type HomeWords = {
  title: string;
  postcode: string;
  hint: string;
  go: string;
  /** What it is, in three sentences. */
  first: string;
  second: string;
  third: string;
  today: {
    title: string;
    /** Beside the title, while the page follows the evening. */
    live: string;
    /** `{time}`: what the page shows was so then. */
    asOf: string;
    again: string;
    announced: string;
    promised: string;
    used: string;
    lost: string;
    free: string;
    held: string;
    /** What the dots mean. */
    legend: string;
    none: string;
    /** `{n}`: people who are still looked for. */
    looking: string;
    found: string;
    until: string;
    ended: string;
    cancelled: string;
  };
  figures: { title: string; line: string; median: string; none: string; more: string };
  work: { title: string; text: string; go: string };
  sandbox: string;
  messages: string;
};

type Chart = { title: string; text: string };

export type FiguresWords = {
  title: string;
  /** What the numbers say: `{from}` and `{until}` are days. */
  told: string;
  none: string;
  hiddenWeeks: string;
  form: {
    from: string;
    until: string;
    region: string;
    all: string;
    show: string;
    weeks: string;
  };
  days: Chart & { weekly: string };
  regions: Chart;
  speed: Chart;
  ages: Chart;
  median: string;
  noMedian: string;
  /** In place of a number that is not told. */
  hidden: string;
  atLeast: string;
  /** Nobody's age was noted. */
  noAge: string;
  /** `{n}` of them are not in a sum. */
  leftOut: string;
  table: string;
  /** What everybody may take home in files. */
  open: { title: string; text: string; catalogue: string; files: string };
  csv: string;
  picture: string;
  columns: {
    day: string;
    region: string;
    announced: string;
    used: string;
    lost: string;
    yes: string;
    within: string;
    age: string;
  };
  protection: { title: string; first: string; second: string; third: string };
  refused: string;
};

export type PlatformsWords = {
  title: string;
  lead: string;
  asOf: string;
  again: string;
  columns: { name: string; state: string; answered: string; waiting: string };
  states: { ok: string; failing: string; unknown: string };
  does: Record<(typeof capabilities)[number], string>;
  never: string;
  waiting: string;
  givenUp: string;
  reading: string;
  readingOf: string;
  doubted: string;
  guarded: string;
  drifted: string;
  detail: string;
};

/** A page that is not there, and one that failed: what happened, and a way on. */
export type FaultWords = Record<
  "missing" | "busy" | "refused" | "failed",
  { title: string; text: string }
> & {
  home: string;
  register: string;
  again: string;
  /** `{id}`: what to say where one asks for help. */
  number: string;
};
