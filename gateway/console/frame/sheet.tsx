import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "./layout.tsx";

type Sheet = PropsWithChildren<{
  title: string;
  language: Language;
  scripts?: string[];
  languageTo?(language: Language): string;
  /** In its place where the page holds somebody's link, which no address may. */
  aside?: unknown;
}>;

/** A page about one matter of somebody's, and nothing beside it. */
export const Sheet = ({ title, language, scripts, languageTo, aside, children }: Sheet) => (
  <Layout
    title={title}
    language={language}
    scripts={scripts}
    languageTo={languageTo}
    aside={aside}
    style="volunteers.css"
    room="answer register"
  >
    {children}
  </Layout>
);
