import type { Pair, PairDetail } from "../../../schema/pair.ts";
import type { Notice } from "../frame/said.tsx";
import { ofNumbers, Table } from "../frame/table.tsx";
import type { Answered, Desk } from "./desk.ts";
import { AgencyPage, Missing } from "./frame.tsx";
import { Short } from "./moments.tsx";
import { Beside } from "./pair-beside.tsx";
import { agreeing } from "./pair-likeness.ts";

type One = { desk: Desk; notice: Notice | undefined; pair: PairDetail; left: number; isMore: boolean };

/** One pair beside the other, and three things that can be done: all of it by keyboard. */
export const PairPage = ({ desk, notice, pair, left, isMore }: One) => {
  const { pairs } = desk.words;
  const here = desk.to(`/agency/pairs/${pair.id}`);
  const isOpen = pair.state === "open";
  return (
    <AgencyPage desk={desk} notice={notice} title={pairs.question} scripts={["agency.js"]}>
      <p>
        <span class={`state ${pair.state}`}>{pairs.pairStates[pair.state]}</span> · {pairs.found}{" "}
        <Short desk={desk} at={pair.foundAt} />
        {pair.decidedAt && pair.decidedBy && (
          <>
            {" "}
            · {desk.say(pairs.decidedBy, { who: pair.decidedBy })} <Short desk={desk} at={pair.decidedAt} />
          </>
        )}
      </p>
      <Beside desk={desk} pair={pair} />
      <form method="post" action={here} class="decide" data-keys>
        {isOpen && (
          <>
            <button type="submit" name="do" value="merge" data-key="m" aria-keyshortcuts="m">
              {pairs.merge}
            </button>
            <button
              type="submit"
              name="do"
              value="keep-apart"
              data-key="k"
              aria-keyshortcuts="k"
              class="other"
            >
              {pairs.keepApart}
            </button>
            <a class="button other" href={desk.to("/agency/pairs/next", { after: pair.id })}>
              {pairs.later}
            </a>
          </>
        )}
        {pair.state === "merged" && (
          <button type="submit" name="do" value="undo" class="danger">
            {pairs.undo}
          </button>
        )}
        {!isOpen && left > 0 && (
          <a class="button" href={desk.to("/agency/pairs/next")}>
            {pairs.next}
          </a>
        )}
      </form>
      {isOpen && <p class="hint">{pairs.mergeHint}</p>}
      {isOpen && (
        <p class="hint" data-keys-hint hidden>
          {pairs.keysHint}
        </p>
      )}
      <p>
        <a href={desk.to("/agency/pairs")}>{desk.say(isMore ? pairs.leftMore : pairs.left, { n: left })}</a>
      </p>
    </AgencyPage>
  );
};

type Listing = {
  desk: Desk;
  notice: Notice | undefined;
  state: Pair["state"];
  pairs: Answered<{ items: Pair[]; next?: string }>;
};
export const states = ["open", "merged", "kept-apart", "undone"] as const;

export const PairsPage = ({ desk, notice, state, pairs: listed }: Listing) => {
  const { pairs } = desk.words;
  const items = listed.ok ? listed.value.items : [];
  const next = listed.ok ? listed.value.next : undefined;
  return (
    <AgencyPage desk={desk} notice={notice} title={pairs.title}>
      <p class="lead">{pairs.lead}</p>
      <p>
        {states.map((each) => (
          <a
            class="pick"
            href={desk.to("/agency/pairs", { state: each })}
            aria-current={each === state ? "true" : undefined}
          >
            {pairs.pairStates[each]}
          </a>
        ))}
      </p>
      {!listed.ok && <Missing desk={desk} code={listed.code} />}
      {listed.ok && items.length === 0 && (
        <p class="notice good">{state === "open" ? pairs.none : pairs.noneSo}</p>
      )}
      {state === "open" && items.length > 0 && (
        <p>
          <a class="button" href={desk.to("/agency/pairs/next")}>
            {pairs.begin}
          </a>
        </p>
      )}
      {items.length > 0 && (
        <Table
          caption={pairs.title}
          columns={[pairs.foundColumn, pairs.regionsColumn, pairs.why, ofNumbers(pairs.score)]}
        >
          {items.map((pair) => (
            <tr>
              <th scope="row">
                <a href={desk.to(`/agency/pairs/${pair.id}`)}>
                  <Short desk={desk} at={pair.foundAt} />
                </a>
              </th>
              <td>{pair.regions.join(", ")}</td>
              <td>{agreeing(desk, pair)}</td>
              <td class="number">{desk.number(pair.score)}</td>
            </tr>
          ))}
        </Table>
      )}
      {next && (
        <p>
          <a href={desk.to("/agency/pairs", { state, cursor: next })}>{desk.words.older}</a>
        </p>
      )}
    </AgencyPage>
  );
};
