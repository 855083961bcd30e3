import type { Context } from "hono";
import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "../frame/layout.tsx";
import { Submit } from "../frame/submit.tsx";
import { signInTexts } from "../texts/sign-in/words.ts";
import { donePath } from "./own-path.ts";

/** A form that came when its sender was not signed in any more. */
type LostForm = { action: string; fields: [string, string][] } | undefined;

const largest = 64 * 1024;

/** What the form held, to be sent again; nothing of a file, or of more than a person types. */
export const formIn = async (c: Context): Promise<LostForm> => {
  const { pathname, search } = new URL(c.req.url);
  const [type = ""] = (c.req.header("content-type") ?? "").split(";");
  const length = Number(c.req.header("content-length") ?? Number.NaN);
  if (c.req.method !== "POST" || !(length <= largest)) return undefined;
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") return undefined;
  return { action: pathname + search, fields: [...new URLSearchParams(await c.req.text())] };
};

/** Nothing that somebody wrote is lost because they were signed out: it is kept here, in their own browser. */
export const LostPage = ({ language, form }: { language: Language; form: LostForm }) => {
  const words = signInTexts[language].lost;
  const to = `/sign-in?${new URLSearchParams({ to: `${donePath}?lang=${language}`, lang: language })}`;
  return (
    <Layout title={words.title} language={language}>
      <h1>{words.title}</h1>
      <p class="notice">{form ? words.kept : words.file}</p>
      <p>{words.steps}</p>
      <p>
        <a href={to} target="_blank" rel="noopener">
          {words.signIn}
        </a>
      </p>
      {form && (
        <form method="post" action={form.action}>
          {form.fields.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <Submit choices={[{ says: words.again }]} />
        </form>
      )}
    </Layout>
  );
};
