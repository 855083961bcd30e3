import type { Volunteer } from "../../../schema/volunteer.ts";
import type { Field } from "../texts/register.ts";
import { contactOf, weekIn, weekOf } from "./register-form.ts";

/* What somebody changes of their registration, as the public API takes it. */

export type Changing = "week" | "rest";

/** Only the times of the week are changed here; single days that were entered elsewhere stay. */
const newWeek = (form: URLSearchParams, { availability }: Volunteer) =>
  form.getAll("when").length === 0
    ? { faults: new Set<Field>(["when"]) }
    : { availability: { ...availability, week: weekOf(form) } };

const newRest = (form: URLSearchParams, { helper }: Volunteer) => {
  const given = (name: string) => form.get(name)?.trim() || undefined;
  const own = contactOf(form, ["email", "mobile"]);
  const theirs = {
    name: given("helperName") ?? "",
    contact: contactOf(form, ["helperEmail", "helperMobile"]),
  };
  return {
    ...(helper ? { helper: theirs } : { contact: own }),
    ...(form.has("postcode") ? { postcode: given("postcode") } : {}),
    ...(form.has("offersCentres") ? { centres: form.getAll("centres") } : {}),
    ...(form.has("offersConditions") ? { conditions: form.getAll("conditions") } : {}),
    language: given("language"),
  };
};

export const changeOf = (what: Changing, form: URLSearchParams, now: Volunteer) =>
  what === "week" ? newWeek(form, now) : newRest(form, now);

/** The form as it is filled in now. */
export const filledBy = ({ contact, helper, ...own }: Volunteer): URLSearchParams =>
  new URLSearchParams([
    ...[
      ["email", contact.email],
      ["mobile", contact.mobile],
      ["helperName", helper?.name],
      ["helperEmail", helper?.contact.email],
      ["helperMobile", helper?.contact.mobile],
      ["postcode", own.postcode],
      ["language", own.language],
    ].flatMap(([name, value]): [string, string][] => (name && value ? [[name, value]] : [])),
    ...own.centres.map((centre): [string, string] => ["centres", centre]),
    ...own.conditions.map((condition): [string, string] => ["conditions", condition]),
    ...weekIn(own.availability),
  ]);
