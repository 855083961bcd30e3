import type { ReceiptState } from "../../../schema/erasure.ts";
import type { HeldField, HeldItem, PersonData } from "../../../schema/held.ts";

/** What the pages say on which people see what is held of them, take it along and have it erased. */
export type RightsWords = {
  title: string;
  intro: string;
  paste: string;
  goOn: string;
  held: string;
  fields: Record<HeldField, string>;
  from: Record<HeldItem["from"]["by"], string>;
  correct: Record<HeldItem["correct"], string>;
  decides: string;
  sentTo: string;
  nobody: string;
  what: Record<PersonData["sentTo"][number]["what"], string>;
  consents: string;
  history: string;
  /** `{left}`, `{closed}` and `{dose}` are numbers of days. */
  terms: string;
  download: string;
  correctOwn: string;
  correctWhy: string;
  names: Record<"givenName" | "familyName", string>;
  save: string;
  corrected: string;
  notCorrected: string;
  erase: string;
  eraseWhy: string;
  eraseYes: string;
  erased: string;
  keepLink: string;
  account: string;
  states: Record<ReceiptState, string>;
  things: Record<"list" | "booking" | "official", string>;
  keptUntil: string;
  noToken: string;
  failed: string;
};
