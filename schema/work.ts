import { z } from "zod";
import { CampaignId, CentreId, Instant, PlatformName, RegionId } from "./primitives.ts";
import { Reveal } from "./reveal.ts";

/* Work that takes longer than anybody waits for: it goes on by itself, and can be followed, left, and stopped. */

/**
 * `import`, `export`: a centre's list in a file. `change-over`: people who are carried to another platform's list.
 * `campaign`: people who are asked whether they come along. `first-load`: a platform's list, read for the first time.
 */
export const WorkKind = z
  .enum(["import", "export", "change-over", "campaign", "first-load"])
  .meta({ id: "WorkKind" });
export type WorkKind = z.infer<typeof WorkKind>;

/** Its kind, and by what that kind is known: a random id, a campaign's or a platform's name. */
export const WorkId = z
  .string()
  .regex(
    /^(?:(?:import|export|change-over)\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:campaign|first-load)\.[a-z0-9-]{1,80})$/,
  )
  .meta({ id: "WorkId", example: "import.0f8fad5b-d9cb-469f-a165-70867728950e" })
  .brand<"WorkId">();
export type WorkId = z.infer<typeof WorkId>;

/** The part after the kind, of an import or an export. */
export type ListWorkId = string & z.BRAND<"ListWorkId">;

/**
 * `proposed`: read through, and nobody has said yet that it is to begin. `stopping`: somebody has stopped it, and it
 * ends with what it has in hand. `cancelled`: what was done stays, and nothing else follows.
 */
export const WorkState = z
  .enum(["proposed", "waiting", "running", "stopping", "done", "failed", "cancelled"])
  .meta({ id: "WorkState" });
export type WorkState = z.infer<typeof WorkState>;

const count = z.number().int().min(0);

/** What became of the rows of an import so far. */
export const RowCounts = z
  .strictObject({ added: count, changed: count, unchanged: count, left: count, notUsable: count })
  .meta({ id: "RowCounts" });
export type RowCounts = z.infer<typeof RowCounts>;
export const noRows: Readonly<RowCounts> = { added: 0, changed: 0, unchanged: 0, left: 0, notUsable: 0 };

/** What is read of a list: the columns that are known, and what was wrong with rows. */
export const ListRead = z
  .strictObject({
    rows: count.meta({ description: "that name somebody whom the gateway can take" }),
    refused: count.meta({ description: "rows in which something is wrong" }),
    columns: z.array(z.strictObject({ field: z.string(), column: z.string() })),
  })
  .meta({ id: "ListRead" });
export type ListRead = z.infer<typeof ListRead>;

export const WorkFault = z.enum(["not-started", "took-too-long", "platform-gone"]).meta({ id: "WorkFault" });
export type WorkFault = z.infer<typeof WorkFault>;

export const Work = z
  .strictObject({
    id: WorkId,
    kind: WorkKind,
    state: WorkState,
    regions: z.array(RegionId).meta({ description: "none where it is about a platform of several" }),
    centre: CentreId.optional(),
    platform: PlatformName.optional(),
    campaign: CampaignId.optional(),
    done: count.meta({ description: "rows or people" }),
    total: count.optional().meta({ description: "absent while nobody knows" }),
    secondsLeft: count
      .nullable()
      .meta({ description: "by its own pace; null while that tells nothing, and when it has ended" }),
    orderedBy: z.string().optional(),
    orderedAt: Instant.optional(),
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    mayCancel: z.boolean(),
    fault: WorkFault.optional(),
    read: ListRead.optional().meta({ description: "of an import" }),
    result: RowCounts.optional().meta({ description: "of an import" }),
    toMend: count.optional().meta({ description: "rows of an import that wait to be mended" }),
    hasFile: z.boolean().optional().meta({ description: "of an export that waits to be taken" }),
    keptUntil: Instant.optional().meta({
      description: "what it holds of people is deleted then: rows to be mended, or the file",
    }),
  })
  .meta({ id: "Work" });
export type Work = z.infer<typeof Work>;

export const ListFormat = z.enum(["csv", "xlsx"]);
export type ListFormat = z.infer<typeof ListFormat>;

/** A centre's list as a file; with `why`, the national numbers are in it. */
export const NewExport = z
  .strictObject({
    kind: z.literal("export"),
    centre: CentreId,
    format: ListFormat.default("csv"),
    why: Reveal.optional(),
  })
  .meta({ id: "NewExport" });
export type NewExport = z.infer<typeof NewExport>;

/** A cell of a row that was refused: what is read from it, the heading above it, and what is wrong with it. */
export const CellToMend = z
  .strictObject({ field: z.string(), column: z.string(), text: z.string(), fault: z.string().optional() })
  .meta({ id: "CellToMend" });
export type CellToMend = z.infer<typeof CellToMend>;

export const RowToMend = z
  .strictObject({
    row: count.meta({ description: "as the file numbers them" }),
    twiceOf: count.optional().meta({ description: "the row that already names that person" }),
    cells: z.array(CellToMend),
  })
  .meta({ id: "RowToMend" });
export type RowToMend = z.infer<typeof RowToMend>;

/** Of a workbook; and far fewer than the database can count. */
const lastRow = 1_048_576;
/** A row with what its cells are to be, by field; what is not named stays. Or a row that is to be left out. */
export const MendedRow = z
  .strictObject({
    row: count.max(lastRow),
    cells: z.record(z.string().max(40), z.string().max(4000)).optional(),
    leaveOut: z.literal(true).optional(),
  })
  .meta({ id: "MendedRow" });
export const MendedRows = z
  .strictObject({ rows: z.array(MendedRow).min(1).max(200) })
  .meta({ id: "MendedRows" });
export type MendedRows = z.infer<typeof MendedRows>;
