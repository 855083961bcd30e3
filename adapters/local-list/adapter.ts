import { z } from "zod";
import { defineAdapter, type Ports, Secret } from "../../schema/adapter.ts";
import { localDay } from "../../schema/primitives.ts";
import { namingBy } from "./identity.ts";
import { cellsFor, readAgain, readList, writeList } from "./list.ts";
import { openFile } from "./open.ts";
import { sharedRoster, uploadedRoster } from "./roster.ts";
import { createShare } from "./share.ts";

/**
 * The centre's staff telephone people from the call sheet that the gateway keeps, and enter there what they heard. So
 * an invitation is always `waiting`, there is nothing to revoke here, and there are never answers to fetch.
 */
const telephone: Ports["invite"] = {
  send: async () => ({ state: "waiting" }),
  revoke: async () => {},
  answers: async ({ cursor }) => ({ events: [], next: cursor ?? "by-telephone" }),
};

const options = z
  .strictObject({
    digestKey: Secret.meta({
      description: "rows without an id column are named by it; a new key renames them all",
    }),
    shareUrl: z
      .url()
      .optional()
      .meta({ description: "the centre's file share; without it lists come by upload" }),
    token: Secret.optional(),
  })
  .refine(({ shareUrl, token }) => (shareUrl === undefined) === (token === undefined), {
    error: "a share needs both its address (shareUrl) and its token",
  });

/** A centre's own list: a spreadsheet, and a telephone. */
export default defineAdapter({
  name: "local-list",
  capabilities: ["roster", "spreadsheet", "invite"],
  roster: {
    // A centre's own sheet has no columns for the week and the conditions, unless it began as a download of the gateway's.
    keeps: ["nationalNumber", "birthDate", "postcode", "email", "mobile", "language", "centres"],
    demands: [],
  },
  options,
  connect: ({ digestKey, shareUrl, token }, ctx) => {
    const naming = namingBy(digestKey);
    const world = { ctx, naming };
    return {
      roster:
        shareUrl && token
          ? sharedRoster(world, createShare(ctx.http(shareUrl), token))
          : uploadedRoster(world),
      spreadsheet: {
        read: async ({ bytes, centre }) =>
          readList(await openFile(bytes), { centre, today: localDay(ctx.now()) }),
        readAgain: ({ rows, centre }) => readAgain(rows, { centre, today: localDay(ctx.now()) }),
        cells: cellsFor,
        write: writeList,
      },
      invite: telephone,
    };
  },
});
