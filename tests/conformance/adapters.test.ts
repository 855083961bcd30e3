import { describe, test } from "vitest";
import { attempt, discover, load, promisesOf } from "../../adapters/kit/conformance.ts";

for (const name of await discover()) {
  const candidate = await load(name);
  describe(name, () => {
    for (const promised of promisesOf(candidate.adapter.capabilities))
      test(`${promised.capability}: ${promised.promise}`, { timeout: 60_000 }, async ({ skip }) => {
        const reason = await attempt(candidate, promised);
        if (reason !== undefined) skip(reason);
      });
  });
}
