import type { Erasure, OpenErasure } from "../../../schema/erasure.ts";
import type { LetterCount } from "../../../schema/letters.ts";
import type { Region } from "../../../schema/region.ts";
import type { RetentionPreview } from "../../../schema/retention.ts";
import { ofNumbers, Table } from "../frame/table.tsx";
import { wordFor } from "../texts/word-for.ts";
import { type Desk, nameOf } from "./desk.ts";
import { Short } from "./moments.tsx";
import { Act } from "./parts.tsx";

/* What is kept of people and for how long, who is being forgotten, and how many letters leave. Nobody is named. */

export const inRegion = (desk: Desk, regions: Region[], id: string): string => {
  const region = regions.find((each) => each.id === id);
  return region ? nameOf(desk, region) : id;
};

type Part = { desk: Desk; regions: Region[] };

export const Due = ({ desk, regions, preview }: Part & { preview?: RetentionPreview }) => {
  const { kept } = desk.words;
  if (!preview) return <p class="quiet">{kept.cannot}</p>;
  if (preview.items.length === 0) return <p class="quiet">{kept.nothingDue}</p>;
  return (
    <Table caption={kept.dueTitle} columns={[kept.what, kept.region, ofNumbers(kept.count), kept.since]}>
      {preview.items.map(({ region, kind, count, earliest }) => (
        <tr>
          <th scope="row">{kept.kinds[kind]}</th>
          <td>{inRegion(desk, regions, region)}</td>
          <td class="number">{desk.number(count)}</td>
          <td>
            <Short desk={desk} at={earliest} />
          </td>
        </tr>
      ))}
    </Table>
  );
};

export const Erasures = ({ desk, regions, erasures }: Part & { erasures?: Erasure[] }) => {
  const { kept } = desk.words;
  if (!erasures) return <p class="quiet">{kept.cannot}</p>;
  if (erasures.length === 0) return <p class="quiet">{kept.noErasures}</p>;
  return (
    <Table caption={kept.erasuresTitle} columns={[kept.asked, kept.region, kept.receipts]}>
      {erasures.map((erasure) => (
        <tr>
          <th scope="row">
            <a href={desk.to(`/agency/kept/${erasure.id}`)}>
              <Short desk={desk} at={erasure.askedAt} />
            </a>
          </th>
          <td>{inRegion(desk, regions, erasure.region)}</td>
          <td>
            {erasure.receipts.map(({ platform, state }) => `${platform}: ${kept.states[state]}`).join(", ") ||
              "–"}
          </td>
        </tr>
      ))}
    </Table>
  );
};

export const Letters = ({ desk, regions, counts }: Part & { counts?: LetterCount[] }) => {
  const { kept } = desk.words;
  if (!counts || counts.length === 0) return <p class="quiet">{counts ? kept.noLetters : kept.cannot}</p>;
  return (
    <Table caption={kept.lettersTitle} columns={[kept.region, kept.became, ofNumbers(kept.count)]}>
      {counts.map(({ region, became, about, count }) => (
        <tr>
          <th scope="row">{inRegion(desk, regions, region)}</th>
          <td>
            {kept.letters[became]}
            {about && ` (${wordFor(kept.about, about)})`}
          </td>
          <td class="number">{desk.number(count)}</td>
        </tr>
      ))}
    </Table>
  );
};

export const Receipts = ({
  desk,
  erasure,
  canAct,
}: {
  desk: Desk;
  erasure: OpenErasure;
  canAct: boolean;
}) => {
  const { kept } = desk.words;
  return (
    <ul class="cards">
      {erasure.receipts.map(({ number, platform, what, state, at, tries, fault, reference }) => (
        <li class="card">
          <p>
            <strong>{platform}</strong> · {kept.things[what]} · {kept.states[state]}{" "}
            <Short desk={desk} at={at} />
          </p>
          <p class="hint">
            {desk.say(kept.tries, { n: tries })}
            {fault && ` · ${wordFor(desk.words.platforms.faults, fault)}`}
          </p>
          {reference && (
            <p>
              {kept.reference} <code>{reference}</code>
            </p>
          )}
          {canAct && state === "by-hand" && (
            <Act
              to={desk.to(`/agency/kept/${erasure.id}`)}
              value={String(number)}
              says={kept.done}
              about={platform}
            />
          )}
        </li>
      ))}
    </ul>
  );
};
