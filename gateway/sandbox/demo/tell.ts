import type { Account } from "./account.ts";
import { say } from "./say.ts";

export const tellDoses = (centres: Account["centres"]): void => {
  say("\ncentre       doses  used  lost  promised");
  for (const { centre, announced, used, lost, promised } of centres) {
    const cells = [announced, used, lost, promised].map((count) => String(count).padStart(6));
    say(`${centre.padEnd(12)}${cells.join("")}`);
  }
};

export const tellPlatforms = (platforms: Account["platforms"]): void => {
  say("\nplatform     volunteers  invitations  bookings");
  for (const [name, { volunteers, invitations, bookings }] of Object.entries(platforms))
    say(
      `${name.padEnd(12)}${String(volunteers).padStart(11)}${String(invitations).padStart(13)}${String(bookings).padStart(10)}`,
    );
};
