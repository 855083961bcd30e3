import type { Language } from "../../../../schema/primitives.ts";
import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import nl from "./nl.json" with { type: "json" };

/* What the pages of an authority say, a file for each language; tests/console/texts.test.ts holds them alike. */

export type AgencyWords = typeof en;
export const agencyTexts: Record<Language, AgencyWords> = { fr, nl, de, en };
