import type { PlatformState } from "../../../schema/platform.ts";
import type { PlatformHistory } from "../../../schema/platform-history.ts";
import type { Reconciliation } from "../../../schema/reconciliation.ts";
import type { Notice } from "../frame/said.tsx";
import { Table } from "../frame/table.tsx";
import { shortMomentIn } from "../texts/say.ts";
import { wordFor } from "../texts/word-for.ts";
import type { Answered, Desk } from "./desk.ts";
import { AgencyPage, Missing } from "./frame.tsx";
import { lasting, Short } from "./moments.tsx";
import { Act, Bar } from "./parts.tsx";
import { capability, StateOf } from "./platforms.tsx";
import { Hours, Legend, Strip, Turns } from "./strip.tsx";

const ReadingOf = ({ desk, platform }: { desk: Desk; platform: PlatformState }) => {
  const { reading } = platform;
  const words = desk.words.platforms.reading;
  if (!reading) return <p class="quiet">{words.none}</p>;
  const { done, total, secondsLeft, haltedAt, endedAt, verdict, missing = 0, listed = 0 } = reading;
  if (haltedAt && !endedAt) {
    const when = shortMomentIn(desk.language, haltedAt);
    return <p class="notice">{desk.say(words.rests, { when, done })}</p>;
  }
  if (!endedAt) {
    const left = secondsLeft === undefined ? "" : desk.say(words.left, { time: lasting(desk, secondsLeft) });
    const says = total === undefined ? desk.say(words.some, { done }) : desk.say(words.of, { done, total });
    return <Bar done={done} total={total ?? done} label={words.running} says={`${says} ${left}`} />;
  }
  return (
    <>
      <p>
        {desk.say(words.ended, { done })} <Short desk={desk} at={endedAt} />
      </p>
      {verdict && (
        <p class={verdict === "believed" ? "quiet" : "notice"}>
          {desk.say(words[verdict], { missing, listed })}
        </p>
      )}
    </>
  );
};

const Compared = ({ desk, account }: { desk: Desk; account?: Reconciliation }) => {
  const words = desk.words.platforms.compared;
  if (!account) return <p class="quiet">{words.none}</p>;
  const mended = Object.entries(account.mended);
  return (
    <>
      <p>
        {desk.say(words.counts, {
          compared: account.compared,
          equal: account.equal,
          inFlight: account.inFlight,
        })}{" "}
        <Short desk={desk} at={account.at} />
      </p>
      {mended.length > 0 && (
        <ul>
          {mended.map(([difference, count]) => (
            <li>
              {wordFor(words.differences, difference)}: {desk.say(words.mended, { n: count ?? 0 })}
            </li>
          ))}
        </ul>
      )}
      {account.reported.length > 0 && (
        <div class="notice bad">
          <p>{desk.say(words.reported, { n: account.reported.length })}</p>
          <ul>
            {account.reported.map(({ difference, fault, booking, externalRef }) => (
              <li>
                {words.differences[difference]} ({wordFor(desk.words.platforms.faults, fault)}){" "}
                <code>{booking ?? externalRef}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
};

const Drifts = ({ desk, platform }: { desk: Desk; platform: PlatformState }) => {
  const words = desk.words.platforms.drifts;
  if (platform.drifts.length === 0) return <p class="quiet">{words.none}</p>;
  return (
    <Table caption={words.title} columns={[words.where, words.documented, words.came, words.seen]}>
      {platform.drifts.map((drift) => (
        <tr>
          <th scope="row">
            {drift.operation}
            <br />
            <code>{drift.pointer || "/"}</code>
          </th>
          <td>{drift.documented}</td>
          <td>{drift.came}</td>
          <td>
            {desk.say(words.times, { n: drift.count })}, <Short desk={desk} at={drift.lastSeenAt} />
          </td>
        </tr>
      ))}
    </Table>
  );
};

type One = {
  desk: Desk;
  notice: Notice | undefined;
  platform: PlatformState;
  history: Answered<PlatformHistory>;
  account?: Reconciliation;
  days: number;
};

export const PlatformPage = ({ desk, notice, platform, history, account, days }: One) => {
  const words = desk.words.platforms;
  const here = `/agency/platforms/${platform.name}`;
  const can = (name: string) => platform.capabilities.some((each) => each === name);
  const { haltedAt, endedAt } = platform.reading ?? { endedAt: "" };
  const isOver = endedAt !== undefined;
  const [rests, isRunning] = [!isOver && haltedAt !== undefined, !isOver && haltedAt === undefined];
  const doubted = platform.reading?.verdict === "doubted" ? platform.reading.missing : undefined;
  return (
    <AgencyPage desk={desk} notice={notice} title={platform.name}>
      <p>
        <StateOf desk={desk} platform={platform} />
      </p>
      <dl class="facts">
        <dt>{words.does}</dt>
        <dd>{platform.capabilities.map((each) => capability(desk, each)).join(", ")}</dd>
        <dt>{words.lastGood}</dt>
        <dd>{platform.lastSuccessAt ? <Short desk={desk} at={platform.lastSuccessAt} /> : words.never}</dd>
        <dt>{words.lastBad}</dt>
        <dd>
          {platform.lastFailureAt ? <Short desk={desk} at={platform.lastFailureAt} /> : words.never}
          {platform.lastFault && ` · ${wordFor(words.faults, platform.lastFault)}`}
        </dd>
        <dt>{words.columns.backlog}</dt>
        <dd>{desk.say(words.waiting, { n: platform.backlog })}</dd>
        <dt>{words.needsSomebody}</dt>
        <dd>{desk.say(words.givenUp, { n: platform.givenUp })}</dd>
      </dl>
      <h2>{words.historyTitle}</h2>
      {history.ok ? (
        <>
          <Strip desk={desk} history={history.value} />
          <Legend desk={desk} />
          <h3>{words.turnsTitle}</h3>
          <Turns desk={desk} history={history.value} />
          <h3>{words.byHour}</h3>
          <p>
            {[2, 7, 30].map((each) => (
              <a
                class="pick"
                href={desk.to(here, { days: String(each) })}
                aria-current={each === days ? "true" : undefined}
              >
                {desk.say(words.days, { n: each })}
              </a>
            ))}
          </p>
          <Hours desk={desk} history={history.value} />
        </>
      ) : (
        <Missing desk={desk} code={history.code} />
      )}
      {can("roster") && (
        <>
          <h2>{words.reading.title}</h2>
          <ReadingOf desk={desk} platform={platform} />
          {isRunning && <Act to={desk.to(here)} value="halt" says={words.reading.halt} />}
          {!isRunning && (
            <Act to={desk.to(here)} value="read" says={rests ? words.reading.goOn : words.readAgain} />
          )}
          {doubted !== undefined && (
            <Act to={desk.to(here)} value="believe" says={desk.say(words.believe, { n: doubted })} danger>
              <input type="hidden" name="missing" value={String(doubted)} />
            </Act>
          )}
        </>
      )}
      {can("booking") && (
        <>
          <h2>{words.compared.title}</h2>
          <Compared desk={desk} account={account} />
          <Act to={desk.to(here)} value="compare" says={words.compareAgain} />
        </>
      )}
      <h2>{words.drifts.title}</h2>
      <Drifts desk={desk} platform={platform} />
    </AgencyPage>
  );
};
