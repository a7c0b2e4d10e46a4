import type { PlanName } from './migration-plans.ts';

/** What a child does with a database: bring it to the newest version of a plan, or die on its way. */
export interface MigrationTask {
  readonly path: string;
  readonly plan: PlanName;
  /** Counted from 0; absent: it lives. */
  readonly killAt?: number | undefined;
  /** By a migration of one statement after the other, without a transaction: the planted defect. */
  readonly isCareless: boolean;
}

export type MigrationMessage =
  | { readonly kind: 'ready' }
  /** The points it came by, each of them one to be killed at. */
  | { readonly kind: 'done'; readonly points: readonly string[]; readonly refusal: string | undefined };
