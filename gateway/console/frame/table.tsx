import type { PropsWithChildren } from "hono/jsx";

/** `""`: the corner above the heads of the rows. */
type Column = string | { says: string; ofNumbers: true };

/** The head of a column whose numbers stand one below the other. */
export const ofNumbers = (says: string): Column => ({ says, ofNumbers: true });

type Named = PropsWithChildren<{ caption: string; columns: Column[]; kind?: string }>;

/** A table with a name, which scrolls by itself where a screen is narrow. */
export const Table = ({ caption, columns, kind, children }: Named) => (
  <section class="scroll" tabindex={0} aria-label={caption}>
    <table class={kind}>
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => {
            if (column === "") return <td />;
            if (typeof column === "string") return <th scope="col">{column}</th>;
            return (
              <th scope="col" class="number">
                {column.says}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);
