import type { WebhookId } from "../../../schema/webhook.ts";
import type { WebhookRow } from "../../store/webhooks.ts";
import type { Deps } from "../deps.ts";

/* The secret of a webhook lies sealed and bound to it, and so does the one before for as long as both sign. */

const bound = (id: WebhookId, column: "secret_sealed" | "old_secret_sealed") => ({
  ...{ table: "webhooks", column, id },
});

type Vault = Pick<Deps, "vault">;

export const sealSecret = ({ vault }: Vault, id: WebhookId, secret: string): Uint8Array =>
  vault.seal(secret, bound(id, "secret_sealed"));

/** From the place of the secret to that of the one before. */
export const moveSecret = ({ vault }: Vault, { id, secretSealed }: WebhookRow): Uint8Array =>
  vault.seal(vault.open(secretSealed, bound(id, "secret_sealed")), bound(id, "old_secret_sealed"));

/** Those that sign now, the newest first. */
export const secretsOf = ({ vault, now }: Pick<Deps, "vault" | "now">, row: WebhookRow): string[] => {
  const { id, secretSealed, oldSecretSealed, oldSecretUntil } = row;
  const isOldStill = oldSecretSealed && oldSecretUntil && oldSecretUntil > now();
  return [
    vault.open(secretSealed, bound(id, "secret_sealed")),
    ...(isOldStill ? [vault.open(oldSecretSealed, bound(id, "old_secret_sealed"))] : []),
  ];
};
