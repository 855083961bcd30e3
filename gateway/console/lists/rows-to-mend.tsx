import type { CellToMend, RowToMend } from "../../../schema/work.ts";
import { TextField, Tick } from "../frame/field.tsx";
import { momentIn } from "../texts/say.ts";
import { knownWord, wordFor } from "../texts/word-for.ts";
import type { ListDesk } from "./desk.ts";
import type { OneList } from "./list-work-page.tsx";

/** So many at a time: one sees the end of it, and what was typed is sent before much can be lost. */
export const rowsAtOnce = 20;

/** What a column means, in the reader's language; as the adapter calls it where we have no word for it. */
export const fieldName = ({ words }: Pick<ListDesk, "words">, field: string): string =>
  wordFor(words.field, field);

const remedyFor = ({ words }: ListDesk, { field, fault = "" }: CellToMend): string =>
  knownWord(words.remedy, field) ?? fault;

type One = { desk: ListDesk; row: RowToMend };

const Cell = ({ desk, row, cell }: One & { cell: CellToMend }) => {
  const id = `r${row.row}-${cell.field}`;
  const says =
    row.twiceOf === undefined
      ? remedyFor(desk, cell)
      : desk.say(desk.words.import.twice, { n: String(row.twiceOf) });
  return (
    <TextField
      id={id}
      name={`${row.row}.${cell.field}`}
      label={fieldName(desk, cell.field)}
      fault={says}
      value={cell.text}
      autocomplete="off"
      aria-invalid="true"
    />
  );
};

const Row = ({ desk, row }: One) => {
  const { words, say } = desk;
  const fine = row.cells.filter(({ fault, text }) => fault === undefined && text !== "");
  const wrong = row.cells.filter(({ fault }) => fault !== undefined);
  return (
    <tr>
      <th scope="row">{say(words.import.row, { n: String(row.row) })}</th>
      <td>
        <dl class="as-read">
          {fine.map(({ field, text }) => (
            <div>
              <dt>{fieldName(desk, field)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </td>
      <td>
        <input type="hidden" name="row" value={row.row} />
        {wrong.map((cell) => (
          <Cell desk={desk} row={row} cell={cell} />
        ))}
        <Tick name={`${row.row}.leave-out`} value="yes">
          {words.import.leaveOut}
        </Tick>
      </td>
    </tr>
  );
};

/** Rows that were refused: what is wrong with each can be mended where it stands. */
export const RowsToMend = ({ desk, centre, work, rows }: OneList) => {
  const { words, say, to, language } = desk;
  const shown = rows.slice(0, rowsAtOnce);
  const more = rows.length - shown.length;
  const time = work.keptUntil ? momentIn(language, work.keptUntil) : "";
  return (
    <section aria-labelledby="mend">
      <h2 id="mend">{words.import.mend}</h2>
      <p>{say(words.import.mendWhy, { time })}</p>
      <form method="post" action={to(`/staff/centres/${centre.id}/list/${work.id}/rows`)}>
        <table class="mend">
          <thead>
            <tr>
              <th scope="col">{say(words.import.row, { n: "" })}</th>
              <th scope="col">{words.import.asRead}</th>
              <th scope="col">{words.import.toMend}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row desk={desk} row={row} />
            ))}
          </tbody>
        </table>
        {more > 0 && <p class="quiet">{say(words.import.more, { n: more })}</p>}
        <button type="submit">{words.import.again}</button>
      </form>
    </section>
  );
};
