import type { ReactNode } from 'react';

export type FactRow = readonly [name: string, value: ReactNode];

/** What is known of something: each name with its value. */
export function Facts({ rows }: { readonly rows: readonly FactRow[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name} className="facts-row">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
