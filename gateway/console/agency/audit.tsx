import type { AuditLine, AuditPage as Lines } from "../../../schema/audit.ts";
import type { Region } from "../../../schema/region.ts";
import { type Option, Select, TextField } from "../frame/field.tsx";
import { knownWord, wordFor } from "../texts/word-for.ts";
import { type Answered, type Desk, nameOf } from "./desk.ts";
import { AgencyPage, Missing } from "./frame.tsx";
import { Short } from "./moments.tsx";

export type Asked = {
  region: string;
  from: string;
  until: string;
  event: string;
  actor: string;
  subject: string;
};

const kinds = [
  "announcement",
  "surplus",
  "invitation",
  "booking",
  "volunteer",
  "pair",
  "policy",
  "binding",
  "bindings",
  "campaign",
  "platform",
  "reading",
  "roster",
  "list",
  "erasure",
  "retention",
  "message",
  "key",
] as const;

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

const Line = ({ desk, asked, line }: { desk: Desk; asked: Asked; line: AuditLine }) => {
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

type Search = { desk: Desk; asked: Asked; regions: Region[]; seesNone: boolean; faults: ReadonlySet<string> };

const SearchForm = ({ desk, asked, regions, seesNone, faults }: Search) => {
  const { audit } = desk.words;
  const text = (name: "from" | "until" | "subject", type: string) => (
    <TextField
      id={`a-${name}`}
      name={name}
      label={audit.fields[name]}
      fault={faults.has(name) ? audit.faults[name] : undefined}
      type={type}
      value={asked[name]}
      autocomplete="off"
    />
  );
  const select = (name: "region" | "event" | "actor", options: Option[]) => (
    <Select id={`a-${name}`} name={name} label={audit.fields[name]} options={options} chosen={asked[name]} />
  );
  const places: Option[] = [
    ...regions.map((region): Option => [region.id, nameOf(desk, region)]),
    ...(seesNone ? [["-", audit.noRegion] as const] : []),
  ];
  return (
    <form method="get" action="/agency/audit" class="search">
      {desk.query("lang") && <input type="hidden" name="lang" value={desk.language} />}
      <div class="fields">
        {select("region", places)}
        {text("from", "date")}
        {text("until", "date")}
        {select("event", [
          ["", audit.any],
          ...kinds
            .filter((kind) => kind in audit.kinds)
            .map((kind): Option => [kind, wordFor(audit.kinds, kind)]),
        ])}
        {select("actor", [
          ["", audit.anybody],
          ...(["volunteer", "gateway", "platform", "key"] as const).map(
            (kind): Option => [kind, audit.actors[kind]],
          ),
        ])}
        {text("subject", "text")}
      </div>
      <div class="choice short">
        <button type="submit" class="yes">
          {audit.search}
        </button>
      </div>
    </form>
  );
};

type Found = Search & { lines: Answered<Lines> };

/** What was decided, by whom and when: for whoever checks those who decide. */
export const AuditPage = ({ lines, ...search }: Found) => {
  const { desk, asked } = search;
  const { audit } = desk.words;
  const found = lines.ok ? lines.value : undefined;
  return (
    <AgencyPage desk={desk} title={audit.title}>
      <p class="lead">{audit.lead}</p>
      <SearchForm {...search} />
      {!lines.ok && search.faults.size === 0 && <Missing desk={desk} code={lines.code} />}
      {found && (
        <>
          <h2>{desk.say(audit.found, { n: found.items.length })}</h2>
          {found.signed && (
            <p class="hint">
              {desk.say(audit.signed, { n: found.signed.number })} <Short desk={desk} at={found.signed.at} />.{" "}
              {audit.verify}
            </p>
          )}
          <ol class="audit">
            {found.items.map((line) => (
              <Line desk={desk} asked={asked} line={line} />
            ))}
          </ol>
          {found.items.length === 0 && !found.next && <p class="notice">{audit.none}</p>}
          {found.next && (
            <p>
              {found.searchedTo && (
                <span class="hint">
                  {audit.searchedTo} <Short desk={desk} at={found.searchedTo} />{" "}
                </span>
              )}
              <a class="button other" href={desk.to("/agency/audit", { ...asked, cursor: found.next })}>
                {desk.words.older}
              </a>
            </p>
          )}
          <p class="hint">{audit.export}</p>
        </>
      )}
    </AgencyPage>
  );
};
