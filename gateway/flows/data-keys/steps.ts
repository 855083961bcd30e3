import type { Db } from "../../store/db.ts";
import type { Purpose } from "../../store/keyring.ts";
import { versionIn } from "../../store/keyring.ts";
import * as reseals from "../../store/reseals.ts";
import { VaultError } from "../../store/vault.ts";
import type { Deps } from "../deps.ts";
import {
  type Renewed,
  renewAnswerTokens,
  renewContacts,
  renewIdentities,
  renewRenewals,
  renewWords,
} from "./digests.ts";

/** Writes anew what an older key wrote in the next rows. */
export type Step = {
  name: string;
  renew(tx: Db, deps: Deps, to: { version: number; span: reseals.Span }): Promise<Renewed>;
};

type SealedTable = { walk: reseals.Walk; columns: readonly string[] };

/** What does not open is passed over, and counted as the old key's for as long as it is there. */
const resealedIn =
  (deps: Deps, { walk, columns }: SealedTable, version: number) =>
  (row: reseals.Old) =>
    columns.flatMap((column) => {
      const before = row[column];
      if (!(before instanceof Uint8Array) || versionIn(before) === version) return [];
      const bound = { table: walk.table, column, id: row.keys.join(" ") };
      try {
        return [{ column, keys: row.keys, value: deps.vault.seal(deps.vault.open(before, bound), bound) }];
      } catch (error) {
        if (error instanceof VaultError) return [];
        throw error;
      }
    });

const sealed = (table: SealedTable): Step => ({
  name: `${table.walk.table} ${table.columns.join(" ")}`,
  renew: async (tx, deps, { version, span }) => {
    const { walk, columns } = table;
    const rows = await reseals.old(tx, walk, { columns, version }, span);
    const values = rows.flatMap(resealedIn(deps, table, version));
    for (const column of columns)
      await reseals.put(
        tx,
        walk,
        column,
        values.filter((each) => each.column === column),
      );
    return { last: rows.at(-1)?.keys, renewed: values.length };
  },
});

const people: reseals.Walk = { table: "volunteers", keys: [{ name: "id", type: "uuid" }] };
const requests: reseals.Walk = {
  table: "requests",
  keys: [
    { name: "caller", type: "text" },
    { name: "key", type: "text" },
  ],
};
const reveals: reseals.Walk = { table: "reveals", keys: [{ name: "id", type: "uuid" }] };
const receipts: reseals.Walk = {
  table: "erasure_receipts",
  keys: [
    { name: "erasure", type: "uuid" },
    { name: "number", type: "integer" },
  ],
};
const work: reseals.Walk = { table: "work", keys: [{ name: "id", type: "uuid" }] };
const parts: reseals.Walk = {
  table: "work_parts",
  keys: [
    { name: "work", type: "uuid" },
    { name: "kind", type: "text" },
    { name: "number", type: "integer" },
  ],
};
const webhooks: reseals.Walk = { table: "webhooks", keys: [{ name: "id", type: "uuid" }] };
const words: reseals.Walk = { table: "identity_words", keys: [{ name: "digest", type: "bytea" }] };

/**
 * How each purpose's rows are renewed. What is not here renews itself: a key or a link when it is used next, the
 * operator's files at the next start, a request's content within a day, since it is forgotten then.
 */
export const stepsOf: Readonly<Record<Purpose, readonly Step[]>> = {
  names: [
    sealed({ walk: people, columns: ["person_sealed", "contact_sealed"] }),
    sealed({ walk: receipts, columns: ["matter_sealed"] }),
  ],
  numbers: [
    sealed({ walk: people, columns: ["national_sealed"] }),
    sealed({ walk: words, columns: ["words_sealed"] }),
    sealed({ walk: reveals, columns: ["words_sealed"] }),
    sealed({ walk: work, columns: ["words_sealed"] }),
    sealed({ walk: parts, columns: ["rows_sealed"] }),
  ],
  replies: [
    sealed({ walk: requests, columns: ["reply_sealed"] }),
    sealed({ walk: webhooks, columns: ["secret_sealed", "old_secret_sealed"] }),
  ],
  identity: [
    { name: "volunteers identity_digest", renew: renewIdentities },
    { name: "identity_words digest", renew: renewWords },
  ],
  contact: [{ name: "volunteers contact_digests", renew: renewContacts }],
  token: [
    { name: "tokens digest", renew: renewAnswerTokens },
    { name: "renewals token_digest", renew: renewRenewals },
  ],
  general: [],
  signing: [],
};
