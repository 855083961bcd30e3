import { type Context, Hono } from "hono";
import type { Erased, Erasure } from "../../../schema/erasure.ts";
import type { Problem } from "../../../schema/errors.ts";
import type { PersonData } from "../../../schema/held.ts";
import { type ApiFor, bearing, sending } from "../frame/api.ts";
import { attached } from "../frame/headers.ts";
import { tokenIn } from "../frame/link.tsx";
import { ownForm } from "../frame/own-form.ts";
import { languageOf, show } from "../frame/page.ts";
import { say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { HeldPage } from "./held-page.tsx";
import { dateOf } from "./register-form.ts";
import { AccountPage, AskPage, KnowPage, SurePage } from "./rights.tsx";
import { minutesToWait, openSession } from "./session.ts";

/* Where the forms of one's own data lead: to the public API, with the token that somebody pasted. */

const small = ownForm(4096);

const corrigible = ["givenName", "familyName", "birthDate", "nationalNumber"] as const;
const filledIn = (form: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const text = form[name];
      if (typeof text !== "string" || text.trim() === "") return [];
      return [[name, name === "birthDate" ? dateOf(text) : text.trim()]];
    }),
  );

/** What is held of oneself, its correction, and its end. A link that was sent asks for the birth date first. */
export const ownData = ({ apiFor }: { apiFor: ApiFor }): Hono => {
  const again = (c: Context, status: number) => {
    const language = languageOf(c);
    const words = texts[language].rights;
    const says = status === 401 ? words.noToken : words.failed;
    return show(c, <AskPage language={language} path="/my-data" says={says} />);
  };
  /** What was refused: where the birth date is missing, it is asked. */
  const refused = async (c: Context, link: string, reply: Response) => {
    const language = languageOf(c);
    const { code } = (await reply.json()) as Partial<Problem>;
    if (code === "birth_date_needed") return show(c, <KnowPage language={language} link={link} />);
    return again(c, reply.status);
  };
  const held = async (c: Context, token: string, says?: string) => {
    const reply = await apiFor(c)("/v1/volunteer/data", bearing(token));
    if (!reply.ok) return refused(c, token, reply);
    const data = (await reply.json()) as PersonData;
    return show(c, <HeldPage language={languageOf(c)} data={data} link={token} says={says} />);
  };
  /** Shows all by a token of half an hour, which the forms of that page carry on. */
  const opened = async (c: Context, link: string, knowledge: Record<string, unknown>) => {
    const language = languageOf(c);
    const session = await openSession(apiFor(c), link, knowledge);
    if (typeof session === "string") return held(c, session);
    if (session.status === 401) return again(c, 401);
    const words = texts[language].mine;
    const says =
      session.status === 429 ? say(language, words.spent, { n: minutesToWait(session) }) : words.wrong;
    return show(c, <KnowPage language={language} link={link} says={says} />);
  };
  return new Hono()
    .get("/", (c) => show(c, <AskPage language={languageOf(c)} path="/my-data" />))
    .post("/", small, async (c) => {
      const { link, erase, ...form } = await c.req.parseBody();
      const [token, language] = [tokenIn(link), languageOf(c)];
      if (!token) return again(c, 401);
      if (typeof form.birthDate === "string")
        return opened(c, token, filledIn(form, ["birthDate", "postcode"]));
      if (erase === "ask") return show(c, <SurePage language={language} link={token} />);
      if (erase === "yes") {
        const reply = await apiFor(c)("/v1/volunteer/erase", sending(token, { erase: true }));
        if (!reply.ok) return refused(c, token, reply);
        const { erasure, token: receipt } = (await reply.json()) as Erased;
        return show(c, <AccountPage language={language} erasure={erasure} token={receipt} />);
      }
      return held(c, token);
    })
    .post("/correct", small, async (c) => {
      const { link, ...form } = await c.req.parseBody();
      const [token, words] = [tokenIn(link), texts[languageOf(c)].rights];
      if (!token) return again(c, 401);
      const reply = await apiFor(c)("/v1/volunteer/correct", sending(token, filledIn(form, corrigible)));
      if (reply.ok) return held(c, token, words.corrected);
      return [400, 422].includes(reply.status)
        ? held(c, token, words.notCorrected)
        : refused(c, token, reply);
    })
    .post("/download", small, async (c) => {
      const token = tokenIn((await c.req.parseBody()).link);
      if (!token) return again(c, 401);
      const reply = await apiFor(c)("/v1/volunteer/export", bearing(token));
      if (!reply.ok) return refused(c, token, reply);
      return c.body(await reply.text(), 200, attached("application/json", "everydose-my-data.json"));
    });
};

/** Who has confirmed an erasure, by the token that it gave. */
export const ownErasure = ({ apiFor }: { apiFor: ApiFor }): Hono =>
  new Hono()
    .get("/", (c) => show(c, <AskPage language={languageOf(c)} path="/erasure" />))
    .post("/", small, async (c) => {
      const language = languageOf(c);
      const token = tokenIn((await c.req.parseBody()).link);
      const reply = token ? await apiFor(c)("/v1/erasure", bearing(token)) : undefined;
      const words = texts[language].rights;
      if (!reply?.ok) return show(c, <AskPage language={language} path="/erasure" says={words.noToken} />);
      return show(c, <AccountPage language={language} erasure={(await reply.json()) as Erasure} />);
    });
