import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { ConfigRefusal } from "../../gateway/config/document.ts";
import { readConfig as read } from "../../gateway/config.ts";
import { load } from "../../gateway/registry.ts";

const shipped = fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "everydose-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const key = (fill: number) => Buffer.alloc(32, fill).toString("base64");
const production = {
  DATABASE_URL: "postgres://everydose:a-database-password@db:5432/everydose",
  EVERYDOSE_CONFIG: shipped,
  EVERYDOSE_PUBLIC_URL: "https://dose.example.org",
  EVERYDOSE_SEALING_KEY: `1:${key(1)},2:${key(2)}`,
  EVERYDOSE_DIGEST_KEY: `1:${key(3)}`,
  EVERYDOSE_OPERATOR_KEY: "f".repeat(64),
  EVERYDOSE_MAIL_FROM: "dose@example.org",
  SMTP_URL: "smtps://user:a-mail-password@mail.example.org",
  QVAX_API_KEY: "qvax-api-key-of-ours",
  DOCTENA_CLIENT_ID: "everydose",
  DOCTENA_CLIENT_SECRET: "doctena-secret-of-ours",
  DOCTENA_WEBHOOK_SECRET: "doctena-webhook-secret",
  DOCTENA_REFERENCE_KEY: "doctena-reference-key",
  LOCAL_LIST_DIGEST_KEY: "local-list-digest-key",
  DOCLR_USERNAME: "everydose",
  DOCLR_PASSWORD: "doclr-password-of-ours",
};

const readConfig = (env: Record<string, string | undefined>) => read(load, env);

const faultsOf = async (env: Record<string, string | undefined>): Promise<readonly string[]> => {
  try {
    await readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigRefusal) return error.faults;
    throw error;
  }
};

describe("the sandbox", () => {
  it("needs nothing", async () => {
    const config = await readConfig({});
    expect(config).toMatchObject({ mode: "sandbox", host: "127.0.0.1", port: 8080, databaseUrl: undefined });
    expect(config.federation.centres).toHaveLength(55);
  });

  it("takes a port, a data folder and a database server", async () => {
    const config = await readConfig({ PORT: "0", EVERYDOSE_DATA: folder, DATABASE_URL: "postgres://u@db/e" });
    expect(config).toMatchObject({
      mode: "sandbox",
      port: 0,
      data: folder,
      databaseUrl: "postgres://u@db/e",
      keysFile: join(folder, "sandbox-keys.json"),
    });
  });

  it("takes an empty variable for none", async () => {
    expect(await readConfig({ PORT: "", DATABASE_URL: " " })).toMatchObject({ mode: "sandbox", port: 8080 });
  });

  it.each(["EVERYDOSE_CONFIG", "EVERYDOSE_SEALING_KEY", "EVERYDOSE_OPERATOR_KEY"] as const)(
    "does not begin where %s shows that production was meant",
    async (name) => {
      expect(await faultsOf({ [name]: production[name] })).toEqual([
        expect.stringMatching(new RegExp(`^${name}: is for production, which needs DATABASE_URL and`)),
      ]);
    },
  );
});

describe("production", () => {
  it("begins with everything in place, newest key first, platforms with their secrets", async () => {
    const config = await readConfig(production);
    if (config.mode !== "production") throw new Error("not production");
    expect(config.sealing.map(({ version }) => version)).toEqual([2, 1]);
    expect(config.sealing[0]?.key).toEqual(Buffer.alloc(32, 2));
    expect(config.sms).toBeUndefined();
    const qvax = config.federation.platforms.find(({ name }) => name === "qvax");
    expect(qvax?.options.apiKey).toBe(production.QVAX_API_KEY);
  });

  it("reads secrets from files, without the last line end", async () => {
    const file = join(folder, "operator-key");
    writeFileSync(file, `${production.EVERYDOSE_OPERATOR_KEY}\n`);
    const { EVERYDOSE_OPERATOR_KEY: operatorKey, ...rest } = production;
    expect(await readConfig({ ...rest, EVERYDOSE_OPERATOR_KEY_FILE: file })).toMatchObject({ operatorKey });
    expect(await faultsOf({ ...rest, EVERYDOSE_OPERATOR_KEY_FILE: join(folder, "none") })).toEqual([
      "EVERYDOSE_OPERATOR_KEY_FILE: the file cannot be read, or is empty",
    ]);
    expect(await faultsOf({ ...production, EVERYDOSE_OPERATOR_KEY_FILE: file })).toEqual([
      "EVERYDOSE_OPERATOR_KEY: set it or EVERYDOSE_OPERATOR_KEY_FILE, not both",
    ]);
  });

  it.each(Object.keys(production).filter((name) => !["DATABASE_URL", "EVERYDOSE_CONFIG"].includes(name)))(
    "is refused without %s",
    async (name) => {
      expect(await faultsOf({ ...production, [name]: undefined })).toEqual([
        expect.stringMatching(new RegExp(`${name} is missing|${name}: is missing`)),
      ]);
    },
  );

  it("says everything that is wrong at once", async () => {
    const { DATABASE_URL, EVERYDOSE_CONFIG } = production;
    const named = (await faultsOf({ DATABASE_URL, EVERYDOSE_CONFIG })).join("\n");
    for (const name of Object.keys(production)) {
      if (name !== "DATABASE_URL" && name !== "EVERYDOSE_CONFIG") expect(named).toContain(name);
    }
  });

  it.each([
    ["EVERYDOSE_SEALING_KEY", `1:sandbox-${key(1)}`, /sandbox key/],
    ["EVERYDOSE_SEALING_KEY", `sandbox-${key(1)}`, /sandbox key/],
    ["EVERYDOSE_SEALING_KEY", key(1), /malformed/],
    ["EVERYDOSE_SEALING_KEY", `1:${key(1).slice(0, 20)}`, /bytes instead of 32/],
    ["EVERYDOSE_SEALING_KEY", `1:${key(1)},1:${key(2)}`, /a version twice/],
    ["EVERYDOSE_SEALING_KEY", "1:not base64 at all", /is not base64/],
    ["EVERYDOSE_DIGEST_KEY", `7:${key(1)}`, /must differ from EVERYDOSE_SEALING_KEY/],
    ["EVERYDOSE_OPERATOR_KEY", `sandbox-${"f".repeat(64)}`, /sandbox key/],
    ["EVERYDOSE_OPERATOR_KEY", "f".repeat(31), /too short/],
    ["EVERYDOSE_PUBLIC_URL", "http://dose.example.org", /must be an address such as https/],
    ["DATABASE_URL", "mysql://db/everydose", /must be an address such as postgres/],
    ["SMTP_URL", "mail.example.org", /must be an address such as smtps/],
    ["PORT", "eighty", /a number from 0 to 65535/],
    ["QVAX_API_KEY", "sandbox-qvax", /platforms\.yaml qvax\.options\.apiKey: .* sandbox secret/],
    ["SMS_KEY", "a-key-without-address", /SMS_URL: is missing/],
  ])("refuses %s=%s", async (name, value, fault) => {
    expect(await faultsOf({ ...production, [name]: value })).toEqual([expect.stringMatching(fault)]);
  });

  it("shows no secret in a refusal", async () => {
    const told = await faultsOf({
      ...production,
      EVERYDOSE_CONFIG: folder,
      EVERYDOSE_OPERATOR_KEY: "short-secret",
      EVERYDOSE_SEALING_KEY: "1:secret-in-no-form",
      DATABASE_URL: "mysql://u:db-secret@db",
    });
    expect(told.join()).toContain("EVERYDOSE_OPERATOR_KEY");
    expect(told.join()).not.toContain("secret");
  });
});
