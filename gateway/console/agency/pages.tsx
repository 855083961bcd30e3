import { type Context, Hono } from "hono";
import type { Bindings } from "../../../schema/binding.ts";
import type { Campaign } from "../../../schema/campaign.ts";
import type { Erasure } from "../../../schema/erasure.ts";
import type { Pair } from "../../../schema/pair.ts";
import type { PlatformState } from "../../../schema/platform.ts";
import type { ReportRow } from "../../../schema/report.ts";
import { wallOf } from "../frame/clock.ts";
import { show } from "../frame/page.ts";
import type { SignedInGuard } from "../sign-in/guard.tsx";
import { auditPages } from "./audit-pages.tsx";
import { bindingPages } from "./binding-pages.tsx";
import { campaignPages } from "./campaign-pages.tsx";
import { centresOf, type Desk, deskOf, orNothing, regionsOf } from "./desk.ts";
import { keptPages } from "./kept-pages.tsx";
import { Overview, type Seen } from "./overview.tsx";
import { pairPages } from "./pair-pages.tsx";
import { platformsPages } from "./platform-pages.tsx";
import { policyPages } from "./policy-pages.tsx";
import { openTo } from "./replies.tsx";

type List<Item> = { items: Item[]; next?: string };

const itemsAt = async <Item,>(desk: Desk, path: string): Promise<Item[]> =>
  orNothing(await desk.read<List<Item>>(path))?.items ?? [];

/** What whoever looks may see of it; an operator decides no pairs, so that none wait for them. */
const seenBy = async (desk: Desk): Promise<Seen> => {
  const today = wallOf(desk.now()).slice(0, 10);
  const [regions, centres, doses, platforms, bindings, campaigns, erasures] = await Promise.all([
    regionsOf(desk),
    centresOf(desk),
    itemsAt<ReportRow>(desk, `/v1/reports/doses?from=${today}&until=${today}&by=region`),
    itemsAt<PlatformState>(desk, "/v1/platforms"),
    desk.read<Bindings>("/v1/bindings").then(orNothing),
    itemsAt<Campaign>(desk, "/v1/campaigns"),
    itemsAt<Erasure>(desk, "/v1/erasures?state=open&limit=100"),
  ]);
  const open = desk.may("GET /v1/pairs") ? await desk.read<List<Pair>>("/v1/pairs?limit=100") : undefined;
  const pairs = open && orNothing(open);
  const waiting = { pairs: pairs?.items ?? [], morePairs: pairs?.next !== undefined };
  return { regions, centres, doses, platforms, bindings, campaigns, erasures, ...waiting };
};

type Given = {
  /** Lets in whoever signed in, and says who they are. */
  signedIn: SignedInGuard;
  /** What time it is for the gateway; this machine's where absent. */
  now?: () => string;
};

/** For an authority, and for whoever audits it. What is shown and refused follows from what the API says they may call. */
export const agencyPages = ({ signedIn, now }: Given): Hono => {
  const app = new Hono();
  app.use(signedIn, async (c, next) => {
    (c as Context).set("now", now);
    await next();
  });
  app.get("/", openTo("GET /v1/bindings"), async (c) => {
    const desk = deskOf(c);
    return show(c, <Overview desk={desk} seen={await seenBy(desk)} />);
  });
  app.route("/", policyPages());
  app.route("/bindings", bindingPages());
  app.route("/campaigns", campaignPages());
  app.route("/platforms", platformsPages());
  app.route("/pairs", pairPages());
  app.route("/audit", auditPages());
  app.route("/kept", keptPages());
  return app;
};
