import { createHash } from "node:crypto";
import type { Bundle, Resource } from "@medplum/fhirtypes";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Fault } from "./outcome.ts";

/* How a resource is answered: in which format, of which version, and whether at all. */

export const fhirJson = "application/fhir+json; charset=utf-8";

/** The same for the same content, whatever is noted beside it. */
export const versionOf = ({ meta: _, ...content }: Resource): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);

/** With its version, so that one can tell later whether it has changed. */
export const versioned = <Of extends Resource>(resource: Of): Of => ({
  ...resource,
  meta: { versionId: versionOf(resource), ...resource.meta },
});

const isVersioned = ({ resourceType }: Resource) => resourceType !== "OperationOutcome";

const versionedIn = (bundle: Bundle): Bundle => ({
  ...bundle,
  ...(bundle.entry && {
    entry: bundle.entry.map((each) =>
      each.resource && isVersioned(each.resource) ? { ...each, resource: versioned(each.resource) } : each,
    ),
  }),
});

const tagOf = (version: string) => `W/"${version}"`;
const versionsIn = (header: string) =>
  [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, version]) => version);

/** RFC 9110, 13.1: whoever has this version already is told so and no more. */
const isKnown = (c: Context, version: string, changed: string | undefined): boolean => {
  const known = c.req.header("if-none-match");
  if (known !== undefined) return known.trim() === "*" || versionsIn(known).includes(version);
  const since = Date.parse(c.req.header("if-modified-since") ?? "");
  return changed !== undefined && Math.floor(Date.parse(changed) / 1000) * 1000 <= since;
};

/** Whether what is to be changed is still what its caller has seen. */
export const keepToVersion = (c: Context, before: Resource): void => {
  const wanted = c.req.header("if-match");
  if (wanted === undefined || wanted.trim() === "*") return;
  if (!versionsIn(wanted).includes(versionOf(before)))
    throw new Fault(412, { code: "conflict", text: "It has changed since: read it again" });
};

const written = (c: Context, resource: Resource): string =>
  c.req.query("_pretty") === "true" ? JSON.stringify(resource, undefined, 2) : JSON.stringify(resource);

const send = (c: Context, text: string, status: number, headers: Record<string, string> = {}) => {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  return c.body(text, status as ContentfulStatusCode, { "content-type": fhirJson });
};

/** What is asked for, alone. */
export const answerOne = (c: Context, resource: Resource): Response => {
  const shown = versioned(resource);
  const { versionId = "", lastUpdated } = shown.meta ?? {};
  c.header("etag", tagOf(versionId));
  if (lastUpdated) c.header("last-modified", new Date(lastUpdated).toUTCString());
  return isKnown(c, versionId, lastUpdated) ? c.body(null, 304) : send(c, written(c, shown), 200);
};

export const answerMany = (c: Context, bundle: Bundle): Response =>
  send(c, written(c, versionedIn(bundle)), 200);

/** What was made or changed; without a body where the caller prefers that (R4, 3.1.0.5). */
export const answerWritten = (
  c: Context,
  resource: Resource,
  { status, base }: { status: 200 | 201; base: string },
): Response => {
  const shown = versioned(resource);
  const { versionId = "", lastUpdated } = shown.meta ?? {};
  c.header("etag", tagOf(versionId));
  c.header("location", `${base}/${shown.resourceType}/${shown.id}`);
  if (lastUpdated) c.header("last-modified", new Date(lastUpdated).toUTCString());
  const prefers = /\breturn\s*=\s*"?(\w+)/i.exec(c.req.header("prefer") ?? "")?.[1]?.toLowerCase();
  return prefers === "minimal" ? c.body(null, status) : send(c, written(c, shown), status);
};

export const answerRefused = (
  c: Context,
  outcome: Resource,
  { status, headers }: Pick<Fault, "status" | "headers">,
) => send(c, written(c, outcome), status, headers);

const ours = /^(?:application\/(?:fhir\+json|json|\*)|text\/json|json|\*\/\*|application\/json\+fhir)$/;

/** Whether a media type, with its parameters, names JSON of FHIR R4. */
const isOurs = (range: string): boolean => {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const of = (name: string) =>
    parameters
      .find((each) => each.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', "");
  const version = of("fhirversion");
  return (
    ours.test(type) && Number(of("q") ?? 1) > 0 && (version === undefined || /^4\.0(\.\d)?$/.test(version))
  );
};

/** R4 is spoken in JSON alone; `_format` goes before the header. */
export const keepToFormat = (c: Context): void => {
  // A plus that nobody escaped is a blank once an address is read.
  const format = c.req.query("_format")?.replace(" ", "+");
  const accepted = c.req.header("accept");
  const isFine = format ? isOurs(format) : accepted === undefined || accepted.split(",").some(isOurs);
  if (!isFine)
    throw new Fault(406, {
      code: "not-supported",
      text: "This server speaks FHIR R4 as application/fhir+json alone",
    });
};
