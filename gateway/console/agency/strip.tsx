import type { PlatformHistory, PlatformHour } from "../../../schema/platform-history.ts";
import { ofNumbers, Table } from "../frame/table.tsx";
import { shortMomentIn } from "../texts/say.ts";
import { wordFor } from "../texts/word-for.ts";
import type { Desk } from "./desk.ts";
import { lasting, Short } from "./moments.tsx";

/* How a platform has been: a cell for each hour, which says the same in words, and the numbers in a table. */

const hourMs = 3_600_000;

type Seen = PlatformHour & { is: "none" | "good" | "some" | "bad" };

const seenIn = ({ hours, from, until }: PlatformHistory): Seen[] => {
  const by = new Map(hours.map((each) => [Date.parse(each.hour), each]));
  const all: Seen[] = [];
  for (let at = Date.parse(from); at <= Date.parse(until); at += hourMs) {
    const each = by.get(at);
    const hour = new Date(at).toISOString() as PlatformHour["hour"];
    const { calls = 0, failures = 0, backlog = 0, lastFault } = each ?? {};
    const is = calls === 0 ? "none" : failures === 0 ? "good" : failures < calls ? "some" : "bad";
    all.push({ hour, calls, failures, backlog, lastFault, is });
  }
  return all;
};

const inWords = (desk: Desk, { hour, calls, failures, backlog, is }: Seen): string =>
  desk.say(desk.words.platforms.hour, {
    at: shortMomentIn(desk.language, hour),
    is: desk.words.platforms.is[is],
    calls,
    failures,
    backlog,
  });

/** The last hours at one look, the newest on the right; what a cell is, its mark and its words say as well as its colour. */
export const Strip = ({ desk, history }: { desk: Desk; history: PlatformHistory }) => {
  const hours = seenIn(history).slice(-48);
  const { platforms } = desk.words;
  const calls = hours.reduce((sum, each) => sum + each.calls, 0);
  const failures = hours.reduce((sum, each) => sum + each.failures, 0);
  return (
    <figure class="strip">
      <ol aria-label={desk.say(platforms.lastHours, { n: hours.length })}>
        {hours.map((each) => (
          <li class={each.is} title={inWords(desk, each)}>
            <span class="unseen">{inWords(desk, each)}</span>
          </li>
        ))}
      </ol>
      <figcaption class="hint">{desk.say(platforms.sum, { n: hours.length, calls, failures })}</figcaption>
    </figure>
  );
};

export const Legend = ({ desk }: { desk: Desk }) => (
  <ul class="legend">
    {(["good", "some", "bad", "none"] as const).map((is) => (
      <li>
        <span class={`cell ${is}`} aria-hidden="true" /> {desk.words.platforms.is[is]}
      </li>
    ))}
  </ul>
);

/** The hours that saw something, the newest first. */
export const Hours = ({ desk, history }: { desk: Desk; history: PlatformHistory }) => {
  const { platforms } = desk.words;
  const rows = history.hours.toReversed();
  if (rows.length === 0) return <p class="quiet">{platforms.nothingYet}</p>;
  return (
    <Table
      caption={platforms.byHour}
      columns={[
        platforms.columns.hour,
        ofNumbers(platforms.columns.calls),
        ofNumbers(platforms.columns.failures),
        ofNumbers(platforms.columns.backlog),
        platforms.columns.fault,
      ]}
    >
      {rows.map((each) => (
        <tr>
          <th scope="row">
            <Short desk={desk} at={each.hour} />
          </th>
          <td class="number">{desk.number(each.calls)}</td>
          <td class="number">{desk.number(each.failures)}</td>
          <td class="number">{desk.number(each.backlog)}</td>
          <td>{each.lastFault && wordFor(platforms.faults, each.lastFault)}</td>
        </tr>
      ))}
    </Table>
  );
};

/** When it failed and came back, the newest first, and for how long it stayed so. */
export const Turns = ({ desk, history }: { desk: Desk; history: PlatformHistory }) => {
  const { platforms } = desk.words;
  const turns = history.turns.map((turn, nth) => ({
    ...turn,
    until: history.turns[nth + 1]?.at ?? history.until,
  }));
  if (turns.length === 0) return <p class="quiet">{platforms.noTurns}</p>;
  return (
    <ol class="turns">
      {turns.toReversed().map(({ at, state, fault, until }) => (
        <li>
          <span class={`badge ${state}`}>{platforms.states[state]}</span> <Short desk={desk} at={at} />{" "}
          <span class="quiet">
            {desk.say(platforms.lasted, {
              time: lasting(desk, (Date.parse(until) - Date.parse(at)) / 1000),
            })}
            {fault && ` · ${wordFor(platforms.faults, fault)}`}
          </span>
        </li>
      ))}
    </ol>
  );
};
