import type { AppOptions } from '../../../electron/app.ts';

/** What a child is told to do with a data folder. */
export interface Task {
  readonly dataFolder: string;
  readonly program: string;
  /** The child writes every step it reaches into it, a line each, before it goes on. */
  readonly stepsFile: string;
  /** Where it kills itself, at which time of coming there, and how long after. */
  readonly killAt?: { readonly step: string; readonly occurrence: number; readonly delayMs?: number };
  readonly awakePlants: readonly string[];
  readonly timeouts?: AppOptions['timeouts'];
  readonly repeatWaits?: readonly number[];
  /** All begun together. */
  readonly calls: readonly { readonly name: string; readonly input: object }[];
  /** Whether to say when the data folder is open, and to wait for the moment to begin, so that two children begin together. */
  readonly waitsToBegin?: boolean;
  /** Calls that found another process at work are made again until that one is gone. */
  readonly waitForLock?: boolean;
}

/** What became of a call, as its caller was told. */
export interface Told {
  readonly call: string;
  /** The error's code, or ok. */
  readonly outcome: string;
  /** All of the error, where it is one. */
  readonly said?: string;
  /** The invoice's, where it is about one. */
  readonly invoiceId?: number;
  readonly state?: string;
  readonly cardCode?: string | null;
}

export type ParentMessage =
  | { readonly kind: 'task'; readonly task: Task }
  /** In milliseconds since 1970. */
  | { readonly kind: 'begin'; readonly at: number };

export type ChildMessage =
  | { readonly kind: 'ready' | 'opened' }
  | { readonly kind: 'done'; readonly told: readonly Told[] };
