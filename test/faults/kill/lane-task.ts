import type { Verdict } from './judge.ts';
import type { KillPlan } from './kill-case.ts';
import type { KillPoint } from './kill-points.ts';

/** A case that a lane is to play. */
export interface LaneTask {
  readonly seed: number;
  readonly number: number;
  readonly point?: KillPoint | undefined;
  readonly awakePlants: readonly string[];
}

export interface PlayedKill extends Verdict {
  readonly plan: KillPlan;
  /** Whether the process was killed where it should have been; else the case proves nothing. */
  readonly wasReached: boolean;
  /** Whether the work had ended before the kill came. */
  readonly wasOver: boolean;
}

export type LaneMessage = { readonly kind: 'ready' } | { readonly kind: 'played'; readonly played: PlayedKill };
