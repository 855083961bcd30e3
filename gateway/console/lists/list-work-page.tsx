import type { Centre } from "../../../schema/region.ts";
import type { RowToMend, Work } from "../../../schema/work.ts";
import { isGoing, Progress } from "../frame/progress.tsx";
import { type Notice, Said } from "../frame/said.tsx";
import { Table } from "../frame/table.tsx";
import { momentIn, timeIn } from "../texts/say.ts";
import type { ListDesk } from "./desk.ts";
import { ListPage } from "./frame.tsx";
import { fieldName, RowsToMend } from "./rows-to-mend.tsx";

export type OneList = {
  desk: ListDesk;
  centre: Centre;
  work: Work;
  rows: RowToMend[];
  notice?: Notice;
};

const wayTo = ({ desk, centre, work }: OneList, act: string) =>
  desk.to(`/staff/centres/${centre.id}/list/${work.id}/${act}`);

/** What would be read, before anything is. */
const Preview = (given: OneList) => {
  const { desk, work } = given;
  const { words, say, language } = desk;
  const { rows = 0, refused = 0, columns = [] } = work.read ?? {};
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">{words.import.preview}</h2>
      <p class="lead">{say(words.import.can, { n: rows })}</p>
      {refused > 0 && <p class="notice">{say(words.import.wrong, { n: refused })}</p>}
      <div class="choices">
        <form method="post" action={wayTo(given, "start")}>
          <button type="submit">{say(words.import.begin, { n: rows })}</button>
        </form>
        <form method="post" action={wayTo(given, "cancel")}>
          <button type="submit" class="other">
            {words.import.rather}
          </button>
        </form>
      </div>
      <h3>{words.import.columns}</h3>
      <Table caption={words.import.columns} columns={[words.import.heading, words.import.means]}>
        {columns.map(({ field, column }) => (
          <tr>
            <th scope="row">{column}</th>
            <td>{fieldName(desk, field)}</td>
          </tr>
        ))}
      </Table>
      <p class="quiet">
        {words.import.others}
        {work.keptUntil && ` ${say(words.import.keeps, { time: timeIn(language, work.keptUntil) })}`}
      </p>
    </section>
  );
};

const counted = ["added", "changed", "unchanged", "left", "notUsable"] as const;

const Result = ({ desk: { words, say }, work: { result } }: OneList) =>
  result ? (
    <section aria-labelledby="result">
      <h2 id="result">{words.import.result}</h2>
      <dl class="counts">
        {counted.map((name) => (
          <div>
            <dt>{words.import[name]}</dt>
            <dd>{say("{n, number}", { n: result[name] })}</dd>
          </div>
        ))}
      </dl>
    </section>
  ) : null;

/** Why it ended otherwise than it was meant to. */
const endOf = ({ desk: { words }, work: { state, fault } }: OneList): string | undefined => {
  if (fault === "not-started") return words.import.notStarted;
  if (fault === "took-too-long") return words.import.tooLong;
  if (fault === "platform-gone") return words.import.gone;
  return state === "cancelled" ? words.import.stopped : undefined;
};

const TakeFile = (given: OneList) => {
  const { desk, work } = given;
  const { words, say, language } = desk;
  if (!work.hasFile) return <p class="notice">{words.export.taken}</p>;
  const time = work.keptUntil ? timeIn(language, work.keptUntil) : "";
  return (
    <form method="post" action={wayTo(given, "file")}>
      <p class="notice good">{say(words.export.ready, { time })}</p>
      <button type="submit">{words.export.take}</button>
    </form>
  );
};

const Going = (given: OneList) => {
  const { desk, centre, work } = given;
  const { words, language, to } = desk;
  return (
    <section>
      <Progress language={language} work={work} names="title" />
      <p class="quiet">{words.work.why}</p>
      <div class="choices">
        <a class="button other" href={to(`/staff/centres/${centre.id}/list/${work.id}`)}>
          {words.work.refresh}
        </a>
        {work.mayCancel && (
          <form method="post" action={wayTo(given, "cancel")}>
            <button type="submit" class="other">
              {words.work.cancel}
            </button>
          </form>
        )}
      </div>
    </section>
  );
};

/** One list that came in, or goes out: before, while, and after. */
export const ListWork = (given: OneList) => {
  const { desk, centre, work, rows, notice } = given;
  const { words, to, language } = desk;
  const isImport = work.kind === "import";
  const title = isImport ? words.import.title : words.export.title;
  const ended = endOf(given);
  return (
    <ListPage desk={desk} title={title} at="list" centre={centre.id} scripts={["follow.js"]}>
      <p>
        <a href={to(`/staff/centres/${centre.id}/list`)}>{words.list.back}</a>
      </p>
      <h1 id="title">
        {title}
        <small>
          {centre.name}
          {work.orderedAt && `, ${momentIn(language, work.orderedAt)}`}
        </small>
      </h1>
      <Said notice={notice} />
      <div data-follow={isGoing(work) ? "on" : "off"} id="list-work">
        {work.state === "proposed" && <Preview {...given} />}
        {isGoing(work) && <Going {...given} />}
        {ended && <p class="notice">{ended}</p>}
        {isImport && !isGoing(work) && work.state !== "proposed" && <Result {...given} />}
        {work.state === "done" && !isImport && <TakeFile {...given} />}
        {rows.length > 0 && !isGoing(work) && <RowsToMend {...given} />}
      </div>
    </ListPage>
  );
};
