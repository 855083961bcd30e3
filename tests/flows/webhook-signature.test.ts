import { readFileSync } from "node:fs";
import { Webhook as Stock } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { signatureOf, signedHeaders } from "../../gateway/flows/webhooks/signature.ts";
import { dataFile, noData } from "../support/data.ts";

describe("a signature", () => {
  const vectors = dataFile("http/standard-webhooks/vectors.json") ?? "";

  test.skipIf(vectors === "")(
    `is that of the specification's own libraries${vectors ? "" : ` (${noData})`}`,
    () => {
      const { sign } = JSON.parse(readFileSync(vectors, "utf8")) as {
        sign: { secret: string; id: string; timestamp: number; payload: string; signature: string }[];
      };
      expect(sign.length).toBeGreaterThan(0);
      for (const { secret, id, timestamp, payload: body, signature } of sign) {
        expect(signatureOf({ id, timestamp, body }, secret)).toBe(signature);
        expect(signatureOf({ id, timestamp, body }, secret.replace("whsec_", ""))).toBe(signature);
      }
    },
  );

  test("is verified by the stock library, and by none with another secret, body, id or moment", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const message = { id: "evt_wallonia_1", timestamp: Math.floor(Date.now() / 1000), body: '{"a":"é"}' };
    const headers = signedHeaders(message, [secret]);
    expect(new Stock(secret).verify(message.body, headers)).toEqual({ a: "é" });
    const other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    expect(() => new Stock(other).verify(message.body, headers)).toThrow();
    expect(() => new Stock(secret).verify('{"a":"e"}', headers)).toThrow();
    for (const changed of [
      { "webhook-id": "evt_wallonia_2" },
      { "webhook-timestamp": String(message.timestamp - 1) },
    ])
      expect(() =>
        new Stock(secret).verify(message.body, { ...headers, ...changed } as unknown as Record<
          string,
          string
        >),
      ).toThrow();
    expect(() => signatureOf(message, "whsec_")).toThrow();
    expect(() => signatureOf({ ...message, timestamp: -1 }, secret)).toThrow();
  });
});
