import { randomUUID } from "node:crypto";
import type { Asked, OpenDoses } from "../../../schema/evening.ts";
import type { DoseCount } from "../../../schema/surplus.ts";
import { hourOf } from "../frame/clock.ts";
import { timeIn } from "../texts/say.ts";
import type { Desk } from "./desk.ts";
import { Stepper, Until } from "./dose-fields.tsx";
import { vaccineName } from "./vaccines.ts";

/* Doses of an evening on the board: as dots and numbers, and who is asked for them. */

const states = ["used", "promised", "held", "free", "lost"] as const satisfies (keyof DoseCount)[];

/** Those that are not taken back. */
export const countOf = ({ removed: _, ...there }: DoseCount): number =>
  Object.values(there).reduce((sum, each) => sum + each, 0);

const Dots = ({ desk: { words, say }, doses }: { desk: Desk; doses: DoseCount }) => (
  <>
    <p class="dots" aria-hidden="true">
      {states.flatMap((state) => Array.from({ length: doses[state] }, () => <i class={`dose ${state}`} />))}
    </p>
    <ul class="counts">
      {states.map((state) => (
        <li hidden={doses[state] === 0}>
          <i class={`dose ${state}`} aria-hidden="true" />{" "}
          {say(words.board.counts[state], { n: doses[state] })}
        </li>
      ))}
    </ul>
  </>
);

/** How long until then: filled in by the script, and counted down from the clock, also after a sleep. */
const Left = ({ until, language }: { until: string; language: Desk["language"] }) => (
  <time datetime={until} data-left>
    {timeIn(language, until)}
  </time>
);

type Group = { kind: "hold" | "standby" | "ready" | "decided"; count: number; asked: Asked };

/** Those who are asked alike and have as long to answer, in one line; of them, whoever has the least time. */
const grouped = (asked: readonly Asked[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const each of asked) {
    const kind = each.state === "open" ? each.kind : each.state;
    const minute = (each.state === "ready" ? each.knownBy : (each.windowEndsAt ?? "")).slice(0, 16);
    const { count = 0, asked: first = each } = groups.get(kind + minute) ?? {};
    const soonest = (each.windowEndsAt ?? "") < (first.windowEndsAt ?? "") ? each : first;
    groups.set(kind + minute, { kind, count: count + 1, asked: soonest });
  }
  return [...groups.values()];
};

const AskedAlike = ({ desk, kind, count, asked }: Group & { desk: Desk }) => {
  const { words, say, language } = desk;
  const { id, state, windowEndsAt, knownBy } = asked;
  return (
    <li id={`a-${id}`} class={`asked ${kind}`}>
      <span>
        <strong>{count}</strong> × {words.board.kind[kind]}
      </span>
      {state === "open" && windowEndsAt && (
        <span class="quiet">
          <Left until={windowEndsAt} language={language} /> {words.board.answer}
        </span>
      )}
      {state === "ready" && (
        <span class="quiet">{say(words.board.knows, { time: timeIn(language, knownBy) })}</span>
      )}
    </li>
  );
};

type One = { desk: Desk; centre: string; open: OpenDoses };

const action = ({ desk, centre, open }: One, what: string): string =>
  desk.to(`/staff/centres/${centre}/surpluses/${open.surplus.id}/${what}`);

const Change = (one: One) => {
  const { desk, open } = one;
  const { words } = desk;
  const { id, doses, usableUntil } = open.surplus;
  const count = countOf(doses);
  return (
    <details class="change" id={`change-${id}`}>
      <summary class="press">{words.board.change}</summary>
      <form method="post" action={action(one, "change")} data-quiet>
        <input type="hidden" name="was" value={`${count} ${hourOf(Date.parse(usableUntil))}`} />
        <Stepper desk={desk} value={String(count)} most={500} id={`doses-${id}`} />
        <small class="hint">{words.board.fewer}</small>
        <Until desk={desk} value={hourOf(Date.parse(usableUntil))} id={`until-${id}`} />
        <button type="submit">{words.board.save}</button>
      </form>
      <details class="sure" id={`cancel-${id}`}>
        <summary class="press">{words.board.cancel}</summary>
        <form method="post" action={action(one, "cancel")} data-quiet>
          <p>{words.board.cancelSure}</p>
          <button type="submit" class="danger">
            {words.board.cancelYes}
          </button>
        </form>
      </details>
    </details>
  );
};

const WalkIn = (one: One) => {
  const { words } = one.desk;
  if (one.open.surplus.doses.free === 0) return <p class="quiet">{words.board.walkInNone}</p>;
  return (
    <form method="post" action={action(one, "walk-in")} data-quiet>
      <input type="hidden" name="once" value={randomUUID()} />
      <button type="submit" class="other">
        {words.board.walkIn}
      </button>
    </form>
  );
};

/** One announcement of the evening. */
export const Doses = (one: One) => {
  const { desk, open } = one;
  const { words, say, language } = desk;
  const { id, doses, vaccine, usableUntil, state } = open.surplus;
  // Of those that were taken back, how many there were.
  const n = countOf(doses) + (state === "cancelled" ? doses.removed : 0);
  return (
    <article class={`card doses ${state}`} id={`s-${id}`} data-surplus={id} aria-labelledby={`h-${id}`}>
      <header>
        <h2 id={`h-${id}`}>{say(words.board.doses, { n, vaccine: vaccineName(vaccine) })}</h2>
        <p class="quiet">
          {state === "open" ? (
            <>
              {say(words.board.until, { time: timeIn(language, usableUntil) })} · {words.board.left}{" "}
              <Left until={usableUntil} language={language} />
            </>
          ) : (
            words.board.state[state]
          )}
        </p>
      </header>
      <Dots desk={desk} doses={doses} />
      {state === "open" && (
        <>
          <h3>{words.board.asked}</h3>
          {open.asked.length === 0 ? (
            <p class="quiet">{words.board.nobodyAsked}</p>
          ) : (
            <ul class="asking">
              {grouped(open.asked).map((group) => (
                <AskedAlike desk={desk} {...group} />
              ))}
            </ul>
          )}
          <div class="acts">
            <WalkIn {...one} />
            <Change {...one} />
          </div>
        </>
      )}
      <div class="said" data-said aria-live="polite" />
    </article>
  );
};
