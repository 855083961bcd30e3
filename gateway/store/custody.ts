/**
 * Who keeps a key that wraps other keys, and does so without handing it out where it can. Both throw `CustodyError`
 * where that cannot be done; a repeat is safe.
 */
export type Custodian = {
  /** As it is noted beside what it wrapped: "ring 2", "transit everydose". */
  name: string;
  /** What comes out opens only with the same label. */
  wrap(key: Uint8Array, label: string): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array, label: string): Promise<Uint8Array>;
};

/** The custodian that wraps from now on, and those that once did and still unwrap. */
export type Custody = { current: Custodian; named(name: string): Custodian | undefined };

/** A data key could not be wrapped or unwrapped; says by whom and why, and shows neither key nor credential. */
export class CustodyError extends Error {
  override readonly name = "CustodyError";
}
