import type { Desk } from "./desk.ts";
import { StaffPage } from "./frame.tsx";

/** In the place of a page that cannot be shown. */
export const Trouble = ({ desk, says }: { desk: Desk; says: string }) => (
  <StaffPage desk={desk} title={desk.words.fault.title} width="narrow">
    <h1>{desk.words.fault.title}</h1>
    <p class="notice bad">{says}</p>
    <p>
      <a href={desk.to("/staff")}>{desk.words.centres.title}</a>
    </p>
  </StaffPage>
);
