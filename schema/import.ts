import { z } from "zod";

const count = z.number().int();

/** What came of the rows of a list in a file, and what is wrong with some, by row and column as the file has them. */
export const ImportResult = z
  .strictObject({
    added: count,
    changed: count,
    unchanged: count,
    left: count,
    notUsable: count,
    faults: z.array(z.strictObject({ row: count, column: z.string(), detail: z.string() })),
  })
  .meta({ id: "ImportResult" });
export type ImportResult = z.infer<typeof ImportResult>;
