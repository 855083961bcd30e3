import { takeOfficial } from "../../gateway/flows/official.ts";
import type { OfficialEvent, OfficialPerson, Ports } from "../../schema/adapter.ts";
import { type ExternalId, type Instant, PlatformName } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { workerOf } from "../worker/worker.ts";
import type { Scene } from "./story.ts";

export const doclr = PlatformName.parse("doclr");

/** Somebody as the authority knows them, who writes its names in its own way. */
const asOfficial = (someone: NewVolunteer): OfficialPerson => ({
  nationalNumber: someone.nationalNumber,
  givenName: someone.givenName.toUpperCase(),
  familyName: someone.familyName.toUpperCase(),
  birthDate: someone.birthDate ?? "1940-01-01",
  contact: {},
});

/** Something happens to somebody's official invitation, now unless said otherwise. */
export const officially = (
  { deps, clock }: Scene,
  someone: NewVolunteer,
  { kind, at = clock.now() }: { kind: OfficialEvent["kind"]; at?: Instant },
) => {
  const ref = `I-${someone.nationalNumber}` as ExternalId;
  return takeOfficial(deps, doclr, { kind, ref, at, person: asOfficial(someone) });
};

/** A worker whose platform sends official invitations, and notes what it is told; `drain` carries everything out. */
export const withOfficial = (world: Scene, more: Partial<Ports> = {}) => {
  const heard: string[] = [];
  const letters: string[] = [];
  const platform: { isDown: boolean } = { isDown: false };
  const note = async (word: string) => {
    if (platform.isDown) throw Object.assign(new Error("down"), { fault: "unavailable" });
    heard.push(word);
  };
  const official: Ports["official"] = {
    changes: async () => ({ events: [], next: "", complete: true }),
    supersede: ({ person, reason, at }) => note(`supersede ${person.nationalNumber} ${reason} ${at}`),
    reinstate: ({ person }) => note(`reinstate ${person.nationalNumber}`),
  };
  const { drain } = workerOf(world, {
    platforms: { doclr: { official, ...more } },
    notify: async ({ letter }) => {
      letters.push(letter.about);
      return { at: world.clock.now(), channel: "email" };
    },
  });
  return { drain, heard, letters, platform };
};
