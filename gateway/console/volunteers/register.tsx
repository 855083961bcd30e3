import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { TextField } from "../frame/field.tsx";
import { Layout } from "../frame/layout.tsx";
import { Submit } from "../frame/submit.tsx";
import { texts } from "../texts/texts.ts";
import { InLanguages } from "./in-languages.tsx";
import { RegionForm, Waiting } from "./region-form.tsx";
import type { Filled } from "./register-fields.tsx";
import { Intro } from "./register-intro.tsx";

/* Registering: the postcode, what its region says and asks, and the answer. All of it works where no script runs. */

type Frame = PropsWithChildren<{ language: Language; query?: string; aside?: unknown }>;

const RegisterFrame = ({ language, query = "", aside, children }: Frame) => (
  <Layout
    title={texts[language].register.title}
    language={language}
    scripts={["week.js", "register.js"]}
    style="volunteers.css"
    room="register"
    {...(aside ? { aside } : { languageTo: (each: Language) => `/register?lang=${each}${query}` })}
  >
    {children}
  </Layout>
);

type First = { language: Language; postcode?: string; says?: "noRegion" | "unread" };

/** Which list is mine? */
export const PostcodePage = ({ language, postcode, says }: First) => {
  const words = texts[language].register;
  return (
    <RegisterFrame language={language}>
      <h1>{words.heading}</h1>
      <p class="lead">{words.what}</p>
      {says === "unread" && (
        <p class="notice" role="alert">
          {words.unread}
        </p>
      )}
      <p class="notice" hidden data-resume>
        <a href="/register">{words.resume}</a>
      </p>
      <form method="get" action="/register">
        <input type="hidden" name="lang" value={language} />
        <TextField
          name="postcode"
          label={words.labels.postcode}
          fault={says === "noRegion" ? words.noRegion : undefined}
          isAlert
          inputmode="numeric"
          autocomplete="postal-code"
          pattern="[1-9][0-9]{3}"
          maxlength={4}
          required
          value={postcode}
          class="short"
        />
        <Submit choices={[{ says: words.goOn }]} />
      </form>
      <p>{words.order}</p>
      <p>
        <a href={`/my-place?lang=${language}`}>{words.already}</a>
      </p>
    </RegisterFrame>
  );
};

/** One region: what it says before anything is filled in, and its form. */
export const FormPage = ({ filled }: { filled: Filled }) => {
  const { language, asked, form, says } = filled;
  const words = texts[language].register;
  const { region } = asked;
  const postcode = form.get("postcode") ?? "";
  const isBegun = says !== undefined;
  return (
    <RegisterFrame
      language={language}
      query={`&region=${region.id}&postcode=${encodeURIComponent(postcode)}`}
    >
      <h1>
        <small>{words.list}</small> {region.name[language]}
      </h1>
      {isBegun ? (
        <Summary filled={filled} />
      ) : (
        <Intro language={language} asked={asked} postcode={postcode} />
      )}
      <h2>{words.form}</h2>
      <RegionForm filled={filled} />
      <Waiting language={language} />
    </RegisterFrame>
  );
};

/** What is said above the form, with a way to each field that is wrong. */
const Summary = ({ filled: { language, says, faults } }: { filled: Filled }) => {
  const words = texts[language].register;
  return (
    <div class="notice bad" role="alert" tabindex={-1} data-says>
      <p>{says}</p>
      {faults && faults.size > 0 && (
        <ul>
          {[...faults].map((field) => (
            <li>
              <a href={`#${field}`}>{words.labels[field]}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

/** On the list. Where a script runs, the address becomes that of their place, which can be opened again. */
export const DonePage = ({ language, token }: { language: Language; token: string }) => {
  const words = texts[language].register;
  return (
    <RegisterFrame
      language={language}
      aside={<InLanguages language={language} path="/my-place" held={{ link: token, new: "yes" }} />}
    >
      <h1 tabindex={-1} data-says>
        {words.done}
      </h1>
      <p class="notice good">{words.doneMore}</p>
      <h2>{words.next}</h2>
      <ol>
        {words.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <form method="post" action={`/my-place?lang=${language}`}>
        <input type="hidden" name="link" value={token} />
        <Submit choices={[{ says: words.mine }]} />
      </form>
      <p class="quiet">
        {words.keepLink}{" "}
        <a href={`/my-place?lang=${language}#${token}`} data-own>
          {words.mine}
        </a>
      </p>
    </RegisterFrame>
  );
};
