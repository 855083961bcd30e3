import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { ConfigRefusal } from "../../gateway/config/document.ts";
import { readConfig as read } from "../../gateway/config.ts";
import { find } from "../../gateway/registry.ts";

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

const readConfig = (env: Record<string, string | undefined>) => read(find, env);

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
    });
  });

  it("takes an empty variable for none", async () => {
    expect(await readConfig({ PORT: "", DATABASE_URL: " " })).toMatchObject({ mode: "sandbox", port: 8080 });
  });

  it.each([
    [
      "/dev/null/x",
      /^EVERYDOSE_DATA: \/dev\/null\/x cannot be made, \/dev\/null is no folder; name another$/,
    ],
    [fileURLToPath(import.meta.url), /^EVERYDOSE_DATA: .* is no folder; name another$/],
  ])("does not begin where its folder cannot be: %s", async (path, fault) => {
    expect(await faultsOf({ EVERYDOSE_DATA: path })).toEqual([expect.stringMatching(fault)]);
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

  it.each(
    Object.keys(production).filter(
      (name) => !["DATABASE_URL", "EVERYDOSE_CONFIG", "EVERYDOSE_DIGEST_KEY"].includes(name),
    ),
  )("is refused without %s", async (name) => {
    expect(await faultsOf({ ...production, [name]: undefined })).toEqual([
      expect.stringMatching(new RegExp(`${name} is missing|${name}: is missing`)),
    ]);
  });

  it("takes a key from a file that nobody else may read or change", async () => {
    const file = join(folder, "sealing-key");
    const { EVERYDOSE_SEALING_KEY, ...rest } = production;
    writeFileSync(file, `${EVERYDOSE_SEALING_KEY}\n`);
    const settings = { ...rest, EVERYDOSE_SEALING_KEY_FILE: file };
    for (const mode of [0o600, 0o400, 0o440]) {
      chmodSync(file, mode);
      expect(await readConfig(settings)).toMatchObject({ sealing: [{ version: 2 }, { version: 1 }] });
    }
    for (const mode of [0o644, 0o660, 0o604]) {
      chmodSync(file, mode);
      expect(await faultsOf(settings)).toEqual([
        "EVERYDOSE_SEALING_KEY_FILE: others may read or change the file; chmod 600, or 440 for a group's",
      ]);
    }
  });

  it("does without keys of its own where a service keeps one, and names what the service lacks", async () => {
    const { EVERYDOSE_SEALING_KEY: _, EVERYDOSE_DIGEST_KEY: __, ...rest } = production;
    const service = {
      EVERYDOSE_KEYS_URL: "https://vault.example.org:8200/v1/transit",
      EVERYDOSE_KEYS_TOKEN: "hvs.a-token-of-the-service",
    };
    expect(await readConfig({ ...rest, ...service })).toMatchObject({
      ...{ sealing: [], digest: [] },
      keyService: { name: "everydose", token: service.EVERYDOSE_KEYS_TOKEN },
    });
    const bare = { ...rest, EVERYDOSE_KEYS_URL: service.EVERYDOSE_KEYS_URL };
    expect(await faultsOf(bare)).toEqual([expect.stringMatching(/^EVERYDOSE_KEYS_TOKEN: is missing/)]);
    const open = { ...rest, ...service, EVERYDOSE_KEYS_URL: "http://vault.example.org/v1/transit" };
    expect(await faultsOf(open)).toEqual(["EVERYDOSE_KEYS_URL: must be https, unless it is on this machine"]);
  });

  it("says everything that is wrong at once", async () => {
    const { DATABASE_URL, EVERYDOSE_CONFIG } = production;
    const named = (await faultsOf({ DATABASE_URL, EVERYDOSE_CONFIG })).join("\n");
    for (const name of Object.keys(production)) {
      const isSaid = !["DATABASE_URL", "EVERYDOSE_CONFIG", "EVERYDOSE_DIGEST_KEY"].includes(name);
      if (isSaid) expect(named).toContain(name);
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
    ["QVAX_API_KEY", "sandbox-qvax", /platforms\.yaml:\d+ qvax\.options\.apiKey: .* sandbox secret/],
    ["EVERYDOSE_MAIL_FROM", "everydose", /^EVERYDOSE_MAIL_FROM: must be a bare mail address, such as/],
    ["SMTP_URL", "smtp://user:short@mail.example.org", /^SMTP_URL: .* password must have at least 8/],
    ["SMTP_URL", "smtp://user:100%@mail.example.org", /^SMTP_URL: holds a % .* write it as %25/],
    ["EVERYDOSE_CONFIG", "/nowhere/at/all", /^EVERYDOSE_CONFIG: there is no folder \/nowhere\/at\/all; name/],
    ["SMS_KEY", "a-key-without-address", /SMS_URL: is missing/],
  ])("refuses %s=%s", async (name, value, fault) => {
    expect(await faultsOf({ ...production, [name]: value })).toEqual([expect.stringMatching(fault)]);
  });

  it("tells the options of all platforms, by their lines, together with what else is wrong", async () => {
    const directory = join(folder, "options");
    cpSync(shipped, directory, { recursive: true });
    const file = join(directory, "platforms.yaml");
    const text = readFileSync(file, "utf8")
      .replace("https://qvax.example.org", "qvax")
      .replace("    password: {", "    pass: {")
      .replace("adapter: local-list", "adapter: everydose-none")
      .replace("referenceKey: { env: DOCTENA_REFERENCE_KEY }", "referenceKey: hunter2");
    writeFileSync(file, text);
    const lineOf = (words: string) => text.slice(0, text.indexOf(words)).split("\n").length;
    const told = await faultsOf({ ...production, EVERYDOSE_CONFIG: directory, EVERYDOSE_MAIL_FROM: "x" });
    expect(told).toEqual([
      `platforms.yaml:${lineOf("baseUrl: qvax")} qvax.options.baseUrl: must be an address such as https://platform.example.org`,
      `platforms.yaml:${lineOf("referenceKey: hunter2")} doctena.options.referenceKey: must have at least 8 characters`,
      `platforms.yaml:${lineOf("adapter: doclr") + 1} doclr.options.password: is missing; it takes text`,
      `platforms.yaml:${lineOf("pass:")} doclr.options.pass: there is no such field; remove it or mend its name`,
      `platforms.yaml:${lineOf("adapter: everydose-none")} local-list.adapter: there is no folder adapters/everydose-none, and no package "everydose-none" is installed`,
      expect.stringMatching(/^EVERYDOSE_MAIL_FROM: /),
    ]);
  });

  it("refuses a binding to a platform that cannot do that", async () => {
    const directory = join(folder, "bindings");
    cpSync(shipped, directory, { recursive: true });
    const file = join(directory, "regions/brussels.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("booking: doctena", "booking: qvax"));
    expect(await faultsOf({ ...production, EVERYDOSE_CONFIG: directory })).toEqual([
      expect.stringMatching(/brussels\.yaml:\d+ bindings\.booking: "qvax" has no booking/),
    ]);
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
