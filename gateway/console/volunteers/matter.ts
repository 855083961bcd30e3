import type { Renewal } from "../../../schema/campaign.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { Policy } from "../../../schema/region.ts";
import type { Standing } from "../../../schema/volunteer.ts";
import { type Api, bearing } from "../frame/api.ts";

/* What somebody may consent to with one tap: that their registration moves, or that they come along (F17, F18). */

export type Outcome = "given" | "declined" | "over" | "noToken" | "failed";
/** `name`: of the campaign, where there is one. */
export type Asking = { language: Language; textVersion: string; name?: string };

export type Matter = {
  kind: "consent" | "renewal";
  path: "/consent" | "/renew";
  asked(api: Api, token: string): Promise<Outcome | Asking>;
  /** Where the answer goes; whoever says no sends no text. */
  answers: { yes: string; no?: string };
};

export const refusedBy = ({ status }: Response): Outcome =>
  status === 401 ? "noToken" : status === 409 ? "over" : "failed";

/** A centre changes its platform, and the person's place on the new list waits for their consent. */
export const moving: Matter = {
  kind: "consent",
  path: "/consent",
  answers: { yes: "/v1/volunteer/consent" },
  asked: async (api, token) => {
    const reply = await api("/v1/volunteer/standing", bearing(token));
    if (!reply.ok) return refusedBy(reply);
    const { region, state, language, consent } = (await reply.json()) as Standing;
    if (state === "withdrawn") return "over";
    const policy = await api(`/v1/regions/${region}/policy`);
    if (!policy.ok) return "failed";
    const { consentText: textVersion } = ((await policy.json()) as Policy).rules;
    return consent.textVersion === textVersion ? "given" : { language, textVersion };
  },
};

/** A new campaign begins with the people of another. */
export const renewing: Matter = {
  kind: "renewal",
  path: "/renew",
  answers: { yes: "/v1/renewal/accept", no: "/v1/renewal/decline" },
  asked: async (api, token) => {
    const reply = await api("/v1/renewal", bearing(token));
    if (!reply.ok) return refusedBy(reply);
    const { state, language, consentText, campaign } = (await reply.json()) as Renewal;
    if (state === "over") return "over";
    if (state === "yes") return "given";
    return { language, textVersion: consentText, name: campaign.name[language] };
  },
};
