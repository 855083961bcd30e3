import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/*
 * A small server that speaks what is used of HashiCorp Vault's transit engine: keys with versions, AEAD with associated
 * data, and its status codes. https://developer.hashicorp.com/vault/api-docs/secret/transit
 */

type Asked = { plaintext?: string; ciphertext?: string; associated_data?: string };

/** Its keys are made on the first use; `rotate` begins a new version of one, and older ones still decrypt. */
export const openTransit = async (token: string) => {
  const keys = new Map<string, Buffer[]>();
  const asked: string[] = [];
  const versionsOf = (name: string): Buffer[] => {
    const versions = keys.get(name) ?? [randomBytes(32)];
    keys.set(name, versions);
    return versions;
  };
  const encrypt = (name: string, { plaintext = "", associated_data = "" }: Asked) => {
    const versions = versionsOf(name);
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", versions.at(-1) ?? "", nonce);
    cipher.setAAD(Buffer.from(associated_data, "base64"));
    const body = [cipher.update(plaintext, "base64"), cipher.final()];
    const bytes = Buffer.concat([nonce, cipher.getAuthTag(), ...body]);
    return { ciphertext: `vault:v${versions.length}:${bytes.toString("base64")}` };
  };
  const decrypt = (name: string, { ciphertext = "", associated_data = "" }: Asked) => {
    const [, version, base64 = ""] = ciphertext.replace(":v", ":").split(":");
    const bytes = Buffer.from(base64, "base64");
    const key = versionsOf(name)[Number(version) - 1] ?? "";
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(associated_data, "base64")).setAuthTag(bytes.subarray(12, 28));
    const plain = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
    return { plaintext: plain.toString("base64") };
  };
  const server = createServer(async (request, reply) => {
    const [, verb, name = ""] = /^\/v1\/transit\/(encrypt|decrypt)\/([\w.-]+)$/.exec(request.url ?? "") ?? [];
    const content = await text(request);
    const answer = (status: number, body: object) =>
      void reply.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    asked.push(`${verb} ${name}`);
    if (request.headers["x-vault-token"] !== token) return answer(403, { errors: ["permission denied"] });
    if (!verb || request.method !== "POST") return answer(404, { errors: [] });
    try {
      const given: Asked = JSON.parse(content);
      answer(200, { data: verb === "encrypt" ? encrypt(name, given) : decrypt(name, given) });
    } catch {
      answer(400, { errors: ["cipher: message authentication failed"] });
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/transit`,
    asked,
    rotate: (name: string) => void versionsOf(name).push(randomBytes(32)),
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
