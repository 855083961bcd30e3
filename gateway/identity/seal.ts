import { type Instant, instant } from "../../schema/primitives.ts";

/* Loaded when something is first sealed or opened: an idle gateway does neither. */
const load = () => import("jose");

/** A key in one of its versions; the first of several seals, each still opens. */
export type SealKey = { version: number; key: Uint8Array };

/**
 * What is sealed is read by nobody but a gateway of the same keys, each use by keys of its own; it opens until its end,
 * by whichever gateway. JWE, directly with A256GCM.
 */
export const createSeal = (world: {
  /** Asked each time, since keys change while a gateway runs. */
  keysFor(use: string): readonly SealKey[];
  now(): Instant;
}) => ({
  seal: async (use: string, content: Record<string, unknown>, until: Instant): Promise<string> => {
    const [first] = world.keysFor(use);
    if (!first) throw new Error("there is no key to seal with");
    const { EncryptJWT } = await load();
    return new EncryptJWT(content)
      .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: String(first.version) })
      .setExpirationTime(new Date(until))
      .encrypt(first.key);
  },
  /** Nothing where it was altered, sealed by other keys or for another use, or is over. */
  open: async (
    use: string,
    sealed: string,
  ): Promise<{ content: Record<string, unknown>; until: Instant } | undefined> => {
    const { errors, jwtDecrypt } = await load();
    try {
      const { payload } = await jwtDecrypt(
        sealed,
        ({ kid }) => {
          const found = world.keysFor(use).find(({ version }) => String(version) === kid);
          if (!found) throw new errors.JWEDecryptionFailed();
          return found.key;
        },
        {
          ...{ keyManagementAlgorithms: ["dir"], contentEncryptionAlgorithms: ["A256GCM"] },
          ...{ requiredClaims: ["exp"], currentDate: new Date(world.now()) },
        },
      );
      return { content: payload, until: instant((payload.exp ?? 0) * 1000) };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  },
});
export type Seal = ReturnType<typeof createSeal>;
