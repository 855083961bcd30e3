import type { Permission } from "../../../schema/caller.ts";
import type { KeyRole } from "../../../schema/key.ts";
import type { Language } from "../../../schema/primitives.ts";
import { OwnLayout } from "../frame/own-layout.tsx";
import type { Session } from "../sign-in/guard.tsx";
import { signInTexts } from "../texts/sign-in/words.ts";
import { type WhoMayWords, whoMayTexts } from "../texts/who-may/words.ts";
import { wordFor } from "../texts/word-for.ts";

type Whoever = KeyRole | keyof WhoMayWords["others"];

/** In the order in which an evening meets them. */
const roles: KeyRole[] = [
  "staff",
  "lead",
  "agency",
  "operator",
  "auditor",
  "helper",
  "reporting",
  "platform",
];
const others = ["volunteer", "signedPlatform", "anybody"] as const;

const One = ({
  who,
  table,
  language,
  open,
}: {
  who: Whoever;
  table: Permission[];
  language: Language;
  open: boolean;
}) => {
  const words = whoMayTexts[language];
  const lines = table.flatMap(({ id, why, who: allowed }) => {
    const howFar = allowed[who];
    return howFar === undefined
      ? []
      : [{ id, says: words.may[id] ?? why, howFar: wordFor(words.howFar, howFar) }];
  });
  const named = { ...signInTexts[language].role, ...words.others }[who];
  return (
    <details open={open} id={who}>
      <summary>{named}</summary>
      {lines.length === 0 && <p class="quiet">{words.nothing}</p>}
      <ul>
        {lines.map(({ says, howFar }) => (
          <li>
            {says} <small>({howFar})</small>
          </li>
        ))}
      </ul>
    </details>
  );
};

type Given = { language: Language; session: Session; table: Permission[] };

/** The table by which the gateway decides, in plain words; one's own line of it is open. */
export const WhoMayPage = ({ language, session, table }: Given) => {
  const words = whoMayTexts[language];
  const own = session.caller.role;
  return (
    <OwnLayout title={words.title} language={language} session={session} path="/who-may" room="who-may">
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {session.may("GET /v1/keys") && (
        <p>
          <a href={`/who-may/keys?lang=${language}`}>{words.keys.title}</a>
        </p>
      )}
      {[...roles, ...others].map((who) => (
        <One who={who} table={table} language={language} open={who === own} />
      ))}
    </OwnLayout>
  );
};
