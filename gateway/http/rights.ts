import { createRoute, z } from "@hono/zod-openapi";
import { ConsentText, Purpose, PurposeConsent } from "../../schema/consent.ts";
import { Erased, Erasure, OpenErasure } from "../../schema/erasure.ts";
import { PersonData } from "../../schema/held.ts";
import { ErasureId, Instant, Label, Paging, page } from "../../schema/primitives.ts";
import { RetentionPreview } from "../../schema/retention.ts";
import { Consent, Correction, Volunteer } from "../../schema/volunteer.ts";
import { giveConsent, readConsentText, withdrawConsent } from "../flows/consents.ts";
import { correctOwn } from "../flows/correct.ts";
import type { Deps } from "../flows/deps.ts";
import {
  doneByHand,
  eraseOwn,
  listErasures,
  readErasure,
  readOwnErasure,
  regionOfErasure,
} from "../flows/erasure/account.ts";
import { previewRetention } from "../flows/erasure/retain.ts";
import { readHeld } from "../flows/held.ts";
import { callerWith } from "../flows/remember.ts";
import { bearer, forAnybody, forKeys, forVolunteers, keepWithin, reachOf } from "./auth.ts";
import { IdempotencyHeader, once } from "./idempotency.ts";
import { body, json, newRouter, problems, type Router } from "./router.ts";

const tags = ["Rights"];
const Confirmed = z
  .strictObject({
    erase: z.literal(true).meta({ description: "so that no slip of the finger erases anybody" }),
  })
  .meta({ id: "EraseMe" });

const erasing = createRoute({
  ...forVolunteers("POST /v1/volunteer/erase"),
  tags,
  summary: "Be forgotten, here and on every platform",
  description:
    "At once nobody is called or expected any more, and a dose that was promised is free. Each platform is told, again " +
    "and again until it acknowledges it. The token of the answer opens the account of that; the one of the registration " +
    "opens nothing any more.",
  request: { headers: IdempotencyHeader, body: body(Confirmed) },
  responses: { 201: json(Erased, "Forgotten; the token is shown once"), default: problems },
});

const held = {
  tags,
  description:
    "What is held, where it came from, to whom it was sent, what was decided and until when it is kept: the format " +
    "`everydose-person/1`. The national number is shown by its last digits alone.",
  responses: { 200: json(PersonData, "All of it"), default: problems },
} as const;
const seeing = createRoute({
  ...forVolunteers("GET /v1/volunteer/data"),
  ...held,
  summary: "Read all that is held of oneself",
});
const taking = createRoute({
  ...forVolunteers("GET /v1/volunteer/export"),
  ...held,
  summary: "Take it along: the same as a file to be saved",
});

const correcting = createRoute({
  ...forVolunteers("POST /v1/volunteer/correct"),
  tags,
  summary: "Correct one's name, birth date or national number",
  description:
    "Only what is wrong is said; it is looked at as on registering, and declared again. The place in the order follows from " +
    "the corrected birth date; an invitation or a booking under way stays.",
  request: { body: body(Correction) },
  responses: { 200: json(Volunteer, "The registration as it is now"), default: problems },
});

const purposes = {
  tags,
  responses: {
    200: json(z.strictObject({ items: z.array(PurposeConsent) }), "What holds for each purpose"),
    default: problems,
  },
} as const;
const ofPurpose = { params: z.strictObject({ purpose: Purpose }) };
const withdrawing = createRoute({
  ...forVolunteers("POST /v1/volunteer/consents/{purpose}/withdraw"),
  ...purposes,
  summary: "Withdraw consent for one purpose; it acts at once, and the others stay",
  request: ofPurpose,
});
const giving = createRoute({
  ...forVolunteers("POST /v1/volunteer/consents/{purpose}/give"),
  ...purposes,
  summary: "Consent for one purpose again, to the text in force",
  request: { ...ofPurpose, body: body(Consent) },
});
const textReading = createRoute({
  ...forAnybody("GET /v1/consent-texts/{version}"),
  tags,
  summary: "Read the text of a consent, in each language in which it was written",
  request: { params: z.strictObject({ version: Label }) },
  responses: { 200: json(ConsentText, "The text as it was consented to"), default: problems },
});

const reading = createRoute({
  ...forVolunteers("GET /v1/erasure"),
  tags,
  summary: "Read who has acknowledged one's erasure, by the token that it gave",
  responses: { 200: json(Erasure, "The account"), default: problems },
});

const ofAgency = (deps: Deps) => {
  const one = z.strictObject({ id: ErasureId });
  return {
    previewing: createRoute({
      ...forKeys(deps, "GET /v1/retention"),
      tags,
      summary: "See what retention will delete by a moment, by kind and region; asking deletes nothing",
      request: {
        query: z.strictObject({ until: Instant.optional().meta({ description: "now, where absent" }) }),
      },
      responses: { 200: json(RetentionPreview, "Counts and earliest dates"), default: problems },
    }),
    listing: createRoute({
      ...forKeys(deps, "GET /v1/erasures"),
      tags,
      summary: "List erasures, the newest first; none names anybody",
      request: {
        query: Paging.extend({
          state: z.enum(["open", "done"]).optional().meta({
            description: "`open`: a platform has not acknowledged, or somebody must see to it by hand",
          }),
        }).strict(),
      },
      responses: { 200: json(page(Erasure), "A page of them"), default: problems },
    }),
    looking: createRoute({
      ...forKeys(deps, "GET /v1/erasures/{id}"),
      tags,
      summary: "Read an erasure, with the names by which what must be erased by hand is found there",
      request: { params: one },
      responses: { 200: json(OpenErasure, "The erasure"), default: problems },
    }),
    doing: createRoute({
      ...forKeys(deps, "POST /v1/erasures/{id}/receipts/{receipt}/done"),
      tags,
      summary: "Say that a platform has been made to erase it by hand",
      request: { params: one.extend({ receipt: z.coerce.number().int().min(1).max(10_000) }) },
      responses: { 200: json(Erasure, "The erasure as it is now"), default: problems },
    }),
  };
};

/** What is held of oneself, its correction and its end, and who has acknowledged that. */
export const rights = ({ deps }: { deps: Deps }): Router => {
  const { previewing, listing, looking, doing } = ofAgency(deps);
  return newRouter()
    .openapi(erasing, async (c) => {
      const input = c.req.valid("json");
      const token = bearer(c);
      const caller = callerWith(deps, token);
      const reply = { caller, headers: c.req.valid("header"), input, status: 201, shape: Erased };
      return c.json(await once(c, deps, reply, (world) => eraseOwn(world, token, "volunteer")), 201);
    })
    .openapi(seeing, async (c) => c.json(await readHeld(deps, bearer(c)), 200))
    .openapi(taking, async (c) => {
      c.header("content-disposition", 'attachment; filename="everydose-my-data.json"');
      return c.json(await readHeld(deps, bearer(c)), 200);
    })
    .openapi(correcting, async (c) => c.json(await correctOwn(deps, bearer(c), c.req.valid("json")), 200))
    .openapi(withdrawing, async (c) => {
      const { purpose } = c.req.valid("param");
      return c.json({ items: await withdrawConsent(deps, { token: bearer(c), purpose }) }, 200);
    })
    .openapi(giving, async (c) => {
      const { purpose } = c.req.valid("param");
      const { textVersion } = c.req.valid("json");
      return c.json({ items: await giveConsent(deps, { token: bearer(c), purpose, textVersion }) }, 200);
    })
    .openapi(textReading, async (c) => c.json(await readConsentText(deps, c.req.valid("param").version), 200))
    .openapi(reading, async (c) => c.json(await readOwnErasure(deps, bearer(c)), 200))
    .openapi(previewing, async (c) => {
      const { until = c.get("deps").now() } = c.req.valid("query");
      const { regions } = reachOf(c.get("caller"));
      return c.json(await previewRetention(c.get("deps"), { until, regions }), 200);
    })
    .openapi(listing, async (c) => {
      const { regions } = reachOf(c.get("caller"));
      const { state, ...paging } = c.req.valid("query");
      const open = state === undefined ? undefined : state === "open";
      return c.json(await listErasures(c.get("deps"), { regions, open, ...paging }), 200);
    })
    .openapi(looking, async (c) => {
      const { id } = c.req.valid("param");
      keepWithin(c.get("caller"), { region: await regionOfErasure(c.get("deps"), id) });
      return c.json(await readErasure(c.get("deps"), id, c.get("caller").label), 200);
    })
    .openapi(doing, async (c) => {
      const { id, receipt: number } = c.req.valid("param");
      keepWithin(c.get("caller"), { region: await regionOfErasure(c.get("deps"), id) });
      return c.json(await doneByHand(c.get("deps"), { erasure: id, number }, c.get("caller").label), 200);
    });
};
