import type { Volunteer } from "../../../schema/volunteer.ts";

export type RegistrationWords = {
  states: Record<Volunteer["state"], string>;
  pause: string;
  resume: string;
  withdraw: string;
  /** Where all that is held of them is. */
  data: string;
};
