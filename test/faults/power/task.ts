import type { RequestOf } from '../../../shared/contract/contract.ts';

/** What the traced program does. `issue`: one invoice after another, and asks again where the answer was lost. */
export type Work =
  | { readonly kind: 'first start'; readonly account: RequestOf<'account.create'> }
  | { readonly kind: 'issue'; readonly invoiceIds: readonly number[] }
  | {
      readonly kind: 'batch';
      readonly batchId: number;
      readonly concurrency: number;
      /** Invoices of which a person wants to know first whether they are there. */
      readonly askAgain: readonly number[];
    };

export interface PowerTask {
  readonly dataFolder: string;
  /** The child writes into it what its caller and its page are told, at the moment they are. */
  readonly toldFile: string;
  readonly awakePlants: readonly string[];
  readonly work: Work;
}

/** What somebody was told, and so must still be true after a power cut. */
export type Told =
  | { readonly kind: 'account'; readonly id: number }
  | {
      readonly kind: 'invoice';
      readonly id: number;
      readonly state: 'draft' | 'prepared' | 'sending' | 'issued' | 'rejected' | 'unknown';
      readonly cardCode: string | null;
    };

export type PowerMessage = 'ready' | 'done' | { readonly failure: string };
