import type { Key } from "../../../schema/key.ts";
import type { Language } from "../../../schema/primitives.ts";
import { OwnLayout } from "../frame/own-layout.tsx";
import { Said } from "../frame/said.tsx";
import { Submit } from "../frame/submit.tsx";
import { Table } from "../frame/table.tsx";
import type { Session } from "../sign-in/guard.tsx";
import { dayIn, say } from "../texts/say.ts";
import { signInTexts } from "../texts/sign-in/words.ts";
import { whoMayTexts } from "../texts/who-may/words.ts";
import { type KeyFaults, KeyForm, type Places, type TypedKey } from "./key-form.tsx";

type Own = { language: Language; session: Session };
type Given = Own & {
  keys: Key[];
  places: Places;
  typed?: TypedKey;
  faults?: KeyFaults & { all?: string };
  ended?: string;
};

const reachOf = ({ regions, centres }: Key, places: Places, language: Language): string => {
  const inRegions = regions.map((id) => places.regions.find((each) => each.id === id)?.name[language] ?? id);
  const inCentres = centres.map((id) => places.centres.find((each) => each.id === id)?.name ?? id);
  const all = inCentres.length > 0 ? inCentres : inRegions;
  return all.length === 0 ? whoMayTexts[language].keys.everywhere : all.join(", ");
};

const Keys = ({ keys, places, language }: Pick<Given, "keys" | "places" | "language">) => {
  const { title, columns, end } = whoMayTexts[language].keys;
  return (
    <Table caption={title} columns={[columns.label, columns.role, columns.reach, columns.since, columns.end]}>
      {keys.map((key) => (
        <tr>
          <th scope="row">{key.label}</th>
          <td>{signInTexts[language].role[key.role]}</td>
          <td>{reachOf(key, places, language)}</td>
          <td>{dayIn(language, key.issuedAt)}</td>
          <td>
            <a href={`/who-may/keys/${key.label}/end?lang=${language}`}>
              {say(language, end, { label: key.label })}
            </a>
          </td>
        </tr>
      ))}
    </Table>
  );
};

/** The keys that are valid, and the form for another. */
export const KeysPage = ({ language, session, keys, places, typed, faults = {}, ended }: Given) => {
  const words = whoMayTexts[language].keys;
  return (
    <OwnLayout title={words.title} language={language} session={session} path="/who-may/keys" width="wide">
      <h1>{words.title}</h1>
      <Said notice={ended ? { says: say(language, words.ended, { label: ended }) } : undefined} />
      <Said notice={faults.all ? { says: faults.all, bad: true } : undefined} />
      <p class="lead">{words.lead}</p>
      {keys.length === 0 ? <p>{words.none}</p> : <Keys keys={keys} places={places} language={language} />}
      <h2 id="make">{words.make}</h2>
      <KeyForm language={language} places={places} typed={typed} faults={faults} />
    </OwnLayout>
  );
};

/** The one time that a key is shown. */
export const KeyMadePage = ({ language, session, label, made }: Own & { label: string; made: string }) => {
  const { made: words } = whoMayTexts[language].keys;
  return (
    <OwnLayout title={words.title} language={language} session={session} path="/who-may/keys">
      <h1>{words.title}</h1>
      <p class="notice">{words.once}</p>
      <div class="field">
        <label for="made">{say(language, words.key, { label })}</label>
        <textarea id="made" readonly rows={2} spellcheck={false}>
          {made}
        </textarea>
      </div>
      <p>
        <a class="button" href={`/who-may/keys?lang=${language}`}>
          {words.goOn}
        </a>
      </p>
    </OwnLayout>
  );
};

/** Asks once more before a key is ended. */
export const EndKeyPage = ({ language, session, label, fault }: Own & { label: string; fault?: string }) => {
  const { ending: words } = whoMayTexts[language].keys;
  return (
    <OwnLayout title={words.title} language={language} session={session} path={`/who-may/keys/${label}/end`}>
      <h1>{words.title}</h1>
      <Said notice={fault ? { says: fault, bad: true } : undefined} />
      <p>{say(language, words.say, { label })}</p>
      <form method="post" action={`/who-may/keys/${label}/end?lang=${language}`}>
        <Submit choices={[{ says: words.yes, danger: true }]} />
      </form>
      <p>
        <a href={`/who-may/keys?lang=${language}`}>{words.no}</a>
      </p>
    </OwnLayout>
  );
};
