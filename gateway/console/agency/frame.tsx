import type { PropsWithChildren } from "hono/jsx";
import { Layout } from "../frame/layout.tsx";
import type { Desk } from "./desk.ts";

type Where = "overview" | "policies" | "bindings" | "campaigns" | "platforms" | "pairs" | "audit" | "kept";

/** Each room with what opens it: whoever may not is not led there. */
const places: [name: Where, path: string, route: string][] = [
  ["overview", "/agency", "GET /v1/bindings"],
  ["policies", "/agency/policies", "POST /v1/regions/{region}/policies"],
  ["bindings", "/agency/bindings", "GET /v1/bindings"],
  ["campaigns", "/agency/campaigns", "GET /v1/campaigns"],
  ["platforms", "/agency/platforms", "GET /v1/platforms/{platform}/history"],
  ["pairs", "/agency/pairs", "GET /v1/pairs"],
  ["audit", "/agency/audit", "GET /v1/regions/{region}/audit/lines"],
  ["kept", "/agency/kept", "GET /v1/retention"],
];

type Framed = PropsWithChildren<{
  desk: Desk;
  at?: Where;
  title: string;
  /** What has just been done, or could not be. */
  notice?: { says: string; bad?: boolean };
  scripts?: string[];
}>;

/** A page of an authority: its head, what was just done, and its matter. */
export const AgencyPage = ({ desk, at, title, notice, scripts, children }: Framed) => (
  <Layout
    {...{ title, language: desk.language, width: "wide", styles: ["agency.css"], room: "agency", scripts }}
    nav={places
      .filter(([, , route]) => desk.may(route))
      .map(([name, path]) => ({ to: desk.to(path), says: desk.words.nav[name], current: name === at }))}
    languageTo={desk.languageTo}
    aside={<p class="who">{desk.caller.label}</p>}
  >
    <h1>{title}</h1>
    {notice && (
      <div class={notice.bad ? "notice bad" : "notice good"} role={notice.bad ? "alert" : "status"}>
        <p>{notice.says}</p>
      </div>
    )}
    {children}
  </Layout>
);

type Refused = { desk: Desk; needs: "agency" | "auditor" };

/** For whoever came to a page that is not for their role, with a way on. */
export const NotForYou = ({ desk, needs }: Refused) => {
  const { refused, roles } = desk.words;
  const role = roles[desk.caller.role as keyof typeof roles] ?? desk.caller.role;
  const first = places.find(([, , route]) => desk.may(route));
  const isStaff = desk.caller.role === "staff" || desk.caller.role === "lead";
  return (
    <AgencyPage desk={desk} title={refused.title}>
      <p class="lead">{desk.say(refused[needs], { role })}</p>
      <ul>
        {first && (
          <li>
            <a href={desk.to(first[1])}>{desk.words.nav[first[0]]}</a>
          </li>
        )}
        {isStaff && (
          <li>
            <a href={desk.to("/staff")}>{refused.toStaff}</a>
          </li>
        )}
        <li>
          <a href={desk.to("/sign-in")}>{refused.other}</a>
        </li>
        <li>
          <a href={desk.to("/")}>{refused.home}</a>
        </li>
      </ul>
    </AgencyPage>
  );
};

/** In the place of what could not be read. */
export const Missing = ({ desk, code }: { desk: Desk; code: string }) => (
  <div class="notice bad" role="alert">
    <p>{problemIn(desk, code)}</p>
    <p>
      <a href={desk.languageTo(desk.language)}>{desk.words.again}</a>
    </p>
  </div>
);

/** Why the API refused, in plain words. */
export const problemIn = (desk: Desk, code: string): string => {
  const { problems } = desk.words;
  return problems[code as keyof typeof problems] ?? problems.other;
};
