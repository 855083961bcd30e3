import type { Status } from "./client.ts";

/* Translates between the contract's shapes and the platform's, both ways and without I/O. */

/** What the example operation says, as the adapter means it. */
export const toReadiness = ({ ready }: Status): "ready" | "closed" => (ready ? "ready" : "closed");
