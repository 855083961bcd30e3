import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DataKey, purposes } from "../../gateway/store/keyring.ts";
import { type Bound, createVault, type KeyRing, VaultError } from "../../gateway/store/vault.ts";

const key = (version: number) => ({ version, key: new Uint8Array(32).fill(version) });
const vaultOf = (...versions: number[]) => {
  const ring: KeyRing = versions.map(key);
  return createVault({ sealing: ring, digest: ring });
};
const vault = vaultOf(1);

const words = fc.string({ unit: "binary", maxLength: 60 });
const bounds = fc.record({ table: words, column: words, id: words });
const place: Bound = { table: "volunteers", column: "national_sealed", id: "1" };

describe("what is sealed", () => {
  test("comes back, and never looks the same twice", () => {
    fc.assert(
      fc.property(words, bounds, (plain, bound) => {
        const [once, again] = [vault.seal(plain, bound), vault.seal(plain, bound)];
        expect(vault.open(once, bound)).toBe(plain);
        expect(Buffer.from(once).equals(again)).toBe(false);
      }),
    );
  });

  test("opens in no other table, column or record, however their names run together", () => {
    fc.assert(
      fc.property(words, bounds, bounds, (plain, here, there) => {
        fc.pre(JSON.stringify(here) !== JSON.stringify(there));
        expect(() => vault.open(vault.seal(plain, here), there)).toThrow(VaultError);
      }),
    );
    const sealed = vault.seal("x", { table: "a", column: "bc", id: "d" });
    expect(() => vault.open(sealed, { table: "ab", column: "c", id: "d" })).toThrow(VaultError);
  });

  test("does not open with any one bit altered, nor cut short", () => {
    const sealed = Buffer.from(vault.seal("85073003328", place));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => vault.open(altered, place)).toThrow(VaultError);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => vault.open(sealed.subarray(0, length), place)).toThrow(VaultError);
    }
  });

  test("under an old key still opens once a newer one writes, and not without it", () => {
    const old = vaultOf(1).seal("85073003328", place);
    expect(vaultOf(300, 1).open(old, place)).toBe("85073003328");
    expect(() => vaultOf(300).open(old, place)).toThrow("sealing key version 1 is not here");
    expect(Buffer.from(vaultOf(300, 1).seal("x", place)).readUInt16BE(0)).toBe(300);
  });

  test("is in no error", () => {
    const sealed = vault.seal("85073003328", place);
    const opening = () => vault.open(sealed, { ...place, id: "85073003328" });
    expect(opening).toThrow(
      "what lies in volunteers.national_sealed was not sealed there, or was altered since",
    );
  });
});

describe("a digest", () => {
  test("is the same for the same text, and for no other text, purpose or key", () => {
    fc.assert(
      fc.property(words, words, words, (purpose, text, other) => {
        const hex = Buffer.from(vault.digest(purpose, text)).toString("hex");
        expect(Buffer.from(vaultOf(1).digest(purpose, text)).toString("hex")).toBe(hex);
        expect(Buffer.from(vault.digest(`${purpose}.`, text)).toString("hex")).not.toBe(hex);
        expect(Buffer.from(vaultOf(2).digest(purpose, text)).toString("hex")).not.toBe(hex);
        fc.pre(other !== text);
        expect(Buffer.from(vault.digest(purpose, other)).toString("hex")).not.toBe(hex);
      }),
    );
  });

  test("of every known key finds what any of them wrote, the current one first", () => {
    const [current, older] = vaultOf(2, 1).digests("identity", "85073003328");
    expect(current).toEqual(vaultOf(2, 1).digest("identity", "85073003328"));
    expect(older).toEqual(vaultOf(1).digest("identity", "85073003328"));
  });
});

test.each([
  ["sealing key 1 has 16 bytes instead of 32", [{ version: 1, key: new Uint8Array(16) }]],
  ["two sealing keys have the same version", [key(1), key(1)]],
  ["sealing key version 65536 is not a number from 1 to 65535", [{ ...key(1), version: 65_536 }]],
])("keys are refused: %s", (message, sealing: KeyRing) => {
  expect(() => createVault({ sealing, digest: [key(1)] })).toThrow(message);
});

describe("the keys of the database", () => {
  const random = (
    purpose: DataKey["purpose"],
    version: number,
    state: DataKey["state"] = "used",
  ): DataKey => ({
    ...{ purpose, version, state },
    key: new Uint8Array(32).fill(version % 251),
  });
  const numbers = { ...place };
  const names = { ...place, column: "person_sealed" };
  const versionOf = (written: Uint8Array) => Buffer.from(written).readUInt16BE(0);

  test("are each for one purpose: none opens or finds what another is for", () => {
    const own = vaultOf(1);
    own.learn([random("numbers", 10_001), random("identity", 10_001)]);
    expect(versionOf(own.seal("85073003328", numbers))).toBe(10_001);
    expect(versionOf(own.seal("Jean", names))).toBe(1);
    expect(versionOf(own.digest("identity", "85073003328"))).toBe(10_001);
    expect(versionOf(own.digest("token", "a token"))).toBe(1);
    const other = vaultOf(1);
    other.learn([random("names", 10_001)]);
    expect(() => other.open(own.seal("85073003328", numbers), numbers)).toThrow(
      "sealing key version 10001 is not here",
    );
  });

  test("write once they are used, are carried along while others may write under them, and then only open and find", () => {
    const vault = vaultOf(1);
    const old = vault.seal("Jean", names);
    const states = (known: DataKey["state"], own: DataKey["state"]) =>
      vault.learn(
        (["names", "identity"] as const).flatMap((purpose) => [
          random(purpose, 10_001, known),
          { purpose, version: 1, state: own },
        ]),
      );
    const seen = () => {
      const digests = vault.digests("identity", "words");
      return {
        seals: versionOf(vault.seal("Jean", names)),
        finds: digests.map(versionOf),
        carries: vault.twins("identity", digests)?.map(versionOf),
      };
    };
    expect(seen()).toEqual({ seals: 1, finds: [1], carries: undefined });
    states("known", "used");
    expect(seen()).toEqual({ seals: 1, finds: [1, 10_001], carries: [10_001] });
    states("used", "used");
    expect(seen()).toEqual({ seals: 10_001, finds: [10_001, 1], carries: [1] });
    states("used", "retired");
    expect(seen()).toEqual({ seals: 10_001, finds: [10_001, 1], carries: undefined });
    expect(vault.open(old, names)).toBe("Jean");
    states("used", "removed");
    expect(seen()).toEqual({ seals: 10_001, finds: [10_001], carries: undefined });
    expect(() => vault.open(old, names)).toThrow("sealing key version 1 is not here");
  });

  test("do without keys of the operator's own, and nothing is written without any", () => {
    const bare = createVault({ sealing: [], digest: [] });
    expect(() => bare.seal("Jean", names)).toThrow(VaultError);
    expect(() => bare.digest("identity", "words")).toThrow(VaultError);
    bare.learn(purposes.map((purpose) => random(purpose, 10_001)));
    expect(bare.open(bare.seal("Jean", names), names)).toBe("Jean");
    expect(bare.isSigned("text", bare.sign("text"))).toBe(true);
    expect(bare.sign("text").key).toBe(10_001);
  });

  test("that signed and were removed leave what checks it, and no more", () => {
    const own = vaultOf(1);
    const signed = own.sign("text");
    const [left] = own.publicKeys();
    const bare = createVault({ sealing: [], digest: [] });
    const removed = { purpose: "signing", version: 1, state: "removed" } as const;
    bare.learn([random("signing", 10_001), { ...removed, publicKey: left?.pem }]);
    expect(bare.isSigned("text", signed)).toBe(true);
    expect(bare.isSigned("another", signed)).toBe(false);
    expect(bare.sign("text").key).toBe(10_001);
    bare.learn([random("signing", 10_001), removed]);
    expect(bare.isSigned("text", signed)).toBe(false);
  });
});
