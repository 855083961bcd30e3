import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClock } from "../../../adapters/kit/clock.ts";
import { serve } from "../../../adapters/kit/serve.ts";
import { loadFederation } from "../../../gateway/config/federation.ts";
import { openGateway } from "../../../gateway/sandbox/gateway.ts";
import { openDb } from "../../../gateway/store/db.ts";
import { instant, isObject, plusMinutes } from "../../../schema/primitives.ts";
import { newVolunteer } from "../../support/gateway.ts";
import { quiet } from "../../support/quiet.ts";

/*
 * Goes a person's way through the FHIR door, over real HTTP and with the simulated platforms, and writes what was asked
 * and answered into docs/fhir.md, below its last heading.
 *   npm run fhir:show
 */

const page = fileURLToPath(new URL("../../../docs/fhir.md", import.meta.url));
const mark = "<!-- Below: written by npm run fhir:show -->";

const directory = await mkdtemp(join(tmpdir(), "everydose-fhir-"));
const clock = createClock(instant(Date.parse("2021-05-18T09:00:00+02:00")));
const { now, sleep } = clock;
const database = await openDb({ directory }, quiet);
let url = "";
const publicUrl = "https://reserve.example.org";
const opened = await openGateway({
  ...{ directory, database, now, sleep, log: quiet, publicUrl },
  federation: loadFederation(fileURLToPath(new URL("../../../gateway/belgium-2021", import.meta.url))),
  gatewayUrl: () => url,
  leaseMs: 3_600_000,
  // On a busy machine, too, the platforms' answers are waited for.
  slots: { deadlineMs: 60_000 },
});
const serving = await serve(opened.app);
url = serving.url;
const keyOf = (role: string) => opened.sandbox.keys.find(({ caller }) => caller.role === role)?.key ?? "";

type Sent = {
  bearer?: [name: string, value: string];
  json?: unknown;
  form?: string;
  headers?: Record<string, string>;
  /** So much of a list is shown. */
  most?: number;
};
const told: string[] = [];

/** What is long is shown by its beginning. */
const shortened = (value: unknown, most: number): unknown => {
  if (Array.isArray(value)) {
    const shown = value.slice(0, most).map((part) => shortened(part, most));
    return value.length > most ? [...shown, `… and ${value.length - most} more`] : shown;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortened(part, most)]));
};
/** Written by the line where it fits. */
const written = (value: unknown, indent = ""): string => {
  const flat = JSON.stringify(value);
  if (flat.length + indent.length < 100 || !(isObject(value) || Array.isArray(value))) return flat;
  const deeper = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((part) => deeper + written(part, deeper))
    : Object.entries(value).map(
        ([name, part]) => `${deeper}${JSON.stringify(name)}: ${written(part, deeper)}`,
      );
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
};

const shownHeaders = ["content-type", "etag", "location", "retry-after", "www-authenticate", "allow"];

type Exchanged = {
  answer: { entry?: { resource?: { id?: string; meta?: { versionId?: string } } }[] };
};

/** Asks, and notes what was asked and answered. */
const exchange = async (about: string, method: string, path: string, sent: Sent = {}): Promise<Exchanged> => {
  const { bearer, json, form, headers = {}, most = 4 } = sent;
  const type = form === undefined ? "application/fhir+json" : "application/x-www-form-urlencoded";
  const body = form ?? (json === undefined ? undefined : JSON.stringify(json));
  const all = { ...(body !== undefined && { "content-type": type }), ...headers };
  const reply = await fetch(`${url}/fhir${path}`, {
    ...{ method, body },
    headers: { ...all, ...(bearer && { authorization: `Bearer ${bearer[1]}` }) },
  });
  const text = await reply.text();
  const answer = text === "" ? undefined : JSON.parse(text);
  const request = [
    `${method} /fhir${path}`,
    ...(bearer ? [`Authorization: Bearer <${bearer[0]}>`] : []),
    ...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ["", form ?? written(JSON.parse(body))]),
  ];
  const response = [
    `HTTP/1.1 ${reply.status}`,
    ...shownHeaders.flatMap((name) =>
      reply.headers.has(name) ? [`${name}: ${reply.headers.get(name)}`] : [],
    ),
    ...(answer === undefined ? [] : ["", written(shortened(answer, most))]),
  ];
  told.push(
    `### ${about}\n\n\`\`\`http\n${request.join("\n")}\n\`\`\`\n\n\`\`\`http\n${response.join("\n")}\n\`\`\`\n`,
  );
  return { answer };
};

const staff: [string, string] = ["key of the centre's staff", keyOf("staff")];
await exchange("What the server can do", "GET", "/metadata", { most: 1 });
await exchange("A centre by its name", "GET", "/Location?name=pacheco");
await exchange("What is open there", "GET", "/Slot?schedule=Schedule/pacheco&_count=1");
await exchange(
  "The same as IHE asks for it",
  "GET",
  "/Appointment/$find?location-reference=Location/pacheco&_count=1",
);

const number = newVolunteer({ born: "1951-07-30" }).nationalNumber;
const patient = {
  ...{ resourceType: "Patient", id: "who", birthDate: "1951-07-30" },
  identifier: [
    { system: "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/ssin", value: number },
  ],
  name: [{ family: "Peeters", given: ["An"] }],
  telecom: [
    { system: "phone", use: "mobile", value: "0470 12 34 56" },
    { system: "email", value: "an@example.org" },
  ],
  address: [{ postalCode: "1000" }],
  communication: [{ language: { coding: [{ system: "urn:ietf:bcp:47", code: "nl-BE" }] } }],
};
const registration = {
  ...{ resourceType: "Appointment", status: "waitlist" },
  extension: [{ url: `${publicUrl}/fhir/StructureDefinition/consent-text`, valueString: "2021-04" }],
  contained: [patient],
  participant: [
    { actor: { reference: "#who" }, status: "accepted" },
    { actor: { reference: "Location/pacheco" }, status: "needs-action" },
  ],
  requestedPeriod: [{ start: "2021-05-18", end: "2021-05-21" }],
};
await exchange("Somebody is put on the list", "POST", "/Appointment", {
  json: registration,
  headers: { "idempotency-key": '"8e03978e-40d5-43dd-bc93-6894a57f9324"' },
});

clock.set(instant(Date.parse("2021-05-18T17:00:00+02:00")));
await fetch(`${url}/v1/surpluses`, {
  method: "POST",
  headers: { authorization: `Bearer ${keyOf("staff")}`, "content-type": "application/json" },
  body: JSON.stringify({
    centre: "pacheco",
    vaccine: "pfizer",
    doses: 1,
    usableUntil: plusMinutes(now(), 240),
  }),
});
await opened.gateway.worker.drain();
const letter = opened.sandbox.postOffice
  .list({ to: "an@example.org" })
  .find(({ text }) => text.includes("/answer#"));
const token = /\/answer#([\w-]+)/.exec(letter?.text ?? "")?.[1] ?? "";
if (!token) throw new Error("nobody was written to");
const own: [string, string] = ["token of the message", token];

await exchange(
  "Doses are left. The centre sees that somebody is asked",
  "GET",
  "/Appointment?location=Location/pacheco&status=pending",
  { bearer: staff },
);
const found = await exchange("Whoever is asked finds what is offered to them", "POST", "/Appointment/$find", {
  bearer: own,
  json: { resourceType: "Parameters", parameter: [{ name: "start", valueDateTime: "2021-05-18" }] },
});
const id = found.answer.entry?.[0]?.resource?.id ?? "";
const parameter = [{ name: "appointment-reference", valueReference: { reference: `Appointment/${id}` } }];
const referred = { bearer: own, json: { resourceType: "Parameters", parameter } };
await exchange("The dose is held for them", "POST", "/Appointment/$hold", referred);
await exchange("They say yes", "POST", "/Appointment/$book", referred);
await opened.gateway.worker.drain();
await exchange("So it was answered", "GET", `/AppointmentResponse/${id}`, { bearer: own });
const seen = await exchange("The centre learns whom to expect", "POST", "/Appointment/_search", {
  bearer: staff,
  form: "status=booked&location=Location/pacheco",
});
const version = seen.answer.entry?.[0]?.resource?.meta?.versionId;
await exchange(
  "They came: said of the version that was read, and of no later one",
  "PUT",
  `/Appointment/${id}`,
  {
    bearer: staff,
    headers: { "if-match": `W/"${version}"`, prefer: "return=minimal" },
    json: {
      ...{ resourceType: "Appointment", id, status: "fulfilled" },
      participant: [{ actor: { reference: "Location/pacheco" }, status: "accepted" }],
    },
  },
);

await exchange("Refused: the caller's failure", "GET", "/Appointment");
await exchange("Refused, with where in what was sent", "POST", "/Appointment", {
  json: { ...registration, extension: undefined },
});
opened.sandbox.simulators.get("doctena")?.faults.plan(() => ({ kind: "down" }));
clock.set(plusMinutes(now(), 30));
await exchange("Not whole: the platform's failure", "GET", "/Slot?schedule=Schedule/pacheco&_count=1");

const before = (await readFile(page, "utf8")).split(mark)[0]?.trimEnd();
await writeFile(page, `${before}\n\n${mark}\n\n${told.join("\n")}`);
await serving.close();
await opened.close();
await database.close();
await rm(directory, { recursive: true, force: true });
process.exit(0);
