import type { Language } from "../../schema/primitives.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { nl } from "./nl.ts";
import type { Wording } from "./wording.ts";

export const wordings: Record<Language, Wording> = { fr, nl, de, en };
