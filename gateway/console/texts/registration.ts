import type { Volunteer } from "../../../schema/volunteer.ts";

export type RegistrationWords = {
  title: string;
  states: Record<Volunteer["state"], string>;
  pause: string;
  resume: string;
  withdraw: string;
  /** Where the rest of it is read. */
  mine: string;
  /** Where all that is held of them is. */
  data: string;
};
