import type { Language } from "../../../schema/primitives.ts";
import type { Route } from "../../http/permissions.ts";
import { agencyTexts } from "../texts/agency/words.ts";
import { listTexts } from "../texts/lists/words.ts";
import { staffTexts } from "../texts/staff/words.ts";
import { whoMayTexts } from "../texts/who-may/words.ts";

/** A page for those who sign in: shown to whoever may call what it cannot do without. */
type OwnPage = { path: string; needs: Route; says(language: Language): string };

type OfAgency = keyof (typeof agencyTexts)["en"]["nav"];
const ofAgency = (path: string, needs: Route, name: OfAgency): OwnPage => ({
  path,
  needs,
  says: (language) => agencyTexts[language].nav[name],
});

/** In the order in which they stand in the head; the first that somebody may open is where they arrive. */
export const ownPages: readonly OwnPage[] = [
  {
    path: "/staff",
    needs: "GET /v1/centres/{centre}/evening",
    says: (language) => staffTexts[language].nav.evening,
  },
  ofAgency("/agency", "GET /v1/bindings", "overview"),
  ofAgency("/agency/regions", "POST /v1/regions/{region}/policies", "policies"),
  ofAgency("/agency/bindings", "GET /v1/bindings", "bindings"),
  ofAgency("/agency/campaigns", "GET /v1/campaigns", "campaigns"),
  ofAgency("/agency/platforms", "GET /v1/platforms/{platform}/history", "platforms"),
  ofAgency("/agency/pairs", "GET /v1/pairs", "pairs"),
  ofAgency("/agency/kept", "GET /v1/retention", "kept"),
  ofAgency("/agency/audit", "GET /v1/regions/{region}/audit/lines", "audit"),
  { path: "/work", needs: "GET /v1/work", says: (language) => listTexts[language].nav.work },
  { path: "/who-may", needs: "GET /v1/permissions", says: (language) => whoMayTexts[language].title },
];
