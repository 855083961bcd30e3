import type { HeldItem, PersonData } from "../../schema/held.ts";
import type { Volunteer } from "../../schema/volunteer.ts";
import { consentedOn } from "../core/consent.ts";
import { termsOf } from "../core/retention.ts";
import * as audit from "../store/audit.ts";
import * as forget from "../store/forget.ts";
import * as invitations from "../store/invitations.ts";
import type { VolunteerRow } from "../store/volunteers.ts";
import { listsOf } from "./bindings/lists.ts";
import { type Deps, policyOf, transact } from "./deps.ts";
import { ownedInPerson } from "./manage.ts";
import { nationalOf, show } from "./person.ts";
import { consentsOf } from "./purposes.ts";

/* What is held of somebody, for whoever holds their token (schema/held.ts says what is not told, and why). */

/** So many lines of what was decided of them, the newest. */
const linesAtMost = 200;

/** What was done by the person or to their data; nothing that others told of them. */
const told = new Set(
  [
    ...["registered", "changed", "corrected", "paused", "resumed", "read", "revealed"],
    ...["consented", "consent-withdrawn"],
    ...["told-registered", "told-recovery", "told-confirm"],
  ].map((event) => `volunteer.${event}`),
);

/** Whoever was known already is told what a newcomer is (F20). */
const asTold: Record<string, string> = { "volunteer.registered-again": "volunteer.registered" };

type Given = Omit<HeldItem, "value" | "from"> & { value: string | undefined; gateway?: true };

const list = (values: readonly string[]) => (values.length > 0 ? values.join(", ") : undefined);

const weekOf = ({ week, repeats, from, exceptions }: Volunteer["availability"]): string =>
  [
    ...Object.entries(week).flatMap(([day, parts]) =>
      parts.length > 0 ? `${day}: ${parts.join(", ")}` : [],
    ),
    ...(repeats ? [] : [`from ${from ?? "registration"}, once`]),
    ...exceptions.map(({ day, parts }) => `${day}: ${list(parts) ?? "-"}`),
  ].join("; ");

/** What their place follows from, and what it does not. */
const given = (shown: Volunteer, number: string | undefined): Given[] => {
  const { contact, helper } = shown;
  const helped = helper && list([helper.name, ...Object.values(helper.contact).filter(Boolean)] as string[]);
  const alone = { correct: "oneself", decides: false } as const;
  const ordering = { correct: "oneself", decides: true } as const;
  return [
    { field: "name", value: `${shown.givenName} ${shown.familyName}`, ...alone },
    { field: "birthDate", value: shown.birthDate, ...ordering },
    { field: "nationalNumber", value: number && `…${number.slice(-2)}`, ...alone },
    { field: "postcode", value: shown.postcode, ...ordering },
    { field: "email", value: contact.email, ...alone },
    { field: "mobile", value: contact.mobile, ...alone },
    { field: "helper", value: helped, ...alone },
    { field: "language", value: shown.language, ...alone },
    { field: "availability", value: weekOf(shown.availability), ...alone },
    { field: "centres", value: list(shown.centres), ...ordering },
    { field: "vaccines", value: list(shown.vaccines), ...alone },
    { field: "conditions", value: list(shown.conditions), ...ordering },
    { field: "state", value: shown.state, correct: "nobody", decides: true, gateway: true },
    { field: "registered", value: shown.registeredAt, correct: "nobody", decides: false, gateway: true },
  ];
};

const itemsOf = (row: VolunteerRow, facts: Given[]): HeldItem[] => {
  const platform = consentedOn(row.consentText);
  const theirs = platform ? { by: "platform" as const, platform } : { by: "person" as const };
  return facts.flatMap(({ value, gateway, ...fact }) =>
    value === undefined || value === ""
      ? []
      : [{ ...fact, value, from: gateway ? { by: "gateway" as const } : theirs }],
  );
};

/** All that is held of whoever the token stands for; that they looked is noted. */
export const readHeld = (deps: Deps, token: string): Promise<PersonData> =>
  transact(deps, async (tx) => {
    const row = await ownedInPerson(tx, deps, token);
    const at = deps.now();
    const { rules } = await policyOf(tx, row, at);
    const shown = show(deps, row, rules.minimumAge);
    const asked = await invitations.ofVolunteer(tx, row.id);
    const books = await forget.bookingsOf(tx, [row.id]);
    const { rosters } = await listsOf(tx, row, at);
    const lines = await audit.ofSubject(tx, row.id, linesAtMost);
    const { leftDays, closedDays, doseDays, doseKeeps } = termsOf(rules);
    await audit.note(tx, {
      at,
      region: row.region,
      actor: "volunteer",
      event: "volunteer.read",
      subject: row.id,
    });
    return {
      ...{ format: "everydose-person/1", at, region: row.region, campaign: row.campaign },
      ...{ state: shown.state, language: row.language },
      items: itemsOf(row, given(shown, nationalOf(deps, row))),
      sentTo: [
        ...rosters.map((platform) => ({ platform, what: "list" as const })),
        ...books.flatMap(({ platform, askedAt, promisedAt }) =>
          platform ? [{ platform, what: "booking" as const, at: askedAt ?? promisedAt }] : [],
        ),
        ...asked.flatMap(({ platform, decidedAt }) =>
          platform ? [{ platform, what: "invitation" as const, at: decidedAt }] : [],
        ),
      ],
      consents: await consentsOf(tx, row),
      invitations: asked.map(({ centre, kind, state, decidedAt }) => ({ centre, kind, state, decidedAt })),
      bookings: books.map(({ centre, at: when, state, platform }) => ({
        ...{ centre, at: when, state, platform: platform ?? undefined },
      })),
      history: lines
        .map(({ at: when, actor, event }) => ({ at: when, actor, event: asTold[event] ?? event }))
        .filter(({ event }) => told.has(event)),
      terms: { leftDays, closedDays, doseDays, doseKeeps },
    };
  });
