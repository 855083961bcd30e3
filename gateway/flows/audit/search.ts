import type { ActorKind, AuditLine, AuditPage, AuditQuestion } from "../../../schema/audit.ts";
import type { PlatformName } from "../../../schema/primitives.ts";
import * as chain from "../../store/audit-chain.ts";
import * as search from "../../store/audit-search.ts";
import { hexOf } from "../../store/digests.ts";
import { referring } from "./export.ts";
import type { Reading } from "./verify.ts";

/** So many links are looked at together, and so many such windows for one answer: a search that finds nothing ends. */
const window = 5000;
const windows = 10;

const kindOf = (actor: string, platforms: readonly string[]): ActorKind => {
  if (actor === "volunteer" || actor === "gateway") return actor;
  return platforms.includes(actor) ? "platform" : "key";
};

type Found = Awaited<ReturnType<typeof search.inWindow>>[number];

const shown = (deps: Reading, platforms: readonly string[], { link, line }: Found): AuditLine => {
  const subject = referring(deps, line.subject);
  return {
    ...{ number: link.number, at: line.at, actor: line.actor, event: line.event, hash: hexOf(link.hash) },
    actorKind: kindOf(line.actor, platforms),
    ...(typeof subject === "string" ? { subject } : {}),
    facts: referring(deps, line.facts) as AuditLine["facts"],
  };
};

/** Whether a line is about it, or refers to it. */
const isAbout = ({ subject, facts }: AuditLine, reference: string): boolean =>
  subject === reference || JSON.stringify(facts).includes(`"${reference}"`);

/**
 * Lines of a region's chain ("": of what is about none) that say what is asked, the newest first. An id is looked for by
 * its reference, which only a look at each line can find: after `windows` of them the answer says how far it came.
 */
export const searchAudit = async (
  deps: Reading,
  region: string,
  { question, platforms }: { question: AuditQuestion; platforms: readonly PlatformName[] },
): Promise<AuditPage> => {
  const { limit, cursor, subject, ...said } = question;
  const wanted = { ...said, platforms };
  const signed = await chain.lastCheckpoint(deps.db, region);
  const head = signed ? { signed: { number: signed.number, at: signed.at } } : {};
  const span = await search.spanOf(deps.db, region, wanted);
  const items: AuditLine[] = [];
  if (!span) return { items, ...head };
  let below = Math.min(span.last, cursor === undefined ? span.last : Number(cursor));
  for (let nth = 0; nth < windows && below >= span.first && items.length < limit; nth += 1) {
    const above = Math.max(span.first - 1, below - window);
    const most = subject ? window : limit - items.length;
    const rows = await search.inWindow(deps.db, region, { ...wanted, above, below, limit: most });
    below = rows.length === most ? (rows.at(-1)?.link.number ?? above + 1) - 1 : above;
    for (const row of rows) {
      const line = shown(deps, platforms, row);
      if (subject && !isAbout(line, subject)) continue;
      items.push(line);
      if (items.length < limit) continue;
      below = line.number - 1;
      break;
    }
  }
  const oldest = await search.timeAt(deps.db, region, Math.max(below + 1, span.first));
  return {
    items,
    ...(below >= span.first ? { next: String(below) } : {}),
    ...(oldest ? { searchedTo: oldest } : {}),
    ...head,
  };
};
