type Button = { says: string; name?: string; value?: string; plain?: boolean; danger?: boolean };

/** What a form can be sent by, one below the other; the first is what most people come for. */
export const Submit = ({ choices }: { choices: Button[] }) => (
  <div class="choice">
    {choices.map(({ says, name, value, plain, danger }, nth) => (
      <button
        type="submit"
        class={danger ? "danger" : plain || nth > 0 ? "other" : "yes"}
        name={name}
        value={value}
      >
        {says}
      </button>
    ))}
  </div>
);
