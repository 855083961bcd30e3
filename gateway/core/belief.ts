import type { AgeBand } from "../../schema/report.ts";
import type { Hour } from "../../schema/surplus.ts";
import { type Curve, france2021 } from "./response.ts";

/** How many of those asked said yes, whether in time or not. */
export type Tally = { asked: number; yes: number };

/** How people are asked: "letter" by the gateway itself, or the name of the platform that asks them. */
export type Channel = string;

/** What is known of how people answer, before this evening: of all centres together, and of this one. */
export type Belief = {
  everywhere: Tally;
  here: Tally;
  /** Of all centres: how a band, an hour or a channel differs from the rest. */
  bands: Partial<Record<AgeBand, Tally>>;
  hours: Partial<Record<Hour, Tally>>;
  channels: Readonly<Record<Channel, Tally>>;
  curve: Curve;
};

/** Nothing was ever asked. */
export const crude: Belief = {
  everywhere: { asked: 0, yes: 0 },
  here: { asked: 0, yes: 0 },
  bands: {},
  hours: {},
  channels: {},
  curve: france2021,
};

/** An evening counts less with each that follows at its centre: so much is left after one, half after fourteen. */
export const keptEachEvening = 0.95;

/** Shares of yes in the record ran from 6 % to 71 %; before anybody answered, one in six is as good as any. */
const priorShare = 1 / 6;
/** How many people's answers the assumption before them is worth. */
const worth = { prior: 6, everywhere: 40, trait: 60 };
/** How far one evening's mood differs from another's though all else is known: a fifth, squared. */
const moodVariance = 0.04;

const towards = ({ asked, yes }: Tally, share: number, weight: number): number =>
  (yes + weight * share) / (asked + weight);

const nobody: Tally = { asked: 0, yes: 0 };

/** By how much someone with a trait says yes more often than all together, 1 where nothing is known of it. */
const lift = (tally: Tally | undefined, overall: number): number =>
  towards(tally ?? nobody, overall, worth.trait) / overall;

type Trait = { band: AgeBand; hour: Hour; channel: Channel };

/**
 * How likely such a person, asked here, ever says yes: the centre's share, drawn to that of all centres as long as
 * few were asked, times what is peculiar to the age band, the hour and the channel.
 */
export const chanceOf = (belief: Belief, { band, hour, channel }: Trait): number => {
  const overall = towards(belief.everywhere, priorShare, worth.prior);
  const here = towards(belief.here, overall, worth.everywhere);
  const lifts =
    lift(belief.bands[band], overall) *
    lift(belief.hours[hour], overall) *
    lift(belief.channels[channel], overall);
  return Math.min(0.95, Math.max(0.005, here * lifts));
};

/** This evening against what was believed: how much likelier a yes is, and how sure that is (variance over mean²). */
export type Mood = { factor: number; variance: number };

/**
 * What the evening itself tells: `yes` came where `expected` were due by now. A gamma prior around 1, as sure as
 * what was learned before, counts the evening's answers as they come.
 */
export const moodOf = (belief: Belief, evening: { yes: number; expected: number }): Mood => {
  const known = belief.here.yes + belief.everywhere.yes / 4;
  const sureness = 1 / (moodVariance + 1 / (known + 1.5));
  return {
    factor: (sureness + evening.yes) / (sureness + evening.expected),
    variance: 1 / (sureness + evening.yes),
  };
};

/** The hour as answers tell them apart, from a time on the wall, "18:30:00". */
export const hourOf = (time: string): Hour =>
  time < "08:00" ? "night" : time < "12:00" ? "morning" : time < "17:00" ? "afternoon" : "evening";
