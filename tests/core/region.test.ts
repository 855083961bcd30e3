import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Postcode } from "../../schema/primitives.ts";
import { PostcodeRange, within } from "../../schema/region.ts";

const postcode = (text: string) => Postcode.parse(text);

describe("postcode ranges", () => {
  it.each(["6000", "6000-6099", "1000-9999", "4700-4700"])("takes %s", (text) => {
    expect(PostcodeRange.safeParse(text).success).toBe(true);
  });

  it.each(["600", "0999", "6000-", "6099-6000", "6000-60999", "6000 - 6099", "B-6000"])(
    "refuses %s",
    (text) => {
      expect(PostcodeRange.safeParse(text).success).toBe(false);
    },
  );

  it("holds its first and its last postcode, and none beside them", () => {
    const ranges = ["4700-4799", "6000"];
    const inside = ["4699", "4700", "4750", "4799", "4800", "5999", "6000", "6001"].filter((each) =>
      within(postcode(each), ranges),
    );
    expect(inside).toEqual(["4700", "4750", "4799", "6000"]);
  });

  it("holds exactly the postcodes from first to last", () => {
    const code = fc.integer({ min: 1000, max: 9999 });
    fc.assert(
      fc.property(code, code, code, (one, other, asked) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        const held = within(postcode(String(asked)), [`${first}-${last}`]);
        expect(held).toBe(asked >= first && asked <= last);
      }),
    );
  });
});
