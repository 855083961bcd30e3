export type AnswerWords = {
  name: string;
  /** Of the window, whatever the page shows. */
  title: string;
  loading: string;
  /** Before the name of the centre. */
  doseAt: string;
  comeBefore: string;
  timeLeft: string;
  again: string;
  onList: string;
  keepsPlace: string;
  /** A dose is held for this person alone. */
  held: string;
  notYet: string;
  yes: string;
  no: string;
  /** A standby is asked; nothing here may sound as though a dose were theirs. */
  maybe: string;
  maybeNotice: string;
  comeBeforeIf: string;
  knownByIfYes: string;
  yesMaybe: string;
  /** Said yes, and stands by. */
  ready: string;
  readyNotice: string;
  knownBy: string;
  reloads: string;
  cannot: string;
  accepted: string;
  expected: string;
  bring: string;
  /** May still let go of the dose that is promised to them. */
  cannotCome: string;
  cannotComeNotice: string;
  cancelNow: string;
  /** The booking system refused. The same whoever reads it and whatever its reason: no stranger learns it (F20). */
  refused: string;
  refusedNotice: string;
  keepsUnlessDosed: string;
  cancelled: string;
  declined: string;
  lapsed: string;
  lapsedNotice: string;
  /** Was silent, and may still stand by. */
  late: string;
  yesStill: string;
  released: string;
  releasedNotice: string;
  gone: string;
  noToken: string;
  overloaded: string;
  offline: string;
  /** Where what they had read cannot be shown just now. */
  readFirst: string;
  /** The first line: whether anybody waits for them (F07). */
  verdicts: Record<"expected" | "notYet" | "notExpected", string>;
  /** Before a time of the day. */
  answerBefore: string;
  /** What is promised to whom a dose is held for, and what is not. */
  heldPromise: string;
  noCostsNothing: string;
  keepsWhatever: string;
  /** Where no script runs: renews the page. */
  lookAgain: string;
  map: string;
  calendar: string;
  /** In a calendar, before the name of the centre; nothing of the vaccine (F11). */
  calendarTitle: string;
  bringOnly: string;
  attended: string;
  attendedNotice: string;
  missed: string;
  missedNotice: string;
  declinedHeading: string;
  cancelledHeading: string;
  goneHeading: string;
  /** Before a day, of somebody silent whom the region pauses (F06). */
  pausedUntil: string;
  pausedMeans: string;
  callAgain: string;
  isBack: string;
  backNotice: string;
  paste: string;
  goOn: string;
};
