import { fileURLToPath } from "node:url";

/** A key as an operator writes it. */
export const writtenKey = (fill: number) => `1:${Buffer.alloc(32, fill).toString("base64")}`;

/** All that a production gateway is told, with the shipped files; its platforms and its mail server answer nobody. */
export const productionSettings = (databaseUrl: string): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  EVERYDOSE_CONFIG: fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url)),
  EVERYDOSE_PUBLIC_URL: "https://dose.example.org",
  EVERYDOSE_SEALING_KEY: writtenKey(1),
  EVERYDOSE_DIGEST_KEY: writtenKey(2),
  EVERYDOSE_OPERATOR_KEY: "f".repeat(64),
  EVERYDOSE_MAIL_FROM: "dose@example.org",
  SMTP_URL: "smtp://127.0.0.1:1",
  ...Object.fromEntries(
    ["CLIENT_ID", "CLIENT_SECRET", "WEBHOOK_SECRET", "REFERENCE_KEY"].map((name) => [
      `DOCTENA_${name}`,
      name,
    ]),
  ),
  ...{ QVAX_API_KEY: "qvax-key-of-ours", LOCAL_LIST_DIGEST_KEY: "list-key-of-ours" },
  ...{ DOCLR_USERNAME: "everydose", DOCLR_PASSWORD: "doclr-password" },
});
