import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "./layout.tsx";

type Sheet = PropsWithChildren<{ title: string; language: Language; scripts?: string[] }>;

/** A page about one matter of somebody's, and nothing beside it. */
export const Sheet = ({ title, language, scripts, children }: Sheet) => (
  <Layout title={title} language={language} scripts={scripts}>
    <main class="answer">
      <p class="brand">everydose</p>
      {children}
    </main>
  </Layout>
);
