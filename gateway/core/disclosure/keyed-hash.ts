/*
 * HalfSipHash-2-4, of 32 bits: the same text under the same key gives the same number, and without the key nobody can say
 * which. J.-P. Aumasson and D. J. Bernstein, https://github.com/veorq/SipHash
 */

export type HashKey = readonly [low: number, high: number];

const turned = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

const round = (v: Int32Array) => {
  let [a, b, c, d] = v as unknown as [number, number, number, number];
  a = (a + b) | 0;
  b = turned(b, 5) ^ a;
  a = turned(a, 16);
  c = (c + d) | 0;
  d = turned(d, 8) ^ c;
  a = (a + d) | 0;
  d = turned(d, 7) ^ a;
  c = (c + b) | 0;
  b = turned(b, 13) ^ c;
  c = turned(c, 16);
  v.set([a, b, c, d]);
};

/** From 0 up to, and without, 1. */
export const keyedChance = ([low, high]: HashKey, text: string): number => {
  const bytes = utf8(text);
  const v = Int32Array.of(low, high, 0x6c796765 ^ low, 0x74656462 ^ high);
  const whole = bytes.length - (bytes.length % 4);
  const wordAt = (at: number) =>
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24);
  const take = (word: number) => {
    v[3] = (v[3] ?? 0) ^ word;
    round(v);
    round(v);
    v[0] = (v[0] ?? 0) ^ word;
  };
  for (let at = 0; at < whole; at += 4) take(wordAt(at));
  take((wordAt(whole) & 0xffffff) | (bytes.length << 24));
  v[2] = (v[2] ?? 0) ^ 0xff;
  for (let nth = 0; nth < 4; nth += 1) round(v);
  return (((v[1] ?? 0) ^ (v[3] ?? 0)) >>> 0) / 2 ** 32;
};

const utf8 = (text: string): number[] =>
  [...text].flatMap((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
    if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
    return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  });

/** A key of 64 bits from a secret. */
export const keyFrom = (secret: string): HashKey => {
  const half = (salt: number) => Math.floor(keyedChance([salt, 0x1f83d9ab], secret) * 2 ** 32) | 0;
  return [half(0x6a09e667), half(0x510e527f)];
};
