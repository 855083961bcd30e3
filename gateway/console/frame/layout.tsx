import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { texts } from "../texts/texts.ts";
import { asset } from "./assets.ts";
import { Languages } from "./languages.tsx";

/** A dose in its vial: the page's icon, within the page, so that no request is made for it. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='13' fill='%230f766e'/%3E%3Cpath d='M9 17l5 5 9-11' fill='none' stroke='white' stroke-width='3.4' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

export type Frame = PropsWithChildren<{
  title: string;
  language: Language;
  /** Names in `assets/`. */
  scripts?: string[];
  /** Of its room, in `assets/`; what all pages share is in it. */
  style?: string;
  /** `narrow`: a page that is read and filled in; `wide`: one that is looked over. */
  width?: "narrow" | "wide";
  /** Links of its head, for those who come here to work. */
  nav?: { to: string; says: string; current?: boolean }[];
  /** Where the same page lies in another language; absent where it has only one. */
  languageTo?(language: Language): string;
  /** Beside the links: who is signed in. */
  aside?: unknown;
  /** Of the main part, for the styles of its room. */
  room?: string;
}>;

/** So many links fill more of a telephone than what one came for: there they stand at the foot of the page. */
const isLong = ({ nav = [] }: Pick<Frame, "nav">): boolean => nav.length > 5;

const Links = ({ nav = [] }: Pick<Frame, "nav">) =>
  nav.map(({ to, says, current }) => (
    <a href={to} aria-current={current ? "page" : undefined}>
      {says}
    </a>
  ));

const Head = ({ language, nav = [], languageTo, aside }: Frame) => {
  const words = texts[language].frame;
  return (
    <header class={isLong({ nav }) ? "top long" : "top"}>
      <a class="brand" href="/">
        everydose
      </a>
      {isLong({ nav }) && (
        <a class="to-pages" href="#pages">
          {words.pages}
        </a>
      )}
      {nav.length > 0 && (
        <nav aria-label={words.pages}>
          <Links nav={nav} />
        </nav>
      )}
      <div class="aside">
        {aside}
        {languageTo && <Languages language={language} to={languageTo} />}
      </div>
    </header>
  );
};

const Foot = ({ language, nav }: Pick<Frame, "language" | "nav">) => {
  const words = texts[language].frame;
  return (
    <footer class="foot">
      {isLong({ nav }) && (
        <nav id="pages" class="pages" aria-label={words.pages} tabindex={-1}>
          <Links nav={nav} />
        </nav>
      )}
      <a href={`/?lang=${language}`}>{words.home}</a>
      <a href={`/my-data?lang=${language}`}>{words.data}</a>
      <a href="/docs">{words.api}</a>
    </footer>
  );
};

/** What stands around every page. */
export const Layout = (given: Frame) => {
  const { title, language, scripts = [], style = "style.css", width = "narrow", room, children } = given;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === "everydose" ? title : `${title} · everydose`}</title>
        <link rel="icon" href={icon} />
        <link rel="stylesheet" href={asset(style)} />
        {scripts.map((script) => (
          <script type="module" src={asset(script)} />
        ))}
      </head>
      <body class={width}>
        {/* Not where there is nothing to skip: a fragment may hold somebody's token. */}
        {given.nav && (
          <a class="skip" href="#main">
            {texts[language].frame.skip}
          </a>
        )}
        <Head {...given} />
        <main id="main" class={room} tabindex={-1}>
          {children}
        </main>
        <Foot language={language} nav={given.nav} />
      </body>
    </html>
  );
};
