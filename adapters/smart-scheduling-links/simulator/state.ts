import type { CentreId } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";

/** What real publishers get wrong. Those of its API document are always there; the others when a test wants them. */
export type Oddities = {
  /** Every slot of a schedule has the schedule's id. */
  repeatedIds: boolean;
  textCapacities: boolean;
  /** In slots, and in the manifest. */
  nullExtensions: boolean;
  noLastNewline: boolean;
  /** A schedule of no location, slots of it, and slots of no schedule. */
  danglingReferences: boolean;
  /** Beyond its document: half a line, a slot that ends as it begins, a capacity that is a word. */
  brokenLines: boolean;
  /** Beyond its document: every slot twice, the second time with one place less. */
  repeatedLines: boolean;
};

export type State = { centres: CentreId[]; oddities: Oddities };

export const initial = ({ centres }: World): State => ({
  centres: [...centres],
  oddities: {
    repeatedIds: true,
    textCapacities: true,
    nullExtensions: true,
    noLastNewline: true,
    danglingReferences: true,
    brokenLines: false,
    repeatedLines: false,
  },
});
