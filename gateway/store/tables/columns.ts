import { customType, text } from "drizzle-orm/pg-core";
import {
  type CampaignId,
  type CentreId,
  type Instant,
  instant,
  type RegionId,
} from "../../../schema/primitives.ts";
import { arrayText } from "../many.ts";

/* The columns of which every table is made. Instants are ISO text in UTC above, timestamptz below. */

export const at = customType<{ data: Instant; driverData: string }>({
  dataType: () => "timestamptz",
  fromDriver: (value) => instant(new Date(value)),
});
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
/** Drizzle would turn each item into text; an array of bytes is written as PostgreSQL reads it. */
export const byteses = customType<{ data: Uint8Array[]; driverData: Uint8Array[] | string }>({
  dataType: () => "bytea[]",
  toDriver: (values) => arrayText(values, "bytea"),
});
export const region = () => text().$type<RegionId>().notNull();
export const campaign = () => text().$type<CampaignId>().notNull();
export const centre = () => text().$type<CentreId>().notNull();
