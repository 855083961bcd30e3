import type { Instant } from "../../schema/primitives.ts";
import type { ListWorkId } from "../../schema/work.ts";
import { advanceExport } from "../flows/work/export.ts";
import { advanceImport } from "../flows/work/import.ts";
import { kindOfList } from "../flows/work/show.ts";
import { type Carrier, portsOf } from "./carrier.ts";

/** So many parts in one turn, well within the time for which an order is claimed. */
const partsInATurn = 10;

/** Takes a list further in or out; answers with when to go on, and with nothing at the end. */
export const workOn = async (carrier: Carrier, id: ListWorkId): Promise<Instant | undefined> => {
  const { deps } = carrier;
  const about = await kindOfList(deps, id);
  if (!about) return undefined;
  const port = portsOf(carrier, about.platform).spreadsheet;
  const advance = about.kind === "import" ? advanceImport : advanceExport;
  for (let part = 0; part < partsInATurn; part += 1) if (!(await advance(deps, id, port))) return undefined;
  return deps.now();
};
