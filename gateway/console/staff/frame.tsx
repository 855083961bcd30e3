import type { PropsWithChildren } from "hono/jsx";
import { OwnLayout } from "../frame/own-layout.tsx";
import type { Desk } from "./desk.ts";
import { OfCentre } from "./of-centre.tsx";

/** What has just been done, or could not be. */
export type Notice = { says: string; bad?: boolean };

type Framed = PropsWithChildren<{
  desk: Desk;
  title: string;
  /** Whose evening it is, where it is one's. */
  centre?: string;
  scripts?: string[];
  width?: "narrow" | "wide";
}>;

/** A page of a centre's staff. */
export const StaffPage = ({ desk, title, centre, scripts, width = "wide", children }: Framed) => (
  <OwnLayout
    {...{ title, language: desk.language, width, scripts, session: desk.session, path: desk.path }}
    styles={["staff.css"]}
    room="staff"
  >
    {centre && <OfCentre {...{ desk, centre, at: "evening" }} />}
    {children}
  </OwnLayout>
);

export const Said = ({ notice }: { notice?: Notice }) =>
  notice ? (
    <div class={notice.bad ? "notice bad" : "notice good"} role={notice.bad ? "alert" : "status"}>
      <p>{notice.says}</p>
    </div>
  ) : null;
