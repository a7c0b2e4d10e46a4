/** Numbers with their names, side by side; those that are zero and say nothing are left out by the caller. */
export function Counts(props: {
  readonly label: string;
  readonly items: readonly {
    readonly key: string;
    readonly name: string;
    readonly count: number;
    readonly tone?: string;
  }[];
}) {
  return (
    <dl className="batch-counts" aria-label={props.label}>
      {props.items.map(({ key, name, count, tone = 'plain' }) => (
        <div key={key} className={`batch-count batch-count-${tone}`}>
          <dt>{name}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}
