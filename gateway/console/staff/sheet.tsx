import { stringify } from "csv-stringify/sync";
import type { Evening } from "../../../schema/evening.ts";
import type { Centre } from "../../../schema/region.ts";
import type { Expected } from "../../../schema/surplus.ts";
import { Table } from "../frame/table.tsx";
import { birthIn, momentIn, timeIn } from "../texts/say.ts";
import type { Desk } from "./desk.ts";
import { StaffPage } from "./frame.tsx";
import { isExpected, nameOf } from "./person.tsx";

/* Who is coming, on paper and as a file. Either names people, and the audit has each who was shown. */

const checksOf = ({ words }: Desk, { declared, card }: Expected): string =>
  card ? words.card.outcome[card.outcome] : declared.map((what) => words.person.what[what]).join(", ");

type Sheet = { desk: Desk; centre: Centre; evening: Evening };

export const SheetPage = ({ desk, centre, evening }: Sheet) => {
  const { words, say, to, language } = desk;
  const coming = evening.expected.filter(isExpected);
  return (
    <StaffPage desk={desk} title={words.sheet.title} centre={centre.id} scripts={["staff.js"]}>
      <h1>
        <small>{centre.name}</small>
        {words.sheet.title}
      </h1>
      <p>
        {say(words.sheet.asOf, { moment: momentIn(language, evening.at) })}{" "}
        <button type="button" class="plain scripted" data-print>
          {words.sheet.print}
        </button>
      </p>
      {coming.length === 0 ? (
        <p class="quiet">{words.sheet.nobody}</p>
      ) : (
        <Table
          kind="sheet"
          caption={words.sheet.title}
          columns={[
            words.sheet.time,
            words.sheet.name,
            words.sheet.born,
            words.sheet.check,
            words.sheet.came,
          ]}
        >
          {coming.map((person) => (
            <tr>
              <td>{timeIn(language, person.booking.at)}</td>
              <th scope="row">{nameOf(desk, person)}</th>
              <td>{person.birthDate && birthIn(language, person.birthDate)}</td>
              <td>{checksOf(desk, person)}</td>
              <td>
                <span class="box" />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <p class="quiet">{words.sheet.keep}</p>
      <p class="way-back">
        <a href={to(`/staff/centres/${centre.id}`)}>{words.announce.back}</a>
      </p>
    </StaffPage>
  );
};

/** With a mark of its encoding, by which spreadsheets know it; none of what is written there is a formula. */
export const fileOf = ({ desk, evening }: Omit<Sheet, "centre">): string => {
  const { words, language } = desk;
  const { time, name, born, check, state } = words.sheet;
  return stringify(
    evening.expected.map((person) => [
      timeIn(language, person.booking.at),
      nameOf(desk, person),
      person.birthDate ? birthIn(language, person.birthDate) : "",
      checksOf(desk, person),
      words.person.state[person.booking.state],
    ]),
    {
      header: true,
      columns: [time, name, born, check, state],
      bom: true,
      delimiter: ";",
      escape_formulas: true,
    },
  );
};
