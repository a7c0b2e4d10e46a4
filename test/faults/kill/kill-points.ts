import type { WireStep } from './wire.ts';

/** What the program is doing when it is killed. `recover` and `ask again` begin with an invoice whose answer was lost. */
export type Work = 'issue' | 'batch' | 'recover' | 'ask again' | 'timeout';

export interface KillPoint {
  readonly name: string;
  readonly works: readonly Work[];
  /** `probe`: the process kills itself there; `wire`: it is killed from outside when the wire sees that. */
  readonly by: { readonly kind: 'probe'; readonly step: string } | { readonly kind: 'wire'; readonly step: WireStep };
  /** How often it comes by at least, where a batch is run. */
  readonly occurrences?: number;
  readonly delayMs?: number;
}

const both: readonly Work[] = ['issue', 'batch'];
const probe = (name: string, step: string, works = both): KillPoint => ({ name, works, by: { kind: 'probe', step } });
const wire = (step: WireStep, works = both): KillPoint => ({ name: step, works, by: { kind: 'wire', step } });

/** The named steps of issuing, in the order in which an invoice comes by. */
export const killPoints: readonly KillPoint[] = [
  wire('half an upload sent'),
  wire('upload processed'),
  probe('prepared, before its commit', 'before draft>prepared commit'),
  probe('prepared, after its commit', 'after draft>prepared commit'),
  probe('sending, before its commit', 'before prepared>sending commit'),
  probe('sending, after its commit', 'after prepared>sending commit'),
  wire('insert connected'),
  wire('insert head sent'),
  wire('half an insert sent'),
  wire('insert processed'),
  wire('half an answer sent'),
  wire('whole answer sent'),
  probe('answer there, before it is parsed', 'answer before parse'),
  probe('issued, before its commit', 'before sending>issued commit'),
  probe('issued, after its commit', 'after sending>issued commit'),
  probe('issued, before the page is told', 'before the page is told'),
  probe('issued, before the caller is told', 'before the answer is told', ['issue']),
  probe('batch begun', 'after batch running', ['batch']),
  probe('batch done, before that is written', 'before batch finished', ['batch']),
  probe('batch done, after that is written', 'after batch finished', ['batch']),
  probe('unknown at the next start, before its commit', 'before sending>unknown commit', ['recover']),
  probe('unknown at the next start, after its commit', 'after sending>unknown commit', ['recover']),
  probe('asked again, before its commit', 'before unknown>sending commit', ['ask again']),
  probe('asked again, after its commit', 'after unknown>sending commit', ['ask again']),
  { ...wire('insert processed', ['ask again']), name: 'asked again, processed' },
  {
    ...probe('no answer in time, and then a while', 'after sending>unknown commit', ['timeout']),
    delayMs: 60,
  },
];
