import type { Evening } from "../../../schema/evening.ts";
import type { Centre } from "../../../schema/region.ts";
import type { Expected } from "../../../schema/surplus.ts";
import { type Notice, Said } from "../frame/said.tsx";
import { timeIn } from "../texts/say.ts";
import type { Desk } from "./desk.ts";
import { Doses } from "./doses.tsx";
import { StaffPage } from "./frame.tsx";
import { isExpected, Person } from "./person.tsx";

/* The board of a centre's evening: whole at first, then the parts that changed. */

type Board = { desk: Desk; centre: Centre; evening: Evening; notice?: Notice };

const People = ({
  desk,
  centre,
  people,
  list,
}: {
  desk: Desk;
  centre: string;
  people: readonly Expected[];
  list: "coming" | "past";
}) => (
  <ul class="people" data-people={list}>
    {people.map((person) => (
      <Person desk={desk} centre={centre} person={person} />
    ))}
  </ul>
);

/** Whether the board is live, in the words that the script chooses from; without one, as of when it stands. */
const Mark = ({ desk: { words, say, to, language }, centre, evening }: Omit<Board, "notice">) => (
  <p
    class="live"
    data-mark="still"
    data-yes={words.board.live}
    data-waiting={words.board.waiting}
    data-old={say(words.board.old, { time: "{time}" })}
    role="status"
  >
    <span data-says>{say(words.board.still, { time: timeIn(language, evening.at) })}</span>{" "}
    <a href={to(`/staff/centres/${centre.id}`)} data-reload>
      {words.board.reload}
    </a>
  </p>
);

export const BoardPage = ({ desk, centre, evening, notice }: Board) => {
  const { words, to, language } = desk;
  const here = `/staff/centres/${centre.id}`;
  const isOn = (person: Expected) => isExpected(person);
  const coming = evening.expected.filter(isOn);
  const past = evening.expected.filter((person) => !isOn(person));
  return (
    <StaffPage desk={desk} title={centre.name} centre={centre.id} scripts={["board.js"]}>
      <div
        class="board"
        id="board"
        data-live={to(`${here}/live`, { after: evening.position })}
        data-now={evening.at}
        data-language={language}
      >
        <div class="board-head">
          <h1>
            <small>{words.board.title}</small>
            {centre.name}
          </h1>
          <Mark desk={desk} centre={centre} evening={evening} />
          <a class="button" href={to(`${here}/announce`)}>
            {words.centres.announce}
          </a>
        </div>
        <Said notice={notice} />
        <div class="board-parts">
          <section class="announced" aria-label={words.announce.title}>
            <p class="none" data-none="announced" hidden={evening.changed.length > 0}>
              {words.board.none}
            </p>
            <div data-surpluses>
              {evening.changed.map((open) => (
                <Doses desk={desk} centre={centre.id} open={open} />
              ))}
            </div>
          </section>
          <section class="coming">
            <div class="list-head">
              <h2>
                {words.board.coming}{" "}
                <span class="total" data-total="coming">
                  {coming.length}
                </span>
              </h2>
              <p class="ways">
                <a href={to(`${here}/sheet`)}>{words.board.print}</a>
                <a href={to(`${here}/coming.csv`)} download>
                  {words.board.export}
                </a>
              </p>
            </div>
            <p class="quiet" data-none="coming" hidden={coming.length > 0}>
              {words.board.nobody}
            </p>
            <People desk={desk} centre={centre.id} people={coming} list="coming" />
            <details class="past" id="past">
              <summary>
                {words.board.past}{" "}
                <span class="total" data-total="past">
                  {past.length}
                </span>
              </summary>
              <People desk={desk} centre={centre.id} people={past} list="past" />
            </details>
          </section>
        </div>
      </div>
    </StaffPage>
  );
};

/** What changed of the board, as parts of it. */
export const Changes = ({ desk, evening }: { desk: Desk; evening: Evening }) => (
  <div data-now={evening.at} data-evening={evening.surpluses.join(" ")}>
    {evening.changed.map((open) => (
      <Doses desk={desk} centre={evening.centre} open={open} />
    ))}
    {evening.expected.map((person) => (
      <Person desk={desk} centre={evening.centre} person={person} />
    ))}
  </div>
);
