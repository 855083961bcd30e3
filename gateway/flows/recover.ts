import type { Contact } from "../../schema/volunteer.ts";
import { reach } from "../core/identity.ts";
import { hexOf } from "../store/digests.ts";
import * as outbox from "../store/outbox.ts";
import { type Deps, transact } from "./deps.ts";

/**
 * Sends a new token to whoever this contact was registered for. Answers nothing, and does the same whether or not
 * there is anyone: the only one who learns it is who reads that contact's messages (F20).
 */
export const recover = (deps: Deps, contact: Contact): Promise<void> =>
  transact(deps, async (tx) => {
    const digests = reach(contact).flatMap((way) => deps.vault.digests("contact", way));
    const ways = digests.map(hexOf);
    await outbox.enqueue(tx, [{ kind: "recover", ways }], deps.now());
  });
