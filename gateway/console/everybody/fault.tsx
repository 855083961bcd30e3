import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "../frame/layout.tsx";
import { say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";

export type Fault = "missing" | "busy" | "refused" | "failed";

type Shown = { language: Language; fault: Fault; requestId?: string; again?: string };

/** What happened, in words that help, and a way on. `again`: an address that may be there in a moment. */
export const FaultPage = ({ language, fault, requestId, again }: Shown) => {
  const words = texts[language].fault;
  const { title, text } = words[fault];
  return (
    <Layout title={title} language={language}>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <ul class="ways">
        {again && (
          <li>
            <a href={again}>{words.again}</a>
          </li>
        )}
        <li>
          <a href={`/?lang=${language}`}>{words.home}</a>
        </li>
        <li>
          <a href={`/register?lang=${language}`}>{words.register}</a>
        </li>
      </ul>
      {requestId && fault === "failed" && (
        <p class="quiet">{say(language, words.number, { id: requestId })}</p>
      )}
    </Layout>
  );
};
