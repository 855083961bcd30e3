import { type Context, Hono } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Problem } from "../../../schema/errors.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { Registered } from "../../../schema/volunteer.ts";
import type { Api, ApiFor } from "../frame/api.ts";
import { unkept } from "../frame/headers.ts";
import { ownForm } from "../frame/own-form.ts";
import { languageOf, page } from "../frame/page.ts";
import type { Field } from "../texts/register.ts";
import { say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { DonePage, FormPage, PostcodePage } from "./register.tsx";
import type { Filled } from "./register-fields.tsx";
import { days, faultsOf, isHelping, parts, volunteerOf } from "./register-form.ts";
import { type Asked, placesFrom } from "./register-places.ts";

/*
 * Where the form of a registration leads: to the public API, with the form's own key, so that it can be sent as often as
 * anybody likes. The answer is a page; a script reads no more of it than its status and `Retry-After`.
 */

type Answer = { status?: 200 | 201 | 400 | 503; retryAfter?: number };
const show = (c: Context, content: JSX.Element, answer: Answer = {}) =>
  page(c, content, { ...answer, sent: unkept });

const everyTime = days.flatMap((day) => parts.map((part) => ["when", `${day}.${part}`] as [string, string]));
/** In seconds, where the API does not say. */
const wait = 5;

/** What became of it: a token, the same form with what is wrong with it, or later. */
type Became = { token: string } | { later: number } | Pick<Filled, "faults" | "says" | "key">;

/** What the API finds only once all else is right, or never: it takes whoever can come at no time. */
const missingIn = ({ form, asked }: Filled): Field[] => {
  const isChosen = asked.region.centreBy === "choice";
  const needed: Field[] = isChosen ? ["centres", "when"] : ["when"];
  return needed.filter((field) => form.getAll(field).length === 0);
};

const send = async (api: Api, filled: Filled): Promise<Became> => {
  const { form, key, language } = filled;
  const reply = await api("/v1/volunteers", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `"${key}"` },
    body: JSON.stringify(volunteerOf(form)),
  });
  if (reply.ok) return { token: ((await reply.json()) as Registered).token };
  const problem = (await reply.json()) as Problem;
  if (problem.retry) return { later: Number(reply.headers.get("retry-after") ?? wait) };
  const words = texts[language].register;
  if (problem.code === "idempotency_reused") return { says: words.changed, key: crypto.randomUUID() };
  const faults = new Set([...faultsOf(problem), ...missingIn(filled)]);
  // Where the number tells the birth, there is no other field to say it at.
  if (faults.has("birthDate") && filled.asked.rules.asks.nationalNumber === "required")
    faults.add("nationalNumber");
  // Whoever helps is written to: the person's own ways are out of sight, and were filled in from theirs.
  if (isHelping(form)) for (const field of ["email", "mobile"] as const) faults.delete(field);
  return { says: words.look, faults, key };
};

const answerOf = async (api: Api, c: Context, filled: Filled) => {
  const words = texts[filled.language].register;
  const missing = missingIn(filled);
  if (missing.includes("when")) {
    const faulty = { ...filled, faults: new Set(missing), says: words.look };
    return show(c, <FormPage filled={faulty} />, { status: 400 });
  }
  const became = await send(api, filled);
  if ("token" in became)
    return show(c, <DonePage language={filled.language} token={became.token} />, { status: 201 });
  if ("later" in became) {
    const says = say(filled.language, words.laterByHand, { s: became.later });
    return show(c, <FormPage filled={{ ...filled, says }} />, { status: 503, retryAfter: became.later });
  }
  return show(c, <FormPage filled={{ ...filled, ...became }} />, { status: 400 });
};

/** `api`: for what all forms are made of; `apiFor`: for what somebody sends. */
export const registering = ({ api, apiFor }: { api: Api; apiFor: ApiFor }): Hono => {
  const places = placesFrom(api);
  const unread = (c: Context) =>
    show(c, <PostcodePage language={languageOf(c)} says="unread" />, { status: 503, retryAfter: wait });
  const begun = (asked: Asked, language: Language, postcode = ""): Filled => {
    const form = new URLSearchParams([["postcode", postcode], ...everyTime]);
    return { language, asked, form, key: crypto.randomUUID() };
  };
  return new Hono()
    .get("/", async (c) => {
      const { postcode, region } = c.req.query();
      const language = languageOf(c);
      if (!postcode && !region) return show(c, <PostcodePage language={language} />);
      if (!(await places.regions())) return unread(c);
      const asked = await places.asked({ postcode, region });
      if (!asked) return show(c, <PostcodePage language={language} postcode={postcode} says="noRegion" />);
      return show(c, <FormPage filled={begun(asked, language, postcode)} />);
    })
    .post("/", ownForm(16_384), async (c) => {
      const form = new URLSearchParams(await c.req.text());
      const asked = await places.asked({ region: form.get("region") ?? "none" });
      if (!asked) return unread(c);
      const key = /^[\w-]{1,100}$/.exec(form.get("key") ?? "")?.[0] ?? crypto.randomUUID();
      return answerOf(apiFor(c), c, { language: languageOf(c), asked, form, key });
    });
};
