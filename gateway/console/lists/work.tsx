import type { Context } from "hono";
import type { Centre, Region } from "../../../schema/region.ts";
import type { Work } from "../../../schema/work.ts";
import { show } from "../frame/page.ts";
import type { Notice } from "../frame/said.tsx";
import { type Items, trouble } from "./about.tsx";
import type { ListDesk } from "./desk.ts";
import { type Places, WorkPage } from "./work-page.tsx";

/* All long work, wherever it was ordered. */

const placesOf = async ({ read, language }: ListDesk): Promise<Places> => {
  const [centres, regions] = await Promise.all([
    read<Items<Centre>>("/v1/centres"),
    read<Items<Region>>("/v1/regions"),
  ]);
  return new Map([
    ...(centres.ok ? centres.value.items : []).map(({ id, name }): [string, string] => [id, name]),
    ...(regions.ok ? regions.value.items : []).map(({ id, name }): [string, string] => [id, name[language]]),
  ]);
};

export const showWork = async (c: Context, desk: ListDesk, notice?: Notice) => {
  const all = await desk.read<Items<Work>>("/v1/work");
  if (!all.ok) return trouble(c, desk, all);
  const given = { desk, items: all.value.items, places: await placesOf(desk), notice };
  return show(c, <WorkPage {...given} />, notice ? 409 : 200);
};

export const cancelWork = async (c: Context, desk: ListDesk) => {
  const id = encodeURIComponent(c.req.param("id") ?? "");
  const done = await desk.send<Work>("POST", `/v1/work/${id}/cancel`);
  if (done.ok) return c.redirect(desk.to("/work"), 303);
  return done.status === 409
    ? showWork(c, desk, { says: desk.words.work.over, bad: true })
    : trouble(c, desk, done);
};
