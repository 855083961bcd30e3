import type { PropsWithChildren } from "hono/jsx";
import { Layout } from "../frame/layout.tsx";
import type { Desk } from "./desk.ts";

/** What has just been done, or could not be. */
export type Notice = { says: string; bad?: boolean };

type Framed = PropsWithChildren<{
  desk: Desk;
  title: string;
  scripts?: string[];
  width?: "narrow" | "wide";
  /** The centre whose pages these are. */
  centre?: string;
}>;

/** A page of a centre's staff. */
export const StaffPage = ({ desk, title, scripts, width = "wide", centre, children }: Framed) => {
  const { words, to } = desk;
  const nav = [
    { to: to("/staff"), says: words.nav.centres, current: centre === undefined },
    ...(centre ? [{ to: to(`/staff/centres/${centre}`), says: words.nav.evening, current: true }] : []),
  ];
  return (
    <Layout
      {...{ title, language: desk.language, width, scripts, nav, languageTo: desk.languageTo }}
      styles={["staff.css"]}
      room="staff"
      aside={<span class="who">{desk.caller.label}</span>}
    >
      {children}
    </Layout>
  );
};

export const Said = ({ notice }: { notice?: Notice }) =>
  notice ? (
    <div class={notice.bad ? "notice bad" : "notice good"} role={notice.bad ? "alert" : "status"}>
      <p>{notice.says}</p>
    </div>
  ) : null;
