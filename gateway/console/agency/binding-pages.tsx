import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import type { BindingChange, BindingRehearsal, Bindings } from "../../../schema/binding.ts";
import type { PlatformState } from "../../../schema/platform.ts";
import { momentOf, wallOf } from "../frame/clock.ts";
import { ownForm } from "../frame/own-form.ts";
import { show } from "../frame/page.ts";
import { textIn } from "../frame/sent.ts";
import { knownWord } from "../texts/word-for.ts";
import { ChangePage } from "./binding-change.tsx";
import { PlanPage } from "./binding-form.tsx";
import type { Places } from "./binding-parts.tsx";
import { BindingsPage } from "./bindings.tsx";
import { centresOf, type Desk, deskOf, orNothing, regionsOf } from "./desk.ts";
import { problemIn } from "./frame.tsx";
import { markOf } from "./mark.ts";
import { actOn, back, doneIn, goTo, missing, openTo } from "./replies.tsx";

const placesOf = async (desk: Desk): Promise<Places> => {
  const [regions, centres] = await Promise.all([regionsOf(desk), centresOf(desk)]);
  return { regions, centres: centres.filter(({ region }) => regions.some(({ id }) => id === region)) };
};

type Plan = { region: string; centre?: string; platform: string; roles: "all" | string[]; from: string };

const planIn = (form: URLSearchParams, faults: Set<string>): Plan => {
  const [region = "", centre] = (form.get("place") ?? "").split("/");
  const from = momentOf(form.get("from") ?? "");
  const some = form.getAll("role");
  const isAll = form.get("which") !== "some";
  if (!from) faults.add("from");
  if (!isAll && some.length === 0) faults.add("roles");
  return {
    region,
    platform: form.get("platform") ?? "",
    roles: isAll ? "all" : some,
    from: from ?? "",
    ...(centre ? { centre } : {}),
  };
};

type Rest = Partial<Parameters<typeof PlanPage>[0]> & { form: URLSearchParams };
const draw = async (c: Context, desk: Desk, { form, faults = new Set(), ...rest }: Rest) => {
  const listed = orNothing(await desk.read<{ items: PlatformState[] }>("/v1/platforms"));
  const page = {
    desk,
    form,
    faults,
    places: await placesOf(desk),
    platforms: listed?.items ?? [],
    once: form.get("once") || randomUUID(),
  };
  return show(c, <PlanPage {...page} {...rest} />, faults.size > 0 ? 422 : 200);
};

const planned = async (c: Context, desk: Desk) => {
  const form = new URLSearchParams(await c.req.text());
  const faults = new Set<string>();
  const plan = planIn(form, faults);
  if (faults.size > 0) return draw(c, desk, { form, faults });
  const mark = markOf(plan);
  const isOrdered = form.get("do") === "order" && form.get("tried") === mark;
  if (isOrdered) {
    const once = form.get("once") ?? undefined;
    const ordered = await desk.send<BindingChange>("POST", "/v1/bindings", plan, once);
    if (ordered.ok) return goTo(c, desk, `/agency/bindings/${ordered.value.id}`, { done: "ordered" });
    return draw(c, desk, { form, notice: { says: problemIn(desk, ordered.code), bad: true } });
  }
  const reply = await desk.send<BindingRehearsal>("POST", "/v1/bindings/rehearsal", plan);
  if (reply.ok) return draw(c, desk, { form, rehearsed: { rehearsal: reply.value, mark } });
  const found = new Set(reply.code === "platform_lacks" ? ["platform"] : []);
  return draw(c, desk, { form, faults: found, notice: { says: problemIn(desk, reply.code), bad: true } });
};

const acts = { halt: "halted", resume: "resumed", undo: "undone", "take-back": "takenBack" };

/** Who works with which platform, and how a centre changes its own. */
export const bindingPages = (): Hono => {
  const app = new Hono();
  app.use(openTo("GET /v1/bindings"));
  app.get("/", async (c) => {
    const desk = deskOf(c);
    const [bindings, places] = await Promise.all([desk.read<Bindings>("/v1/bindings"), placesOf(desk)]);
    return show(c, <BindingsPage desk={desk} bindings={bindings} places={places} notice={doneIn(desk)} />);
  });
  app.get("/new", (c) => {
    const desk = deskOf(c);
    const place = desk.query("place");
    const from = wallOf(desk.now() + 3_600_000);
    return draw(c, desk, { form: new URLSearchParams({ from, ...(place ? { place } : {}) }) });
  });
  app.post("/new", ownForm(8192), (c) => planned(c, deskOf(c)));
  app.get("/:id", async (c) => {
    const desk = deskOf(c);
    const change = orNothing(
      await desk.read<BindingChange>(`/v1/bindings/${encodeURIComponent(c.req.param("id"))}`),
    );
    if (!change) return missing(c, desk);
    return show(
      c,
      <ChangePage desk={desk} change={change} places={await placesOf(desk)} notice={doneIn(desk)} />,
    );
  });
  app.post("/:id", ownForm(4096), async (c) => {
    const desk = deskOf(c);
    const id = encodeURIComponent(c.req.param("id"));
    const act = textIn(await c.req.parseBody(), "do");
    const done = knownWord(acts, act);
    if (!done) return missing(c, desk);
    const reply = await actOn<BindingChange>(desk, `/v1/bindings/${id}`, act);
    // Going back is a change of its own, with people to carry over again.
    const next = reply.ok && act === "undo" ? reply.value.id : id;
    return back(c, desk, `/agency/bindings/${next}`, reply, done);
  });
  return app;
};
