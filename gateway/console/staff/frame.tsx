import type { PropsWithChildren } from "hono/jsx";
import { OwnLayout } from "../frame/own-layout.tsx";
import type { Desk } from "./desk.ts";

/** What has just been done, or could not be. */
export type Notice = { says: string; bad?: boolean };

type Framed = PropsWithChildren<{
  desk: Desk;
  title: string;
  scripts?: string[];
  width?: "narrow" | "wide";
}>;

/** A page of a centre's staff. */
export const StaffPage = ({ desk, title, scripts, width = "wide", children }: Framed) => (
  <OwnLayout
    {...{ title, language: desk.language, width, scripts, session: desk.session, path: desk.path }}
    styles={["staff.css"]}
    room="staff"
  >
    {children}
  </OwnLayout>
);

export const Said = ({ notice }: { notice?: Notice }) =>
  notice ? (
    <div class={notice.bad ? "notice bad" : "notice good"} role={notice.bad ? "alert" : "status"}>
      <p>{notice.says}</p>
    </div>
  ) : null;
