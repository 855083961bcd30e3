import type { Language } from "../../../schema/primitives.ts";
import { TextField } from "../frame/field.tsx";
import { Layout } from "../frame/layout.tsx";
import { Submit } from "../frame/submit.tsx";
import { say } from "../texts/say.ts";
import { type SignInWords, signInTexts } from "../texts/sign-in/words.ts";

type Provider = { name: string };
type Given = {
  language: Language;
  providers: readonly Provider[];
  /** Where somebody wanted to go. */
  to?: string;
  why?: keyof SignInWords["why"];
  fault?: string;
  /** By which provider, of their number, somebody was signed in just now. */
  left?: number;
};

const asked = (values: Record<string, string | undefined>): URLSearchParams => {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) said.set(name, value);
  return said;
};

const Left = ({ language, number, name }: { language: Language; number: number; name: string }) => {
  const words = signInTexts[language];
  return (
    <p>
      {say(language, words.stillThere, { name })}{" "}
      <a href={`/sign-in/leave/${number}`}>{say(language, words.signOutThere, { name })}</a>
    </p>
  );
};

const KeyForm = ({ language, to, fault }: Pick<Given, "language" | "to" | "fault">) => {
  const words = signInTexts[language];
  return (
    <form method="post" action={`/sign-in?lang=${language}`}>
      {to && <input type="hidden" name="to" value={to} />}
      <TextField
        name="key"
        label={words.key}
        hint={words.keyHint}
        fault={fault}
        isAlert
        type="password"
        required
        autocomplete="current-password"
        spellcheck={false}
        maxlength={8_000}
      />
      <Submit choices={[{ says: words.go }]} />
    </form>
  );
};

/** By which somebody who works here comes in: an account elsewhere, or a key. */
export const SignInPage = ({ language, providers, to, why, fault, left }: Given) => {
  const words = signInTexts[language];
  const gone = left === undefined ? undefined : providers[left];
  return (
    <Layout
      title={words.title}
      language={language}
      languageTo={(each) => `/sign-in?${asked({ to, lang: each })}`}
    >
      <h1>{words.title}</h1>
      {why && (
        <div class={why === "out" ? "notice good" : "notice"} role="status">
          <p>{words.why[why]}</p>
          {gone && left !== undefined && <Left language={language} number={left} name={gone.name} />}
        </div>
      )}
      <p class="quiet">{words.who}</p>
      {providers.length > 0 && (
        <div class="choice">
          {providers.map(({ name }, number) => (
            <a class="button" href={`/sign-in/with/${number}?${asked({ to, lang: language })}`}>
              {say(language, words.with, { name })}
            </a>
          ))}
        </div>
      )}
      {providers.length > 0 && <h2>{words.keyTitle}</h2>}
      <p class="quiet">{words.keyWhy}</p>
      <KeyForm language={language} to={to} fault={fault} />
    </Layout>
  );
};

/** For whoever opened a window to sign in, while something waits in another. */
export const DonePage = ({ language }: { language: Language }) => {
  const { done } = signInTexts[language];
  return (
    <Layout title={done.title} language={language}>
      <h1>{done.title}</h1>
      <p>{done.say}</p>
    </Layout>
  );
};
