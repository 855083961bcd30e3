import { Hono } from "hono";
import type { Erasure, OpenErasure } from "../../../schema/erasure.ts";
import type { LetterCount } from "../../../schema/letters.ts";
import type { RetentionPreview } from "../../../schema/retention.ts";
import { ownForm } from "../frame/own-form.ts";
import { show } from "../frame/page.ts";
import { textIn } from "../frame/sent.ts";
import { deskOf, orNothing, regionsOf } from "./desk.ts";
import { AgencyPage } from "./frame.tsx";
import { Due, Erasures, inRegion, Letters, Receipts } from "./kept.tsx";
import { dayOf, Short } from "./moments.tsx";
import { back, doneIn, missing, openTo } from "./replies.tsx";

/** How people are forgotten: what is due, who asked for it, and what is still to be done by hand. */
export const keptPages = (): Hono => {
  const app = new Hono();
  app.use(openTo("GET /v1/retention"));
  app.get("/", async (c) => {
    const desk = deskOf(c);
    const { kept } = desk.words;
    const until = new Date(desk.now() + 30 * 86_400_000).toISOString();
    const [regions, preview, erasures, counts] = await Promise.all([
      regionsOf(desk),
      desk.read<RetentionPreview>(`/v1/retention?until=${until}`).then(orNothing),
      desk.read<{ items: Erasure[] }>("/v1/erasures?state=open&limit=100").then(orNothing),
      desk.read<{ items: LetterCount[] }>("/v1/letters").then(orNothing),
    ]);
    return show(
      c,
      <AgencyPage desk={desk} title={kept.title} notice={doneIn(desk)}>
        <p class="lead">{kept.lead}</p>
        <h2>{kept.erasuresTitle}</h2>
        <Erasures desk={desk} regions={regions} erasures={erasures?.items} />
        <h2>{kept.dueTitle}</h2>
        <Due desk={desk} regions={regions} preview={preview} />
        <h2>{kept.lettersTitle}</h2>
        <Letters desk={desk} regions={regions} counts={counts?.items} />
      </AgencyPage>,
    );
  });
  app.get("/:id", async (c) => {
    const desk = deskOf(c);
    const path = `/v1/erasures/${encodeURIComponent(c.req.param("id"))}`;
    const erasure = desk.may("GET /v1/erasures/{id}")
      ? orNothing(await desk.read<OpenErasure>(path))
      : undefined;
    if (!erasure) return missing(c, desk);
    const { kept } = desk.words;
    return show(
      c,
      <AgencyPage desk={desk} title={kept.oneTitle} notice={doneIn(desk)}>
        <p>
          {kept.causes[erasure.cause]} · <Short desk={desk} at={erasure.askedAt} /> ·{" "}
          {inRegion(desk, await regionsOf(desk), erasure.region)}
        </p>
        {erasure.keptUntil && <p>{desk.say(kept.keptUntil, { day: dayOf(desk, erasure.keptUntil) })}</p>}
        <Receipts
          desk={desk}
          erasure={erasure}
          canAct={desk.may("POST /v1/erasures/{id}/receipts/{receipt}/done")}
        />
        <p>
          <a href={desk.to("/agency/kept")}>{kept.title}</a>
        </p>
      </AgencyPage>,
    );
  });
  app.post("/:id", ownForm(4096), async (c) => {
    const desk = deskOf(c);
    const id = encodeURIComponent(c.req.param("id"));
    const number = encodeURIComponent(textIn(await c.req.parseBody(), "do"));
    const reply = await desk.send<Erasure>("POST", `/v1/erasures/${id}/receipts/${number}/done`);
    return back(c, desk, `/agency/kept/${id}`, reply, "erased");
  });
  return app;
};
