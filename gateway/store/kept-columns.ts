import type { Purpose } from "./keyring.ts";

/** A column that a key wrote. Its version stands in the first two bytes of each value, or is the value itself. */
export type KeptColumn = {
  table: string;
  column: string;
  form: "one" | "many" | "number";
  /** Of which rows it matters; where absent, of all: what else there is opens nothing and finds nobody. */
  where?: string;
};

const column = (
  table: string,
  name: string,
  form: KeptColumn["form"] = "one",
  where?: string,
): KeptColumn => ({ table, column: name, form, where });

/** Every column that is written with a key, by the purpose of the key; a test holds it against the database. */
export const keptColumns: Readonly<Record<Purpose, readonly KeptColumn[]>> = {
  names: [
    column("volunteers", "person_sealed"),
    column("volunteers", "contact_sealed"),
    column("erasure_receipts", "matter_sealed"),
  ],
  numbers: [
    column("volunteers", "national_sealed"),
    column("identity_words", "words_sealed"),
    column("reveals", "words_sealed"),
    column("work", "words_sealed"),
    column("work_parts", "rows_sealed"),
  ],
  replies: [
    column("requests", "reply_sealed"),
    column("webhooks", "secret_sealed"),
    column("webhooks", "old_secret_sealed"),
  ],
  identity: [
    column("volunteers", "identity_digest"),
    column("former_identities", "digest"),
    column("officials", "digests", "many"),
    column("identity_words", "digest"),
    // Of whom nothing else is left to make it anew from: it ends by the region's terms.
    column("tombstones", "digest", "one", "until_at > clock_timestamp()"),
  ],
  contact: [
    column("volunteers", "contact_digests", "many"),
    column("blocks", "key"),
    // An address is asked about for an hour at the most.
    column("told", "address", "one", "at > clock_timestamp() - interval '1 hour'"),
  ],
  token: [
    column(
      "tokens",
      "digest",
      "one",
      "revoked_at is null and (expires_at is null or expires_at > clock_timestamp())",
    ),
    column("renewals", "token_digest"),
    column("erasures", "token_digest"),
    column("keys", "digest", "one", "revoked_at is null"),
  ],
  general: [
    column("requests", "fingerprint"),
    column("regions", "policy_file_digest"),
    column("regions", "binding_file_digest"),
    // Tries are counted for a day at the most.
    column("wrong_tries", "key", "one", "until > clock_timestamp()"),
  ],
  signing: [column("audit_checkpoints", "key", "number")],
};
