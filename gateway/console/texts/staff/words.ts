import type { Language } from "../../../../schema/primitives.ts";
import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import nl from "./nl.json" with { type: "json" };

/* What the pages of a centre's staff say: short, since they are read standing. `texts/say.ts` fills the texts in. */

export type StaffWords = typeof en;

export const staffTexts: Record<Language, StaffWords> = { fr, nl, de, en };
