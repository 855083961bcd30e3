import type { PropsWithChildren } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";

/* A field of a form: its label, and below it what helps to fill it in and what is wrong with it. */

export type Beside = {
  hint?: string;
  /** What is wrong, with its remedy. */
  fault?: string;
  /** Said aloud as well, where nothing above the form says it. */
  isAlert?: boolean;
};

/** Names the hint and the fault of a field, so that they are read out with it. */
export const described = (id: string, { hint, fault }: Beside) => ({
  "aria-invalid": fault ? ("true" as const) : undefined,
  "aria-describedby": [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined,
});

export const Told = ({ id, hint, fault, isAlert }: Beside & { id: string }) => (
  <>
    {fault && (
      <span id={`${id}-fault`} class="fault" role={isAlert ? "alert" : undefined}>
        {fault}
      </span>
    )}
    {hint && (
      <small id={`${id}-hint`} class="hint">
        {hint}
      </small>
    )}
  </>
);

type Named = Beside & {
  name: string;
  label: unknown;
  /** Where it is not the name. */
  id?: string;
};

/** One line; what else is given goes to the input as it is. */
export const TextField = ({
  name,
  label,
  id = name,
  hint,
  fault,
  isAlert,
  ...attributes
}: Named & JSX.IntrinsicElements["input"]) => (
  <div class="field">
    <label for={id}>{label}</label>
    <input id={id} name={name} {...described(id, { hint, fault })} {...attributes} />
    <Told id={id} hint={hint} fault={fault} isAlert={isAlert} />
  </div>
);

export type Option = readonly [value: string, says: string];
type Chosen = Named & { options: readonly Option[]; chosen?: string | null };

/** One of several. */
export const Select = ({ name, label, id = name, hint, fault, options, chosen }: Chosen) => (
  <div class="field">
    <label for={id}>{label}</label>
    <select id={id} name={name} {...described(id, { hint, fault })}>
      {options.map(([value, says]) => (
        <option value={value} selected={value === chosen}>
          {says}
        </option>
      ))}
    </select>
    <Told id={id} hint={hint} fault={fault} />
  </div>
);

/** A box to be ticked, with what it means. */
export const Tick = ({
  children,
  type = "checkbox",
  ...attributes
}: PropsWithChildren<JSX.IntrinsicElements["input"]>) => (
  <label class="tick">
    <input type={type} {...attributes} />
    <span>{children}</span>
  </label>
);
