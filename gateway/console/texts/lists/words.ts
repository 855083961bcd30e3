import type { Language } from "../../../../schema/primitives.ts";
import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import nl from "./nl.json" with { type: "json" };

/* What the pages of a centre's list, its telephone and long work say. `texts/say.ts` fills the texts in. */

export type ListWords = typeof en;

export const listTexts: Record<Language, ListWords> = { fr, nl, de, en };
