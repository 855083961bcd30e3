import type { PropsWithChildren } from "hono/jsx";
import { OfCentre } from "../frame/of-centre.tsx";
import { OwnLayout } from "../frame/own-layout.tsx";
import type { Desk } from "./desk.ts";

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
    title={title}
    language={desk.language}
    width={width}
    scripts={scripts}
    session={desk.session}
    path={desk.path}
    style="staff.css"
    room="staff"
  >
    {centre && <OfCentre desk={desk} centre={centre} at="evening" />}
    {children}
  </OwnLayout>
);
