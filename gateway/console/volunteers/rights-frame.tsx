import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { Sheet } from "../frame/sheet.tsx";
import { Submit } from "../frame/submit.tsx";
import { texts } from "../texts/texts.ts";
import { InLanguages } from "./in-languages.tsx";

type Framed = PropsWithChildren<{ language: Language; script?: boolean; link?: string }>;
/** A page about what is held of somebody; where it was opened by a link, its languages carry that along. */
export const RightsFrame = ({ language, script, link, children }: Framed) => (
  <Sheet
    title={texts[language].rights.title}
    language={language}
    scripts={script ? ["my-data.js"] : []}
    languageTo={script ? (each) => `?lang=${each}` : undefined}
    aside={link && <InLanguages language={language} path="/my-data" held={{ link }} />}
  >
    {children}
  </Sheet>
);

export const Says = ({ says }: { says?: string }) =>
  says ? (
    <p class="notice" role="status">
      {says}
    </p>
  ) : null;

/** One button, and the link that it acts by. */
export const Action = ({
  to,
  link,
  says,
  erase,
}: {
  to: string;
  link: string;
  says: string;
  erase?: "ask" | "yes";
}) => (
  <form method="post" action={to}>
    <input type="hidden" name="link" value={link} />
    {erase && <input type="hidden" name="erase" value={erase} />}
    <Submit choices={[{ says, plain: erase === undefined, danger: erase !== undefined }]} />
  </form>
);
