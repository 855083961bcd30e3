import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Registration } from "../../adapters/qvax/client.ts";
import {
  toAvailability,
  toEntry,
  toEvent,
  toGrid,
  toInvitation,
  toRegistration,
  toSourced,
} from "../../adapters/qvax/mapper.ts";
import {
  type CentreId,
  ExternalId,
  type Instant,
  InvitationId,
  plusMinutes,
} from "../../schema/primitives.ts";
import { type Availability, DayPart, weekdays } from "../../schema/volunteer.ts";
import { charleroi, entry, evening, invitation, mons, numberOf, numbers } from "./qvax-scene.ts";

const day = fc
  .date({ min: new Date("2021-01-01"), max: new Date("2029-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const parts = fc.subarray([...DayPart.options]);
const week = fc
  .tuple(parts, parts, parts, parts, parts, parts, parts)
  .map((days) => Object.fromEntries(weekdays.map((name, at) => [name, days[at]])) as Availability["week"]);
const availability: fc.Arbitrary<Availability> = fc
  .record({ week, repeats: fc.boolean(), from: fc.option(day, { nil: undefined }) })
  .map(({ from, ...rest }) => ({ ...rest, exceptions: [], ...(from && { from }) }));

const registration = (more: Partial<Registration> = {}): Registration => ({
  registrationId: ExternalId.parse("QX-2345BCDF"),
  nationalNumber: numbers.an,
  givenName: "An",
  familyName: "Peeters",
  email: "an@example.org",
  mobile: "+32470123456",
  state: "on",
  centreCode: "charleroi",
  updatedAt: evening,
  ...more,
});

describe("the grid", () => {
  test("says of every week what its availability says", () => {
    fc.assert(
      fc.property(availability, (given) => {
        expect(toAvailability(toGrid(given))).toEqual(given);
      }),
    );
  });

  test("is seven days of three flags, Monday first, whatever order the parts stand in", () => {
    const never = toAvailability({ week: Array(7).fill("000"), repeats: true });
    const grid = toGrid({ ...never, week: { ...never.week, sunday: ["evening", "morning"] } });
    expect(grid).toEqual({ week: ["000", "000", "000", "000", "000", "000", "101"], repeats: true });
  });

  test("loses exceptions and nothing else", () => {
    fc.assert(
      fc.property(availability, day, parts, (given, exception, kept) => {
        const told = { ...given, exceptions: [{ day: exception, parts: kept }] };
        expect(toAvailability(toGrid(told))).toEqual(given);
      }),
    );
  });
});

describe("a person", () => {
  test("who is written and read back is the same person", () => {
    const serial = fc.integer({ min: 1, max: 998 });
    const state = fc.constantFrom("active", "paused", "left");
    fc.assert(
      fc.property(serial, state, availability, (nth, is, when) => {
        const told = entry(numberOf(nth), { state: is, availability: when });
        const held = registration(toRegistration(told) as Partial<Registration>);
        const back = {
          ...told,
          externalId: held.registrationId,
          birthDate: "1950-01-15",
          centres: [charleroi],
        };
        expect(toEntry(held, {})).toEqual(back);
      }),
    );
  });

  test.each([
    ["a register number", numbers.an, { birthDate: "1950-01-15" }],
    ["a BIS number", numbers.bis, { birthDate: "1988-03-05" }],
    [
      "a number that knows the year alone",
      numbers.yearOnly,
      { birthDate: "1960-01-01", birthYearOnly: true },
    ],
    ["a number that knows nothing", "00000199740", {}],
  ])("with %s has the birth date that it tells", (_, nationalNumber, birth) => {
    const { birthDate, birthYearOnly } = toEntry(registration({ nationalNumber }), {});
    expect({ birthDate, birthYearOnly }).toEqual(birth);
  });

  test("without a mobile is read without one", () => {
    expect(toEntry(registration({ mobile: null }), {}).contact).toEqual({ email: "an@example.org" });
  });

  test.each([
    ["national number", { nationalNumber: undefined }],
    ["e-mail address", { contact: { mobile: "+32470123456" } }],
    ["mobile", { contact: { email: "an@example.org" } }],
  ])("without %s cannot be written, and the refusal tells nothing of them", (_, lacking) => {
    expect(() => toRegistration(entry(numbers.an, lacking))).toThrow(
      expect.objectContaining({ fault: "rejected", message: expect.not.stringMatching(/An|Peeters|\d|@/) }),
    );
  });

  test("is told by the digits of the number alone", () => {
    expect(toRegistration(entry("50.01.15-997 95")).nationalNumber).toBe(numbers.an);
  });
});

describe("a centre", () => {
  const codes = { [charleroi]: "CEME-01" };

  test("goes by Qvax's own code where it has one, both ways", () => {
    expect(toEntry(registration({ centreCode: "CEME-01" }), codes).centres).toEqual([charleroi]);
    expect(toEntry(registration({ centreCode: "mons" }), codes).centres).toEqual([mons]);
    expect(toInvitation(invitation(1), codes).centreCode).toBe("CEME-01");
    expect(toInvitation(invitation(1, { centre: mons }), codes).centreCode).toBe("mons");
  });

  test("that has no id here, or is not assigned yet, is left out", () => {
    expect(toEntry(registration({ centreCode: "Ceme 02" }), codes).centres).toEqual([]);
    expect(toEntry(registration({ centreCode: null }), codes).centres).toEqual<CentreId[]>([]);
  });
});

test("a record carries when it was seen, since when it is so, and when it changed", () => {
  const [asOf, now] = [plusMinutes(evening, 5), plusMinutes(evening, 6)];
  const sourced = toSourced({ registration: registration(), asOf, now, codes: {} });
  expect(sourced).toMatchObject({ changedAt: evening, validAt: asOf, checkedAt: now });
});

test("an invitation names its person by registration, else by number, else not at all", () => {
  const externalId = ExternalId.parse("QX-2345BCDF");
  const { guest } = invitation(1);
  const nobody = { ...guest, nationalNumber: undefined };
  expect(toInvitation(invitation(1, { externalId }), {}).recipient).toEqual({ registrationId: externalId });
  expect(toInvitation(invitation(1), {}).recipient).toEqual({ nationalNumber: numbers.an });
  expect(() => toInvitation(invitation(1, { guest: nobody }), {})).toThrow(
    expect.objectContaining({ fault: "rejected" }),
  );
});

test.each(["hold", "standby"] as const)(
  "an invitation says that it is a %s, and when that is known",
  (kind) => {
    const knownBy = plusMinutes(evening, 90);
    expect(toInvitation(invitation(1, { kind, knownBy }), {})).toMatchObject({ kind, knownBy });
  },
);

test("an answer leaves the handover to whoever books", () => {
  const externalId = InvitationId.parse(invitation(1).invitation);
  const handover = { system: "doclr", centreCode: "charleroi", comeBefore: evening as Instant };
  expect(toEvent({ externalId, answer: "yes", answeredAt: evening, handover })).toEqual({
    kind: "answered",
    invitation: externalId,
    answer: "yes",
    at: evening,
  });
});
