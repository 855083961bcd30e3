import type { Permission } from "./permission.ts";
import { permissionsTold } from "./permissions-told.ts";

/*
 * Who may do what, as it is enforced: `auth.ts` opens each address by this table alone, and no other can be declared.
 * tests/http/permissions.test.ts tries every one as everybody, at home and elsewhere; docs/security.md names the callers.
 */

export const permissions = [
  {
    id: "register",
    why: "Anybody may put themselves on the list, or somebody whom they help; the answer is the same for a known and an unknown person.",
    who: { anybody: "all" },
    routes: ["POST /v1/volunteers", "POST /v1/volunteers/recover"],
  },
  {
    id: "public",
    why: "Where one can go and by which rules people are called is public, and so is how the campaign is doing; none of it names anybody.",
    who: { anybody: "all" },
    routes: [
      "GET /v1/regions",
      "GET /v1/regions/{region}",
      "GET /v1/regions/{region}/policy",
      "GET /v1/centres",
      "GET /v1/centres/{centre}",
      "GET /v1/slots",
      "GET /v1/live",
      "GET /v1/today",
      "GET /v1/platforms",
      "GET /v1/figures",
      "GET /v1/figures.csv",
      "GET /v1/releases",
      "GET /v1/releases/{dataset}/{day}/{format}",
      "GET /v1/releases/{dataset}/{day}/versions/{version}/{format}",
      "GET /health",
    ],
  },
  {
    id: "own-data",
    why: "What is held of somebody is theirs to read, to correct, to take along and to object to; their token opens it, and no role does.",
    who: { volunteer: "what is their own" },
    routes: [
      "GET /v1/volunteer/data",
      "GET /v1/volunteer/export",
      "POST /v1/volunteer/correct",
      "POST /v1/volunteer/consents/{purpose}/withdraw",
      "POST /v1/volunteer/consents/{purpose}/give",
      "GET /v1/erasure",
    ],
  },
  {
    id: "consent-texts",
    why: "What people consent to can be read by anybody before they do.",
    who: { anybody: "all" },
    routes: ["GET /v1/consent-texts/{version}"],
  },
  {
    id: "own-registration",
    why: "A registration belongs to the person; the token from their own message is the only key to it, and no role opens it.",
    who: { volunteer: "what is their own" },
    routes: [
      "GET /v1/volunteer",
      "GET /v1/volunteer/standing",
      "POST /v1/volunteer/session",
      "PATCH /v1/volunteer",
      "POST /v1/volunteer/pause",
      "POST /v1/volunteer/resume",
      "POST /v1/volunteer/consent",
      "POST /v1/volunteer/withdraw",
      "POST /v1/volunteer/erase",
    ],
  },
  {
    id: "own-invitation",
    why: "An invitation is answered by whoever was invited, and by nobody for them but the centre's telephone.",
    who: { volunteer: "what is their own" },
    routes: [
      "GET /v1/invitation",
      "POST /v1/invitation/accept",
      "POST /v1/invitation/decline",
      "POST /v1/invitation/cancel",
      "GET /v1/renewal",
      "POST /v1/renewal/accept",
      "POST /v1/renewal/decline",
    ],
  },
  {
    id: "platform-tells",
    why: "A platform tells what happened on it, and proves by its own signature that it is that platform.",
    who: { signedPlatform: "what it knows" },
    routes: ["POST /v1/platforms/{platform}/events"],
  },
  {
    id: "register-many",
    why: "Whoever registers many people, a platform that hands on those it has or a house that helps its neighbours, adds to the list of its region and reads nothing of it.",
    who: { helper: "own region", platform: "own region", agency: "own region", operator: "all" },
    routes: ["POST /v1/volunteers/batch"],
  },
  {
    id: "announce-doses",
    why: "Whoever stands at the refrigerator says how many doses are left, and sees each of them through.",
    who: { staff: "own centre", lead: "own centre", operator: "all" },
    routes: [
      "POST /v1/surpluses",
      "PATCH /v1/surpluses/{id}",
      "POST /v1/surpluses/{id}/cancel",
      "POST /v1/surpluses/{id}/walk-ins",
      "PATCH /v1/bookings/{id}",
    ],
  },
  {
    id: "see-doses",
    why: "What became of the doses is also the agency's business, and the operator's when something went wrong; it is told without names.",
    who: { staff: "own centre", lead: "own centre", agency: "own region", operator: "all" },
    routes: ["GET /v1/surpluses", "GET /v1/surpluses/{id}", "GET /v1/surpluses/{id}/steps"],
  },
  {
    id: "see-names",
    why: "The centre needs the names of those who come and the numbers of those whom it telephones. Nobody else does: neither an agency nor whoever runs the gateway.",
    who: { staff: "own centre", lead: "own centre" },
    routes: [
      "GET /v1/surpluses/{id}/expected",
      "GET /v1/centres/{centre}/evening",
      "GET /v1/centres/{centre}/live",
      "GET /v1/appointments",
      "GET /v1/appointments/{id}",
      "POST /v1/bookings/{id}/card",
      "GET /v1/centres/{centre}/calls",
      "POST /v1/invitations/{id}/call",
    ],
  },
  {
    id: "reveal-number",
    why: "A national number is shown to those who have the person before them, who say why; the audit has it before they do.",
    who: { staff: "own centre", lead: "own centre" },
    routes: ["POST /v1/bookings/{id}/reveal"],
  },
  {
    id: "lists",
    why: "A whole list goes in and out of a centre in one file by the hand of whoever leads it.",
    who: { lead: "own centre" },
    routes: [
      "POST /v1/centres/{centre}/imports",
      "GET /v1/centres/{centre}/imports/model",
      "GET /v1/centres/{centre}/exports",
      "POST /v1/centres/{centre}/exports",
      "POST /v1/work",
      "POST /v1/work/{id}/start",
      "GET /v1/work/{id}/rows",
      "POST /v1/work/{id}/rows",
      "POST /v1/work/{id}/file",
    ],
  },
  {
    id: "long-work",
    why: "What takes long is followed and stopped by those who may order it, a list in a file by its region's authority too; it is told in counts, and each sees what they may see elsewhere.",
    who: { lead: "own centre", agency: "own region", operator: "all" },
    routes: ["GET /v1/work", "GET /v1/work/{id}", "POST /v1/work/{id}/cancel"],
  },
  {
    id: "erasures",
    why: "Whether those who asked to be forgotten are, and what is due to be deleted, is answered for by their region's authority; none of it names anybody.",
    who: { agency: "own region", operator: "all" },
    routes: ["GET /v1/erasures", "GET /v1/retention"],
  },
  {
    id: "erase-by-hand",
    why: "Whoever has a platform erase somebody by hand needs its name for them, and nothing else of them.",
    who: { agency: "own region" },
    routes: ["GET /v1/erasures/{id}", "POST /v1/erasures/{id}/receipts/{receipt}/done"],
  },
  {
    id: "letters",
    why: "Whether somebody makes the gateway write too much is seen in counts, by those who answer for a region.",
    who: { lead: "own region", agency: "own region", operator: "all" },
    routes: ["GET /v1/letters"],
  },
  {
    id: "pairs",
    why: "Whether two registrations are one person's is decided by whoever answers for both: for whole regions, since the two may be of two centres.",
    who: { lead: "own region", agency: "own region" },
    routes: [
      "GET /v1/pairs",
      "GET /v1/pairs/{id}",
      "POST /v1/pairs/{id}/merge",
      "POST /v1/pairs/{id}/keep-apart",
      "POST /v1/pairs/{id}/undo",
    ],
  },
  {
    id: "dry-run",
    why: "Whom a rule would call may be tried by those who call and by those who write the rules; nobody is named and nobody is called.",
    who: { staff: "own centre", lead: "own centre", agency: "own region", operator: "all" },
    routes: ["POST /v1/policies/dry-run"],
  },
  {
    id: "policies",
    why: "The rules of a region are its authority's, and their history is open to it.",
    who: { agency: "own region", operator: "all" },
    routes: ["GET /v1/regions/{region}/policies", "POST /v1/regions/{region}/policies"],
  },
  {
    id: "bindings",
    why: "Which platform a centre works with, and when that changes, is ordered by its region's authority (F17).",
    who: { agency: "own region", operator: "all" },
    routes: [
      "GET /v1/bindings",
      "POST /v1/bindings",
      "POST /v1/bindings/rehearsal",
      "GET /v1/bindings/{id}",
      "PATCH /v1/bindings/{id}",
      "DELETE /v1/bindings/{id}",
      "POST /v1/bindings/{id}/undo",
      "POST /v1/bindings/{id}/halt",
      "POST /v1/bindings/{id}/resume",
    ],
  },
  {
    id: "campaigns",
    why: "A new campaign asks the people of a region again, which its authority orders; of several regions only whoever reaches all of them (F18).",
    who: { agency: "own region", operator: "all" },
    routes: [
      "GET /v1/campaigns",
      "POST /v1/campaigns",
      "POST /v1/campaigns/rehearsal",
      "GET /v1/campaigns/{id}",
      "DELETE /v1/campaigns/{id}",
      "POST /v1/campaigns/{id}/halt",
      "POST /v1/campaigns/{id}/resume",
    ],
  },
  {
    id: "readings",
    why: "A platform serves several regions. To have it compared or read again harms none of them; to believe a reading that misses many takes somebody who reaches everywhere.",
    who: { staff: "all", lead: "all", agency: "all", operator: "all" },
    routes: ["POST /v1/platforms/{platform}/reading"],
  },
  {
    id: "halts",
    why: "A list that is not read brings nobody, in any of the regions that it serves: to let it rest takes somebody who reaches all of them.",
    who: { agency: "all", operator: "all" },
    routes: ["POST /v1/platforms/{platform}/reading/halt"],
  },
  {
    id: "comparisons",
    why: "What a comparison with a platform found and mended are counts, for those who answer for the platforms.",
    who: { agency: "all", operator: "all" },
    routes: ["POST /v1/platforms/{platform}/reconciliation", "GET /v1/platforms/{platform}/reconciliation"],
  },
  {
    id: "platform-history",
    why: "How a platform is now is public; how much it was asked for weeks, and how often it failed, is for those who choose among platforms.",
    who: { agency: "all", operator: "all" },
    routes: ["GET /v1/platforms/{platform}/history"],
  },
  {
    id: "reports",
    why: "The federal authority counts doses. It gets counts, and no way to a person.",
    who: { reporting: "own centre", agency: "own region", operator: "all" },
    routes: [
      "GET /v1/reports/doses",
      "GET /v1/reports/days",
      "GET /v1/reports/days/{day}/{format}",
      "GET /v1/reports/days/{day}/versions/{version}/{format}",
    ],
  },
  ...permissionsTold,
  {
    id: "keys",
    why: "Who comes in with a key is the business of whoever runs the gateway; each key that is made or ended stands in the audit.",
    who: { operator: "all" },
    routes: ["POST /v1/keys", "GET /v1/keys", "DELETE /v1/keys/{label}"],
  },
  {
    id: "oneself",
    why: "Whoever comes in with a key or a token may know who they are here, and what it opens; it tells of nobody else.",
    who: {
      ...{ helper: "all", staff: "all", lead: "all", agency: "all" },
      ...{ reporting: "all", platform: "all", operator: "all", auditor: "all" },
    },
    routes: ["GET /v1/caller"],
  },
  {
    id: "who-may",
    why: "Who may do what is no secret: whoever answers for a centre, a region or the gateway, and whoever checks them, can read it.",
    who: { lead: "all", agency: "all", operator: "all", auditor: "all" },
    routes: ["GET /v1/permissions"],
  },
] as const satisfies readonly Permission[];

type Entry = (typeof permissions)[number];
type Names<Each extends Entry> = Each["routes"][number];

export type ForVolunteers = Names<Extract<Entry, { who: { volunteer: unknown } }>>;
export type ForPlatforms = Names<Extract<Entry, { who: { signedPlatform: unknown } }>>;
export type ForAnybody = Names<Extract<Entry, { who: { anybody: unknown } }>>;
export type ForKeys = Exclude<Names<Entry>, ForVolunteers | ForPlatforms | ForAnybody>;
export type Route = Names<Entry>;
