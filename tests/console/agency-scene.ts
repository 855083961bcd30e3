import { Hono } from "hono";
import { agencyPages } from "../../gateway/console/agency/pages.tsx";
import type { ShownCaller } from "../../schema/caller.ts";
import { type KeyName, openScene } from "../http/scene.ts";
import { apiBy, signedInAs } from "./signed-in.ts";

/** The pages of an authority over the real API, as each kind of caller has them. */
export const openAgency = async () => {
  const scene = await openScene();
  const siteOf = (as: KeyName): Hono => {
    const api = apiBy(scene, as);
    const signedIn = signedInAs(async () => {
      const caller = (await (await api("/v1/caller")).json()) as ShownCaller;
      return { caller, name: caller.label, may: (route) => caller.routes.includes(route), api };
    });
    return new Hono().route("/agency", agencyPages({ signedIn, now: scene.clock.now }));
  };
  const get = async (as: KeyName, path: string) => {
    const reply = await siteOf(as).request(path);
    return { status: reply.status, text: await reply.text(), to: reply.headers.get("location") ?? "" };
  };
  const post = async (as: KeyName, path: string, fields: URLSearchParams | Record<string, string>) => {
    const reply = await siteOf(as).request(path, { method: "POST", body: new URLSearchParams(fields) });
    return { status: reply.status, text: await reply.text(), to: reply.headers.get("location") ?? "" };
  };
  return { scene, get, post, close: scene.close };
};

/** What a browser would send of a form, as it stands in the page. */
export const fieldsIn = (page: string): URLSearchParams => {
  const form = new URLSearchParams();
  const plain = (text: string) =>
    text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
  for (const [tag] of page.matchAll(/<input\b[^>]*>/g)) {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    const name = of("name");
    const isChoice = of("type") === "checkbox" || of("type") === "radio";
    if (name && (!isChoice || / checked/.test(tag))) form.append(name, plain(of("value") ?? ""));
  }
  for (const [, name = "", options = ""] of page.matchAll(
    /<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)<\/select>/gs,
  )) {
    const all = [...options.matchAll(/<option value="([^"]*)"([^>]*)>/g)];
    const chosen = all.find(([, , rest]) => rest?.includes("selected")) ?? all[0];
    form.append(name, plain(chosen?.[1] ?? ""));
  }
  return form;
};
