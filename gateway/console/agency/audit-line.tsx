import type { AuditLine } from "../../../schema/audit.ts";
import { knownWord } from "../texts/word-for.ts";
import type { Asked } from "./audit-search.tsx";
import type { Desk } from "./desk.ts";
import { Short } from "./moments.tsx";

/** What an event is about, by its first word, then what happened: the rest as the gateway writes it. */
const eventIn = (desk: Desk, event: string): string => {
  const { audit } = desk.words;
  const own = knownWord(audit.events, event.replaceAll(".", "_"));
  if (own) return own;
  const [kind = "", ...rest] = event.split(".");
  const about = knownWord(audit.kinds, kind);
  const told = rest.join(".");
  const what = knownWord(audit.what, told) ?? told.replaceAll("-", " ");
  return about ? desk.say(audit.kindLine, { kind: about, what }) : event;
};

const actorIn = (desk: Desk, { actor, actorKind }: AuditLine): string => {
  const { audit } = desk.words;
  return actorKind === "key" || actorKind === "platform"
    ? `${audit.actors[actorKind]} ${actor}`
    : audit.actors[actorKind];
};

const factText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : JSON.stringify(value);

const isReference = (text: unknown): text is string => typeof text === "string" && /^[\da-f]{24}$/.test(text);

const Reference = ({ desk, asked, reference }: { desk: Desk; asked: Asked; reference: string }) => (
  <a href={desk.to("/agency/audit", { region: asked.region, subject: reference })} title={reference}>
    <code>{reference.slice(0, 8)}…</code>
  </a>
);

/** One line: when, what, by whom, and below a tap all that is written of it. */
export const Line = ({ desk, asked, line }: { desk: Desk; asked: Asked; line: AuditLine }) => {
  const facts = Object.entries(line.facts);
  return (
    <li class="audit-line">
      <p>
        <Short desk={desk} at={line.at} /> <strong>{eventIn(desk, line.event)}</strong>
      </p>
      <p class="hint">
        {actorIn(desk, line)}
        {line.subject && (
          <>
            {" "}
            · {desk.words.audit.about} <Reference desk={desk} asked={asked} reference={line.subject} />
          </>
        )}{" "}
        · {desk.say(desk.words.audit.lineNumber, { n: line.number })}
      </p>
      {facts.length > 0 && (
        <details>
          <summary>{desk.words.audit.facts}</summary>
          <dl class="facts">
            <dt>{desk.words.audit.event}</dt>
            <dd>
              <code>{line.event}</code>
            </dd>
            {facts.map(([name, value]) => (
              <>
                <dt>{name}</dt>
                <dd>
                  {isReference(value) ? (
                    <Reference desk={desk} asked={asked} reference={value} />
                  ) : (
                    factText(value)
                  )}
                </dd>
              </>
            ))}
            <dt>{desk.words.audit.hash}</dt>
            <dd>
              <code>{line.hash}</code>
            </dd>
          </dl>
        </details>
      )}
    </li>
  );
};
