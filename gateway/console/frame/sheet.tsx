import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "./layout.tsx";

type Sheet = PropsWithChildren<{
  title: string;
  language: Language;
  scripts?: string[];
  languageTo?(language: Language): string;
}>;

/** A page about one matter of somebody's, and nothing beside it. */
export const Sheet = ({ title, language, scripts, languageTo, children }: Sheet) => (
  <Layout {...{ title, language, scripts, languageTo, styles: ["volunteers.css"], room: "answer register" }}>
    {children}
  </Layout>
);
