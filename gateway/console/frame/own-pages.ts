import type { Language } from "../../../schema/primitives.ts";
import type { Route } from "../../http/permissions.ts";

/** A page for those who sign in: shown to whoever may call what it cannot do without. */
export type OwnPage = { path: string; needs: Route; says(language: Language): string };

/** In the order in which they stand in the head; the first that somebody may open is where they arrive. */
export const ownPages: readonly OwnPage[] = [];
