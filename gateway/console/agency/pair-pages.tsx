import { Hono } from "hono";
import type { Pair, PairDetail } from "../../../schema/pair.ts";
import { ownForm } from "../frame/own-form.ts";
import { show } from "../frame/page.ts";
import { textIn } from "../frame/sent.ts";
import { knownWord } from "../texts/word-for.ts";
import { type Desk, deskOf, orNothing } from "./desk.ts";
import { PairPage, PairsPage, states } from "./pairs.tsx";
import { doneIn, goTo, missing, openTo } from "./replies.tsx";

type Page = { items: Pair[]; next?: string };

const openPairs = async (desk: Desk): Promise<Page> =>
  orNothing(await desk.read<Page>("/v1/pairs?state=open&limit=200")) ?? { items: [] };

/** The one to look at after this one; the first of all where it was the last, and none where there is no other. */
const nextAfter = (items: readonly Pair[], id: string): Pair | undefined => {
  const nth = items.findIndex((each) => each.id === id);
  const next = items[nth + 1] ?? items[0];
  return next?.id === id ? undefined : next;
};

const acts = { merge: "merged", "keep-apart": "keptApart", undo: "parted" } as const;

/** Registrations that may be one person's: one pair after the other. */
export const pairPages = (): Hono => {
  const app = new Hono();
  app.use(openTo("GET /v1/pairs"));
  app.get("/", async (c) => {
    const desk = deskOf(c);
    const state = states.find((each) => each === desk.query("state")) ?? "open";
    const cursor = desk.query("cursor");
    const query = new URLSearchParams({ state, limit: "50", ...(cursor ? { cursor } : {}) });
    const pairs = await desk.read<Page>(`/v1/pairs?${query}`);
    return show(c, <PairsPage desk={desk} state={state} pairs={pairs} notice={doneIn(desk)} />);
  });
  app.get("/next", async (c) => {
    const desk = deskOf(c);
    const { items } = await openPairs(desk);
    const next = nextAfter(items, desk.query("after"));
    const done = desk.query("done");
    return goTo(c, desk, next ? `/agency/pairs/${next.id}` : "/agency/pairs", done ? { done } : {});
  });
  app.get("/:id", async (c) => {
    const desk = deskOf(c);
    const pair = orNothing(await desk.read<PairDetail>(`/v1/pairs/${encodeURIComponent(c.req.param("id"))}`));
    if (!pair) return missing(c, desk);
    const { items, next } = await openPairs(desk);
    const left = items.filter(({ id }) => id !== pair.id).length;
    return show(
      c,
      <PairPage desk={desk} pair={pair} left={left} isMore={next !== undefined} notice={doneIn(desk)} />,
    );
  });
  app.post("/:id", ownForm(4096), async (c) => {
    const desk = deskOf(c);
    const id = c.req.param("id");
    const act = textIn(await c.req.parseBody(), "do");
    const done = knownWord(acts, act);
    if (!done) return missing(c, desk);
    const { items } = await openPairs(desk);
    const reply = await desk.send<Pair>("POST", `/v1/pairs/${encodeURIComponent(id)}/${act}`);
    if (!reply.ok) return goTo(c, desk, `/agency/pairs/${id}`, { failed: reply.code });
    if (act === "undo") return goTo(c, desk, `/agency/pairs/${id}`, { done });
    const next = nextAfter(items, id);
    const last = { done, last: id };
    return goTo(c, desk, next ? `/agency/pairs/${next.id}` : "/agency/pairs", last);
  });
  return app;
};
