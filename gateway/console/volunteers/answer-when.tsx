import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import type { Invitation } from "../../../schema/surplus.ts";
import type { View } from "./answer-view.ts";

/** What is known where no script runs: then only the parts of that view are written, filled in. */
export type Seen = { view: View; link: string; invitation?: Invitation };
/** `seen` is absent on the page that a script works with: it holds every view, and the script chooses. */
export type Drawn = { language: Language; seen?: Seen };

/** One part of the page, in the views that it belongs to. */
export const When = ({ seen, views, children }: PropsWithChildren<Drawn & { views: readonly View[] }>) => {
  if (views.length === 0) return null;
  if (!seen)
    return (
      <div data-when={views.join(" ")} hidden>
        {children}
      </div>
    );
  return views.includes(seen.view) ? <div>{children}</div> : null;
};
