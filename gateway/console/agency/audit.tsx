import type { AuditPage as Lines } from "../../../schema/audit.ts";
import { Line } from "./audit-line.tsx";
import { type Search, SearchForm } from "./audit-search.tsx";
import type { Answered } from "./desk.ts";
import { AgencyPage, Missing } from "./frame.tsx";
import { Short } from "./moments.tsx";

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
