import type { Language } from "../../../../schema/primitives.ts";
import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import nl from "./nl.json" with { type: "json" };

/** Who may do what, and the keys with which they come. */
export type WhoMayWords = {
  title: string;
  lead: string;
  /** Of a role, over what it may do. */
  nothing: string;
  /** Beside the roles. */
  others: { volunteer: string; signedPlatform: string; anybody: string };
  howFar: Record<string, string>;
  /** By the name of a line in gateway/http/permissions.ts: what is done there. */
  may: Record<string, string>;
  keys: {
    title: string;
    lead: string;
    columns: { label: string; role: string; reach: string; since: string; end: string };
    everywhere: string;
    none: string;
    make: string;
    label: string;
    labelHint: string;
    role: string;
    regions: string;
    /** What no choice means. */
    allHint: string;
    chosen: string;
    makeIt: string;
    made: { title: string; once: string; key: string; goOn: string };
    end: string;
    ending: { title: string; say: string; yes: string; no: string };
    ended: string;
    fault: { label: string; taken: string; reach: string; settings: string; gone: string; other: string };
  };
};

export const whoMayTexts: Record<Language, WhoMayWords> = { fr, nl, de, en };
