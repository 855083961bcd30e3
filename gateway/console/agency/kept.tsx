import { Hono } from "hono";
import type { Erasure, OpenErasure } from "../../../schema/erasure.ts";
import type { LetterCount } from "../../../schema/letters.ts";
import type { Region } from "../../../schema/region.ts";
import type { RetentionPreview } from "../../../schema/retention.ts";
import { ownForm } from "../frame/own-form.ts";
import { show } from "../frame/page.ts";
import { textIn } from "../frame/sent.ts";
import { ofNumbers, Table } from "../frame/table.tsx";
import { wordFor } from "../texts/word-for.ts";
import { type Desk, deskOf, nameOf, orNothing, regionsOf } from "./desk.ts";
import { AgencyPage, NotForYou } from "./frame.tsx";
import { dayOf, Short } from "./moments.tsx";
import { Act } from "./parts.tsx";
import { back, doneIn, missing } from "./replies.tsx";

/* What is kept of people and for how long, who is being forgotten, and how many letters leave. Nobody is named. */

const inRegion = (desk: Desk, regions: Region[], id: string): string => {
  const region = regions.find((each) => each.id === id);
  return region ? nameOf(desk, region) : id;
};

type Part = { desk: Desk; regions: Region[] };

const Due = ({ desk, regions, preview }: Part & { preview?: RetentionPreview }) => {
  const { kept } = desk.words;
  if (!preview) return <p class="quiet">{kept.cannot}</p>;
  if (preview.items.length === 0) return <p class="quiet">{kept.nothingDue}</p>;
  return (
    <Table caption={kept.dueTitle} columns={[kept.what, kept.region, ofNumbers(kept.count), kept.since]}>
      {preview.items.map(({ region, kind, count, earliest }) => (
        <tr>
          <th scope="row">{kept.kinds[kind]}</th>
          <td>{inRegion(desk, regions, region)}</td>
          <td class="number">{desk.number(count)}</td>
          <td>
            <Short desk={desk} at={earliest} />
          </td>
        </tr>
      ))}
    </Table>
  );
};

const Erasures = ({ desk, regions, erasures }: Part & { erasures?: Erasure[] }) => {
  const { kept } = desk.words;
  if (!erasures) return <p class="quiet">{kept.cannot}</p>;
  if (erasures.length === 0) return <p class="quiet">{kept.noErasures}</p>;
  return (
    <Table caption={kept.erasuresTitle} columns={[kept.asked, kept.region, kept.receipts]}>
      {erasures.map((erasure) => (
        <tr>
          <th scope="row">
            <a href={desk.to(`/agency/kept/${erasure.id}`)}>
              <Short desk={desk} at={erasure.askedAt} />
            </a>
          </th>
          <td>{inRegion(desk, regions, erasure.region)}</td>
          <td>
            {erasure.receipts.map(({ platform, state }) => `${platform}: ${kept.states[state]}`).join(", ") ||
              "–"}
          </td>
        </tr>
      ))}
    </Table>
  );
};

const Letters = ({ desk, regions, counts }: Part & { counts?: LetterCount[] }) => {
  const { kept } = desk.words;
  if (!counts || counts.length === 0) return <p class="quiet">{counts ? kept.noLetters : kept.cannot}</p>;
  return (
    <Table caption={kept.lettersTitle} columns={[kept.region, kept.became, ofNumbers(kept.count)]}>
      {counts.map(({ region, became, about, count }) => (
        <tr>
          <th scope="row">{inRegion(desk, regions, region)}</th>
          <td>
            {kept.letters[became]}
            {about && ` (${wordFor(kept.about, about)})`}
          </td>
          <td class="number">{desk.number(count)}</td>
        </tr>
      ))}
    </Table>
  );
};

const Receipts = ({ desk, erasure, canAct }: { desk: Desk; erasure: OpenErasure; canAct: boolean }) => {
  const { kept } = desk.words;
  return (
    <ul class="cards">
      {erasure.receipts.map(({ number, platform, what, state, at, tries, fault, reference }) => (
        <li class="card">
          <p>
            <strong>{platform}</strong> · {kept.things[what]} · {kept.states[state]}{" "}
            <Short desk={desk} at={at} />
          </p>
          <p class="hint">
            {desk.say(kept.tries, { n: tries })}
            {fault && ` · ${wordFor(desk.words.platforms.faults, fault)}`}
          </p>
          {reference && (
            <p>
              {kept.reference} <code>{reference}</code>
            </p>
          )}
          {canAct && state === "by-hand" && (
            <Act
              to={desk.to(`/agency/kept/${erasure.id}`)}
              value={String(number)}
              says={kept.done}
              about={platform}
            />
          )}
        </li>
      ))}
    </ul>
  );
};

export const keptPages = (): Hono => {
  const app = new Hono();
  app.use(async (c, next) => {
    const desk = deskOf(c);
    if (desk.may("GET /v1/retention")) return next();
    return show(c, <NotForYou desk={desk} needs="agency" />, 403);
  });
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
