import type { PairDetail, Paired } from "../../../schema/pair.ts";
import { knownWord } from "../texts/word-for.ts";
import type { Desk } from "./desk.ts";
import { dayOf } from "./moments.tsx";
import { type Likeness, likenessIn, marks } from "./pair-likeness.ts";

/* The two registrations of a pair beside each other. */

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

/** Line by line, with what is the same and what is not. */
export const Beside = ({ desk, pair }: { desk: Desk; pair: PairDetail }) => {
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
