import type { Day } from "../../schema/primitives.ts";
import type { Dimension, ReportRow } from "../../schema/report.ts";
import { provinceOf } from "../core/province.ts";
import { addUp, ageBandOf, type Dose } from "../core/report.ts";
import * as places from "../store/places.ts";
import * as reports from "../store/reports.ts";
import type { Reach } from "./deps.ts";
import { type Deps, transact } from "./deps.ts";

type ReportQuestion = Reach & { from: Day; until: Day; by: Dimension[] };

/** Doses announced, used and lost, by the dimensions asked. Counts of doses; nobody is named or numbered. */
export const report = (deps: Deps, { by, ...asked }: ReportQuestion): Promise<ReportRow[]> =>
  transact(deps, async (tx) => {
    const rows = await reports.dosesByFate(tx, asked);
    const centres = await places.centresOf(tx);
    const provinces = new Map(centres.map(({ id, postcode }) => [id, provinceOf(postcode)]));
    const doses = rows.map(
      ({ birthDate, count, ...row }): Dose => ({
        ...{ ...row, count, province: provinces.get(row.centre) ?? null },
        ageBand: birthDate ? ageBandOf(birthDate, row.day) : null,
      }),
    );
    return addUp(doses, by);
  });
