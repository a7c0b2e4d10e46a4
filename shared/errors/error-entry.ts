import type { Text } from '../text.ts';

/**
 * Who can cure it: `fix-input` the person in the form or file; `fix-account` the owner in WeChat's console or in
 * Settings; `fix-computer` disk, network, permissions here; `wait-and-retry` nobody, time does; `already-done` nothing
 * is to be done; `outcome-unknown` a person has to say or ask; `cancelled` the person stopped it; `bug` we do.
 */
export const errorClasses = [
  'fix-input',
  'fix-account',
  'fix-computer',
  'wait-and-retry',
  'already-done',
  'outcome-unknown',
  'cancelled',
  'bug',
] as const;
export type ErrorClass = (typeof errorClasses)[number];

/** The button that can stand beside the next step. */
export const nextActions = [
  'none',
  'edit-input',
  'choose-file',
  'open-account',
  'open-template',
  'open-invoice',
  'copy-ip',
  'open-console',
  'retry',
  'ask-again',
  'open-data-folder',
  'copy-details',
] as const;
export type NextAction = (typeof nextActions)[number];

export interface ErrorEntry {
  readonly class: ErrorClass;
  readonly text: Text;
  readonly nextStep: Text;
  readonly action: NextAction;
  readonly retryable: boolean;
}
