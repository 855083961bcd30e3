import { Hono } from "hono";
import type { AuditPage as Lines } from "../../../schema/audit.ts";
import { show } from "../frame/page.ts";
import { AuditPage } from "./audit.tsx";
import type { Asked } from "./audit-search.tsx";
import { deskOf, regionsOf } from "./desk.ts";
import { openTo } from "./replies.tsx";

/** The audit of the region that was chosen, or of what is about none; the first region where nothing was. */
export const auditPages = (): Hono =>
  new Hono().use(openTo("GET /v1/regions/{region}/audit/lines", "auditor")).get("/", async (c) => {
    const desk = deskOf(c);
    const regions = await regionsOf(desk);
    const [first] = regions;
    const asked: Asked = {
      from: desk.query("from"),
      until: desk.query("until"),
      event: desk.query("event"),
      actor: desk.query("actor"),
      subject: desk.query("subject").trim().toLowerCase(),
      region: desk.query("region") || (first?.id ?? "-"),
    };
    const said = Object.entries({ ...asked, region: "", cursor: desk.query("cursor") }).filter(
      ([, value]) => value,
    );
    const query = new URLSearchParams([...said, ["limit", "50"]] as [string, string][]);
    const where =
      asked.region === "-" ? "/v1/audit" : `/v1/regions/${encodeURIComponent(asked.region)}/audit`;
    const lines = await desk.read<Lines>(`${where}/lines?${query}`);
    const faults = new Set(lines.ok ? [] : lines.issues.map(({ at }) => at));
    const seesNone = desk.may("GET /v1/audit/lines");
    return show(
      c,
      <AuditPage
        desk={desk}
        asked={asked}
        regions={regions}
        seesNone={seesNone}
        faults={faults}
        lines={lines}
      />,
      faults.size > 0 ? 422 : 200,
    );
  });
