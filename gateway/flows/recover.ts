import type { Contact } from "../../schema/volunteer.ts";
import { reach } from "../core/identity.ts";
import * as audit from "../store/audit.ts";
import * as outbox from "../store/outbox.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Deps, transact } from "./deps.ts";

/**
 * Sends a new token to whoever this contact was registered for. Answers nothing, whether or not there is anyone:
 * the only one who learns it is who reads that contact's messages (F20).
 */
export const recover = (deps: Deps, contact: Contact): Promise<void> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const digests = reach(contact).flatMap((way) => deps.vault.digests("contact", way));
    for (const row of await volunteers.byContact(tx, digests)) {
      await outbox.enqueue(tx, [{ kind: "message", about: "recovery", volunteer: row.id }], now);
      const line = { at: now, region: row.region, actor: "volunteer" };
      await audit.note(tx, { ...line, event: "volunteer.recovery", subject: row.id });
    }
  });
