import type { PlatformName } from "../../schema/primitives.ts";

/** What stands in place of a text's version where somebody consented on a platform, in that platform's words. */
export const consentOn = (platform: PlatformName): string => `platform:${platform}`;

/** Whether somebody consented here, in the gateway's own words, and not on a platform. */
export const consentedHere = (consentText: string): boolean => !consentText.startsWith("platform:");

/**
 * Whether somebody may be written on a platform's list, or asked by that platform. The gateway's own text, of whichever
 * version, says that the region hands people on to the platform that serves their centre, whichever that is. Whoever
 * consented on a platform consented to that one, and to the gateway that it reports to.
 */
export const covers = (consentText: string, platform: PlatformName): boolean =>
  consentedHere(consentText) || consentText === consentOn(platform);

/** The platform on which somebody consented; nothing where it was here. */
export const consentedOn = (consentText: string): PlatformName | undefined =>
  consentedHere(consentText) ? undefined : (consentText.slice("platform:".length) as PlatformName);
