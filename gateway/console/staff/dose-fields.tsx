import { described, TextField, Told } from "../frame/field.tsx";
import type { Desk } from "./desk.ts";

type Given = { desk: Desk; value: string; fault?: string; id?: string };

/** A number with a button on either side, which a script fills with life. */
export const Stepper = ({ desk: { words }, value, most, fault, id = "doses" }: Given & { most: number }) => (
  <div class="field">
    <label for={id}>{words.announce.doses}</label>
    <div class="stepper" data-stepper>
      <button type="button" class="other" data-step="-1" aria-label={words.announce.less}>
        −
      </button>
      <input
        id={id}
        name="doses"
        type="number"
        inputmode="numeric"
        min={1}
        max={most}
        required
        value={value}
        autocomplete="off"
        {...described(id, { fault })}
      />
      <button type="button" class="other" data-step="1" aria-label={words.announce.more}>
        +
      </button>
    </div>
    <Told id={id} fault={fault} />
  </div>
);

/** An hour of this evening or night. */
export const Until = ({ desk: { words }, value, fault, id = "until" }: Given) => (
  <TextField
    id={id}
    name="until"
    label={words.announce.until}
    hint={words.announce.untilHint}
    fault={fault}
    type="time"
    required
    value={value}
  />
);
