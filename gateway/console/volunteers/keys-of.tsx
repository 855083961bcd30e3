import type { Keys } from "./place.ts";

/** What opens somebody's place, as a form carries it on in its body. */
export const KeysOf = ({ keys: { link, session } }: { keys: Keys }) => (
  <>
    <input type="hidden" name="link" value={link} />
    {session && <input type="hidden" name="session" value={session} />}
  </>
);
