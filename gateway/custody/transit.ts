import { Pool } from "undici";
import { z } from "zod";
import { type Custodian, CustodyError } from "../store/custody.ts";

/*
 * A key-management service that speaks HashiCorp Vault's transit engine, as OpenBao does too: the key never leaves it.
 * https://developer.hashicorp.com/vault/api-docs/secret/transit#encrypt-data
 * https://developer.hashicorp.com/vault/api-docs/secret/transit#decrypt-data
 */

/**
 * Where the service is reached, and as whom. `url` is that of the engine, with the path under which it is mounted:
 * "https://vault.example.org:8200/v1/transit".
 */
export type ServiceSettings = { url: string; name: string; token: string };

const timeoutMs = 10_000;

const Encrypted = z.object({ data: z.object({ ciphertext: z.string().startsWith("vault:") }) });
const Decrypted = z.object({ data: z.object({ plaintext: z.base64() }) });

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64");

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
};

export const transitCustodian = ({
  url,
  name,
  token,
}: ServiceSettings): Custodian & { close(): Promise<void> } => {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, {
    connections: 2,
    connectTimeout: timeoutMs,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const ask = async <Reply>(
    verb: "encrypt" | "decrypt",
    content: Record<string, string>,
    shape: z.ZodType<Reply>,
  ): Promise<Reply> => {
    const failed = (why: string) => new CustodyError(`the key-management service: ${verb} ${name}: ${why}`);
    const request = {
      path: `${pathname.replace(/\/$/, "")}/${verb}/${encodeURIComponent(name)}`,
      method: "POST" as const,
      headers: { "x-vault-token": token, "content-type": "application/json" },
      body: JSON.stringify(content),
    };
    const reply = await pool.request(request).catch((error: unknown) => {
      throw failed(codeOf(error));
    });
    const text = await reply.body.text().catch(() => "");
    if (reply.statusCode !== 200) throw failed(`status ${reply.statusCode}`);
    // What it answers holds keys: a reply that cannot be read is not told.
    const told = shape.safeParse(parsed(text));
    if (!told.success) throw failed("a reply of another shape");
    return told.data;
  };
  return {
    name: `transit ${name}`,
    wrap: async (key, label) => {
      const content = { plaintext: base64(key), associated_data: base64(label) };
      return Buffer.from((await ask("encrypt", content, Encrypted)).data.ciphertext);
    },
    unwrap: async (wrapped, label) => {
      const ciphertext = Buffer.from(wrapped).toString();
      const content = { ciphertext, associated_data: base64(label) };
      return Buffer.from((await ask("decrypt", content, Decrypted)).data.plaintext, "base64");
    },
    close: () => pool.destroy(),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
