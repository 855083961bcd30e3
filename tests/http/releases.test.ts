import { createHash } from "node:crypto";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { Parser, type Term } from "n3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogueDoor } from "../../gateway/doors/dcat/door.ts";
import { publishDueWeeks } from "../../gateway/flows/releases/publish.ts";
import { writeDueDays } from "../../gateway/flows/reports/write.ts";
import type { Problem } from "../../schema/errors.ts";
import { Figures } from "../../schema/figures.ts";
import { millis } from "../../schema/primitives.ts";
import { Releases } from "../../schema/release.ts";
import { pastEvening } from "../support/evening.ts";
import { breaches, expectSound, nameless, readJsonLd, type Triple } from "./catalogue.ts";
import { openScene, type Scene } from "./scene.ts";

/* What everybody may take home, over a week of doses that stand in the database as evenings leave them. */

const publicUrl = "https://reserve.example";
const week = "/v1/releases/doses-by-region/2021-04-05";
const charleroi = { region: "wallonia", centre: "charleroi" };
const pacheco = { region: "brussels", centre: "pacheco" };

let scene: Scene;
let door: ReturnType<typeof catalogueDoor>;
beforeAll(async () => {
  scene = await openScene();
  const { sql } = scene.database;
  await pastEvening(sql, { ...charleroi, at: "2021-04-05T16:00:00Z", used: 40, lost: 2 });
  await pastEvening(sql, { ...pacheco, at: "2021-04-06T16:00:00Z", used: 25, lost: 1, born: "1990-01-15" });
  await pastEvening(sql, { ...pacheco, at: "2021-04-07T16:00:00Z", used: 3, lost: 1 });
  await pastEvening(sql, { ...charleroi, at: "2021-04-08T16:00:00Z", used: 60, lost: 0 });
  scene.clock.advance((Date.parse("2021-04-14T09:00:00Z") - millis(scene.clock.now())) / 60_000);
  await writeDueDays(scene.deps);
  while (await publishDueWeeks(scene.deps));
  door = catalogueDoor({ api: scene.app.request, publicUrl });
});
afterAll(() => scene.close());

const listed = async () => (await scene.read(Releases, "GET", "/v1/releases")).items;
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  scene.send(method, path, { headers });
const bytes = async (path: string) => Buffer.from(await (await get(path)).arrayBuffer());

describe("a release", () => {
  test("tells of a week from the Wednesday after it, once, and says how large each file is and what it holds", async () => {
    const items = await listed();
    expect(items.map(({ dataset, day, until, version }) => [dataset, day, until, version])).toEqual([
      ["doses-by-age-and-sex", "2021-04-05", "2021-04-11", 1],
      ["doses-by-brand", "2021-04-05", "2021-04-11", 1],
      ["doses-by-region", "2021-04-05", "2021-04-11", 1],
      ["time-to-yes", "2021-04-05", "2021-04-11", 1],
    ]);
    expect(await publishDueWeeks(scene.deps)).toBe(false);
    for (const { files } of items)
      for (const file of files) {
        const content = await bytes(file.path);
        expect(content).toHaveLength(file.bytes);
        expect(createHash("sha256").update(content).digest("hex")).toBe(file.sha256);
      }
  });

  test("as CSV has the columns of Belgian open data, and tells of no number of few people", async () => {
    expect((await bytes(`${week}/csv`)).toString().split("\n").slice(0, 5)).toEqual([
      "DATE,REGION,INDICATOR,COUNT,FLAG",
      "2021-04-05,Wallonia,announced,42,",
      "2021-04-05,Wallonia,used,40,",
      "2021-04-05,Wallonia,lost,2,",
      "2021-04-06,Brussels,announced,,hidden",
    ]);
  });

  test("is the same table in each of its forms", async () => {
    for (const { dataset, rows } of await listed()) {
      const at = `/v1/releases/${dataset}/2021-04-05`;
      const json: Record<string, unknown>[] = JSON.parse((await bytes(`${at}/json`)).toString());
      const lines = (await bytes(`${at}/ndjson`)).toString().trim().split("\n");
      expect(lines.map((line) => JSON.parse(line))).toEqual(json);
      const content = await bytes(`${at}/parquet`);
      const file = new Uint8Array(content).buffer;
      expect(Number(parquetMetadata(file).num_rows)).toBe(rows);
      const read = await parquetReadObjects({ file });
      const plain = read.map((row) => ({ ...row, DATE: (row.DATE as Date).toISOString().slice(0, 10) }));
      expect(plain).toEqual(json);
      const csv = (await bytes(`${at}/csv`)).toString().trim().split("\n");
      expect(csv).toHaveLength(rows + 1);
      expect(csv.slice(1)).toEqual(json.map((row) => Object.values(row).join(",")));
    }
  });

  test("tells what the public figures tell, and nothing that they hide", async () => {
    const figures = await scene.read(Figures, "GET", "/v1/figures?from=2021-04-05&until=2021-04-11");
    const rows: Record<string, unknown>[] = JSON.parse((await bytes(`${week}/json`)).toString());
    const used = rows.filter(({ INDICATOR }) => INDICATOR === "used").map(({ DATE, COUNT }) => [DATE, COUNT]);
    expect(used).toEqual(figures.days.map((day) => [day.day, day.used]));
    const ages = JSON.parse((await bytes("/v1/releases/doses-by-age-and-sex/2021-04-05/json")).toString());
    const totals = (ages as Record<string, unknown>[]).filter(({ SEX }) => SEX === "TOTAL");
    expect(totals.map(({ AGEGROUP, COUNT }) => [AGEGROUP, COUNT])).toEqual(
      figures.ages.map(({ ageBand, used }) => [ageBand, used]),
    );
  });
});

test("the list of releases is not sent again to whoever has it", async () => {
  const etag = (await get("/v1/releases")).headers.get("etag") ?? "";
  expect((await get("/v1/releases", { "if-none-match": etag })).status).toBe(304);
});

describe("a file of a release", () => {
  const exact = `${week}/versions/1/csv`;

  test("may be kept for ever in its version, and for five minutes as the last one, which says which it is", async () => {
    const [own, last] = [await get(exact), await get(`${week}/csv`)];
    expect(own.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(own.headers.get("content-location")).toBeNull();
    expect(last.headers.get("cache-control")).toBe("public, max-age=300");
    expect(last.headers.get("content-location")).toBe(exact);
    expect(last.headers.get("etag")).toBe(own.headers.get("etag"));
    expect(own.headers.get("last-modified")).toBe("Wed, 14 Apr 2021 09:00:00 GMT");
    expect(own.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(own.headers.get("accept-ranges")).toBe("none");
    expect(own.headers.get("access-control-allow-origin")).toBe("*");
    const digest = createHash("sha256")
      .update(await bytes(exact))
      .digest("base64");
    expect(own.headers.get("repr-digest")).toBe(`sha-256=:${digest}:`);
  });

  test("is not sent again to whoever has it", async () => {
    const etag = (await get(exact)).headers.get("etag") ?? "";
    const asked: Record<string, string>[] = [
      { "if-none-match": etag },
      { "if-none-match": `"other", W/${etag}` },
      { "if-none-match": "*" },
      { "if-modified-since": "Wed, 14 Apr 2021 09:00:00 GMT" },
    ];
    for (const headers of asked) {
      const again = await get(exact, headers);
      expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    }
    const changed: Record<string, string>[] = [
      { "if-none-match": '"other"' },
      { "if-modified-since": "Wed, 14 Apr 2021 08:59:59 GMT" },
      { "if-none-match": '"other"', "if-modified-since": "Wed, 14 Apr 2021 09:00:00 GMT" },
      { "if-modified-since": "yesterday" },
    ];
    for (const headers of changed) expect((await get(exact, headers)).status).toBe(200);
  });

  test("tells its size to whoever asks for its head alone, and is sent whole to whoever asks for a part", async () => {
    const head = await get(exact, {}, "HEAD");
    const whole = await bytes(exact);
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-length")).toBe(String(whole.length));
    const part = await get(exact, { range: "bytes=0-9" });
    expect([part.status, (await part.text()).length]).toEqual([200, whole.toString().length]);
  });

  test.each([
    "/v1/releases/doses-by-region/2021-04-12/csv",
    "/v1/releases/doses-by-region/2021-04-05/versions/2/csv",
  ])("%s is not there", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test.each([
    ["/v1/releases/people/2021-04-05/csv", "dataset"],
    ["/v1/releases/doses-by-region/last/csv", "day"],
    ["/v1/releases/doses-by-region/2021-04-05/xlsx", "format"],
    ["/v1/releases/doses-by-region/2021-04-05/versions/0/csv", "version"],
  ])("%s is refused, naming %s", async (path, at) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(((await response.json()) as Problem).issues).toMatchObject([{ in: "path", at }]);
  });
});

describe("the catalogue", () => {
  const termOf = (term: Term): string => {
    if (term.termType === "BlankNode") return `_:${term.value}`;
    if (term.termType !== "Literal") return term.value;
    if (term.language) return `"${term.value}"@${term.language}`;
    const { value: datatype } = term.datatype;
    return datatype.endsWith("#string") ? `"${term.value}"` : `"${term.value}"^^${datatype}`;
  };
  const turtle = async (): Promise<Triple[]> => {
    const response = await door.request("/catalogue", { headers: { accept: "text/turtle" } });
    expect(response.headers.get("content-type")).toBe("text/turtle; charset=utf-8");
    return new Parser()
      .parse(await response.text())
      .map(({ subject, predicate, object }) => [termOf(subject), termOf(predicate), termOf(object)]);
  };

  test("is as DCAT-AP asks: each class has what is mandatory, as often and of the kind that it should be", async () => {
    const triples = await turtle();
    expectSound(triples);
    const classes = triples
      .filter(([, property]) => property.endsWith("#type"))
      .map(([, , is]) => is.split(/[#/]/).at(-1));
    const count = (name: string) => classes.filter((is) => is === name).length;
    expect([count("Catalog"), count("DatasetSeries"), count("Dataset"), count("Distribution")]).toEqual([
      1, 4, 5, 17,
    ]);
  });

  test("would be found wanting without a publisher, or with a size that is no number", async () => {
    const triples = await turtle();
    const without = triples.filter(([, property]) => !property.endsWith("/publisher"));
    expect(breaches(without).length).toBeGreaterThan(5);
    const wrong = triples.map(
      ([one, which, other]): Triple => [one, which, which.endsWith("byteSize") ? '"large"' : other],
    );
    expect(breaches(wrong)).toHaveLength(16);
  });

  test("says the same as JSON-LD, whose context stands in it", async () => {
    const response = await door.request("/catalogue");
    expect(response.headers.get("content-type")).toBe("application/ld+json");
    const document = (await response.json()) as Parameters<typeof readJsonLd>[0];
    for (const address of Object.values(document["@context"])) expect(typeof address).toBe("string");
    expect(nameless(readJsonLd(document))).toEqual(nameless(await turtle()));
  });

  test("leads to files that are there, of that size and with that checksum", async () => {
    const triples = await turtle();
    const about = (subject: string, ending: string) =>
      triples.find(([one, property]) => one === subject && property.endsWith(ending))?.[2] ?? "";
    const files = triples.filter(([, property]) => property.endsWith("downloadURL"));
    expect(files).toHaveLength(16);
    for (const [subject, , address] of files) {
      expect(address.startsWith(`${publicUrl}/v1/releases/`)).toBe(true);
      const content = await bytes(address.slice(publicUrl.length));
      expect(about(subject, "byteSize")).toContain(`"${content.length}"`);
      const checksum = about(subject, "#checksum");
      const digest = createHash("sha256").update(content).digest("hex");
      expect(about(checksum, "checksumValue")).toContain(digest);
    }
  });

  test("is kept for five minutes, is there under names with an ending too, and is not sent twice", async () => {
    const first = await door.request("/catalogue.ttl");
    expect(first.headers.get("content-type")).toBe("text/turtle; charset=utf-8");
    expect(first.headers.get("cache-control")).toBe("public, max-age=300");
    expect(first.headers.get("vary")).toBe("accept");
    const again = await door.request("/catalogue.ttl", {
      headers: { "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
    expect((await door.request("/catalogue.jsonld")).headers.get("content-type")).toBe("application/ld+json");
  });
});

describe("a daily report", () => {
  const day = "/v1/reports/days/2021-04-05";
  const read = (path: string, as: "reporting" | "agency" | "flanders" | "ofNamur", headers = {}) =>
    scene.send("GET", path, { as, headers });

  test("is for those who count, each as far as they reach", async () => {
    expect((await scene.send("GET", `${day}/csv`)).status).toBe(401);
    expect((await scene.send("GET", `${day}/csv`, { as: "staff" })).status).toBe(403);
    const whole = (await (await read(`${day}/csv`, "reporting")).text()).split("\n");
    expect(whole[0]).toBe("DATE,REGION,PROVINCE,CENTRE,PLATFORM,AGEGROUP,SEX,BRAND,INDICATOR,COUNT");
    expect(whole).toContain("2021-04-05,Wallonia,Hainaut,charleroi,,65-74,,Pfizer-BioNTech,used,40");
    expect(whole).toContain("2021-04-05,Wallonia,Hainaut,charleroi,,,,Pfizer-BioNTech,lost-unexplained,2");
    const elsewhere = await (await read(`${day}/csv`, "flanders")).text();
    expect(elsewhere).toBe(`${whole[0]}\n`);
    expect(await (await read(`${day}/json`, "ofNamur")).text()).toBe("[]\n");
  });

  test("is kept by nobody but whoever asked, and not taken for somebody else's", async () => {
    const own = await read(`${day}/versions/1/csv`, "reporting");
    expect(own.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    expect(own.headers.get("vary")).toBe("authorization");
    const etag = own.headers.get("etag") ?? "";
    const headers = { "if-none-match": etag };
    expect((await read(`${day}/versions/1/csv`, "reporting", headers)).status).toBe(304);
    expect((await read(`${day}/versions/1/csv`, "flanders", headers)).status).toBe(200);
    expect((await read(`${day}/versions/2/csv`, "reporting")).status).toBe(404);
    expect((await read("/v1/reports/days/2021-04-14/csv", "reporting")).status).toBe(404);
  });

  test("adds up to the report that is asked for at any time", async () => {
    const rows = (await (await read(`${day}/json`, "reporting")).json()) as Record<string, unknown>[];
    const sum = (indicator: RegExp) =>
      rows
        .filter(({ INDICATOR }) => indicator.test(String(INDICATOR)))
        .reduce((all, row) => all + Number(row.COUNT), 0);
    const asked = await read(
      "/v1/reports/doses?from=2021-04-05&until=2021-04-05&by=province,vaccine",
      "reporting",
    );
    expect(await asked.json()).toEqual({
      items: [
        {
          ...{ province: "Hainaut", vaccine: "pfizer" },
          ...{ announced: sum(/^announced$/), used: sum(/^used$/), lost: sum(/^lost-/) },
        },
      ],
    });
  });
});
