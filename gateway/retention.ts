import { parseArgs } from "node:util";
import { Instant, instant } from "../schema/primitives.ts";
import type { RetentionPreview } from "../schema/retention.ts";
import { onDatabase } from "./command.ts";
import { previewRetention } from "./flows/erasure/retain.ts";

/*
 * `npm run retention:show` says what the gateway will delete by itself, by kind and region, and deletes nothing. It takes
 * the settings that the gateway takes. docs/security.md
 */

const { values } = parseArgs({
  options: { until: { type: "string" }, json: { type: "boolean", default: false } },
});

const told = ({ until, items }: RetentionPreview): string =>
  items.length === 0
    ? `nothing is due by ${until}`
    : [
        `due by ${until}:`,
        ...items.map(
          ({ region, kind, count, earliest }) =>
            `  ${region}: ${count} of ${kind}, the first due on ${earliest.slice(0, 10)}`,
        ),
      ].join("\n");

await onDatabase("what is due cannot be read", async ({ orm: db }) => {
  const now = () => instant(Date.now());
  const until = values.until === undefined ? now() : Instant.parse(values.until);
  const preview = await previewRetention({ db, now }, { until });
  process.stdout.write(`${values.json ? JSON.stringify(preview) : told(preview)}\n`);
});
