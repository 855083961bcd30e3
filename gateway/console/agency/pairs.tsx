import type { Pair, PairDetail, Paired } from "../../../schema/pair.ts";
import type { Notice } from "../frame/said.tsx";
import { ofNumbers, Table } from "../frame/table.tsx";
import { knownWord } from "../texts/word-for.ts";
import type { Answered, Desk } from "./desk.ts";
import { AgencyPage, Missing } from "./frame.tsx";
import { dayOf, Short } from "./moments.tsx";

type Likeness = "same" | "near" | "differs" | "unknown";

/** How alike the two are in one matter, by the code of the reason: `given-part`. */
const likenessIn = (reasons: readonly string[], about: string): { is: Likeness; how: string } | undefined => {
  const how = reasons.find((each) => each.startsWith(`${about}-`))?.slice(about.length + 1);
  // A contact that is not the same is also one that only one of them has: the two say which.
  if (!how || how === "none") return undefined;
  const is = how === "same" ? "same" : how === "other" ? "differs" : how === "unknown" ? "unknown" : "near";
  return { is, how };
};

const marks: Record<Likeness, string> = { same: "=", near: "≈", differs: "≠", unknown: "?" };

/** These say nothing of whether it is one person. */
const besides = ["platforms", "lastDose", "state", "underWay", "registered"];

const alike = (one: string, other: string): Likeness =>
  one === "" || other === "" ? "unknown" : one === other ? "same" : "differs";

type Row = { label: string; one: string; other: string; is?: Likeness; how?: string };

const rowsOf = (desk: Desk, pair: PairDetail): Row[] => {
  const { pairs } = desk.words;
  const row = (
    name: keyof typeof pairs.rows,
    of: (each: Paired) => string | undefined,
    reason?: string,
  ): Row => {
    const [one, other] = [of(pair.one) ?? "", of(pair.other) ?? ""];
    const told = reason ? likenessIn(pair.reasons, reason) : undefined;
    return {
      label: pairs.rows[name],
      one,
      other,
      ...(besides.includes(name) ? {} : { is: told?.is ?? alike(one, other) }),
      ...(told ? { how: knownWord(pairs.how, told.how) } : {}),
    };
  };
  return [
    row("familyName", ({ familyName }) => familyName, "family"),
    row("givenName", ({ givenName }) => givenName, "given"),
    row(
      "birthDate",
      ({ birthDate, birthYearOnly }) => (birthYearOnly ? birthDate.slice(0, 4) : dayOf(desk, birthDate)),
      "birth",
    ),
    row("number", ({ nationalNumberKnown }) => (nationalNumberKnown ? pairs.known : pairs.unknown), "number"),
    row("mobile", ({ contact }) => contact.mobile, "mobile"),
    row("email", ({ contact }) => contact.email, "email"),
    row("postcode", ({ postcode }) => postcode, "postcode"),
    row("helper", ({ helperName }) => helperName),
    row("region", ({ region }) => region),
    row("centres", ({ centres }) => centres.join(", ")),
    row("platforms", ({ platforms }) => platforms.join(", ")),
    row("lastDose", ({ lastDoseOn }) => lastDoseOn && dayOf(desk, lastDoseOn)),
    row("state", ({ state }) => pairs.states[state]),
    row("underWay", ({ underWay }) => pairs.underWay[underWay]),
    row("registered", ({ registeredAt }) => dayOf(desk, registeredAt)),
  ];
};

const Side = ({ desk, pair }: { desk: Desk; pair: PairDetail }) => {
  const { pairs } = desk.words;
  const head = (nth: 1 | 2, id: string) => (
    <>
      {desk.say(pairs.registration, { n: nth })}
      {(pair.wouldStay === id || pair.stays === id) && (
        <small class="stays">{pair.stays ? pairs.stayed : pairs.stays}</small>
      )}
    </>
  );
  return (
    <section class="scroll" tabindex={0} aria-label={pairs.beside}>
      <table class="pair">
        <caption class="unseen">{pairs.beside}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{pairs.matter}</span>
            </th>
            <th scope="col">{head(1, pair.one.id)}</th>
            <th scope="col">{pairs.likeness}</th>
            <th scope="col">{head(2, pair.other.id)}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(desk, pair).map(({ label, one, other, is, how }) => (
            <tr class={is}>
              <th scope="row">{label}</th>
              <td>{one || "–"}</td>
              <td class="mark">
                {is && (
                  <>
                    <span aria-hidden="true">{marks[is]}</span>{" "}
                    <span class="how">{how ?? pairs.alike[is]}</span>
                  </>
                )}
              </td>
              <td>{other || "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

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
      <Side desk={desk} pair={pair} />
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
const states = ["open", "merged", "kept-apart", "undone"] as const;

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

const about = [
  ["family", "familyName"],
  ["given", "givenName"],
  ["birth", "birthDate"],
  ["mobile", "mobile"],
  ["email", "email"],
  ["postcode", "postcode"],
] as const;

/** In what they agree, without saying whose it is. */
const agreeing = (desk: Desk, { reasons }: Pair): string =>
  about
    .flatMap(([reason, row]) => {
      const is = likenessIn(reasons, reason)?.is;
      return is === "same" || is === "near" ? [`${marks[is]} ${desk.words.pairs.rows[row]}`] : [];
    })
    .join(", ");
