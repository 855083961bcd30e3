import { type Context, Hono } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Erased, Erasure } from "../../schema/erasure.ts";
import type { PersonData } from "../../schema/held.ts";
import type { Language } from "../../schema/primitives.ts";
import type { ApiFor } from "./matter.ts";
import { ownForm } from "./own-form.ts";
import { AccountPage, AskPage, HeldPage, SurePage } from "./rights.tsx";
import { rightsWords } from "./rights-words.ts";

/* Where the forms of one's own data lead: to the public API, with the token that somebody pasted. */

type Show = (c: Context, content: JSX.Element) => Response | Promise<Response>;
type Given = { apiFor: ApiFor; languageOf(c: Context): Language; show: Show };

const tokenIn = (link: unknown): string =>
  typeof link === "string" ? (/^[\w-]{16,200}$/.exec(link.trim().replace(/^.*#/, ""))?.[0] ?? "") : "";

const bearing = (token: string) => ({ authorization: `Bearer ${token}` });
const small = ownForm(4096);

/** What is held of oneself; and its end. */
export const ownData = ({ apiFor, languageOf, show }: Given): Hono => {
  const again = (c: Context, status: number) => {
    const language = languageOf(c);
    const words = rightsWords[language];
    const says = status === 401 ? words.noToken : words.failed;
    return show(c, <AskPage language={language} path="/my-data" says={says} />);
  };
  return new Hono()
    .get("/", (c) => show(c, <AskPage language={languageOf(c)} path="/my-data" />))
    .post("/", small, async (c) => {
      const { link, erase } = await c.req.parseBody();
      const [token, language] = [tokenIn(link), languageOf(c)];
      if (!token) return again(c, 401);
      if (erase === "ask") return show(c, <SurePage language={language} link={token} />);
      if (erase === "yes") {
        const reply = await apiFor(c)("/v1/volunteer/erase", {
          method: "POST",
          headers: { ...bearing(token), "content-type": "application/json" },
          body: JSON.stringify({ erase: true }),
        });
        if (!reply.ok) return again(c, reply.status);
        const { erasure, token: receipt } = (await reply.json()) as Erased;
        return show(c, <AccountPage language={language} erasure={erasure} token={receipt} />);
      }
      const reply = await apiFor(c)("/v1/volunteer/data", { headers: bearing(token) });
      if (!reply.ok) return again(c, reply.status);
      const data = (await reply.json()) as PersonData;
      return show(c, <HeldPage language={language} data={data} link={token} />);
    })
    .post("/download", small, async (c) => {
      const token = tokenIn((await c.req.parseBody()).link);
      const reply = token ? await apiFor(c)("/v1/volunteer/export", { headers: bearing(token) }) : undefined;
      if (!reply?.ok) return again(c, reply?.status ?? 401);
      return c.body(await reply.text(), 200, {
        "content-type": "application/json",
        "content-disposition": 'attachment; filename="everydose-my-data.json"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
    });
};

/** Who has confirmed an erasure, by the token that it gave. */
export const ownErasure = ({ apiFor, languageOf, show }: Given): Hono =>
  new Hono()
    .get("/", (c) => show(c, <AskPage language={languageOf(c)} path="/erasure" />))
    .post("/", small, async (c) => {
      const language = languageOf(c);
      const token = tokenIn((await c.req.parseBody()).link);
      const reply = token ? await apiFor(c)("/v1/erasure", { headers: bearing(token) }) : undefined;
      const words = rightsWords[language];
      if (!reply?.ok) return show(c, <AskPage language={language} path="/erasure" says={words.noToken} />);
      return show(c, <AccountPage language={language} erasure={(await reply.json()) as Erasure} />);
    });
