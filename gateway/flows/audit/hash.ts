import { createHash } from "node:crypto";
import { type AuditLine, lineText, linkText } from "../../core/chain.ts";

/** In letters, as it is written into the next. */
export const hashOf = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** The hash of a line's link, of which the line stands at that place. */
export const linkHash = (
  line: AuditLine,
  { region, number, before }: { region: string; number: number; before: string },
): string => hashOf(linkText({ region, number, before, line: hashOf(lineText(line)) }));

export const inBytes = (hash: string): Uint8Array => Buffer.from(hash, "hex");
