import type { CampaignRehearsal, NewCampaign, NotAsked } from "../../../schema/campaign.ts";
import { localDay, type VolunteerId } from "../../../schema/primitives.ts";
import { callableFrom, whyNot } from "../../core/renewal.ts";
import * as campaigns from "../../store/campaigns.ts";
import { type Deps, transact } from "../deps.ts";
import { plan } from "./order.ts";

const atOnce = 1000;

/** What asking would come to if it began with these rules: everybody is looked at, nobody is named or written to. */
export const rehearseCampaign = async (deps: Deps, input: NewCampaign): Promise<CampaignRehearsal> => {
  const { origin, startsAt, policies } = await transact(deps, (tx) => plan(tx, input, deps.now()));
  const rulesOf = new Map(policies.map(({ region, rules }) => [region, rules]));
  const day = localDay(startsAt);
  const notAsked = new Map<NotAsked, number>();
  const counts = { asked: 0, callableLater: 0 };
  const span = { origin, campaign: input.id, regions: [...rulesOf.keys()], limit: atOnce };
  let after: VolunteerId | undefined;
  do {
    const page = await campaigns.members(deps.db, { ...span, after });
    for (const member of page) {
      const rules = rulesOf.get(member.region);
      const reason = rules && whyNot(rules, member, day);
      if (reason) notAsked.set(reason, (notAsked.get(reason) ?? 0) + 1);
      else counts.asked += 1;
      if (!reason && rules && callableFrom(rules, member.lastDoseOn, day)) counts.callableLater += 1;
    }
    after = page.length === atOnce ? page.at(-1)?.id : undefined;
  } while (after);
  return { ...counts, notAsked: [...notAsked].map(([reason, people]) => ({ reason, people })) };
};
