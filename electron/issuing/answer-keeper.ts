import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { type AppError, appErrorSaying, type ErrorDetails } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Text } from '../../shared/text.ts';
import { storageFailure } from '../records/database.ts';
import type { DiskReserve } from '../records/disk-reserve.ts';

/** An answer that cannot be written down is tried again so often, without anybody asking for it. */
const retryEveryMs = 5000;

/** Something WeChat answered, which it says once. */
export interface Answered {
  readonly invoiceId: number;
  /** Of the call it answers. */
  readonly attempt: number;
  /** What it was, for a person to note down. */
  readonly words: Text;
  readonly facts: ErrorDetails;
  /** Writes it down, in one durable step. */
  readonly write: () => Promise<Result<Invoice, AppError>>;
}

type Tried = { readonly done: Result<Invoice, AppError> } | { readonly blockedBy: AppError };

/** A disk in the way is a value; anything else that is thrown is a bug. */
async function tryToWrite({ write }: Answered): Promise<Tried> {
  try {
    return { done: await write() };
  } catch (error) {
    const blockedBy = storageFailure(error);
    if (!blockedBy) throw error;
    return { blockedBy };
  }
}

/** Names all of them: whoever is shown one message only must not miss one. */
function notSaved(kept: readonly Answered[], cause: AppError): AppError {
  const answers = {
    zhCN: kept.map(({ words }) => words.zhCN).join('；'),
    en: kept.map(({ words }) => words.en).join('; '),
  };
  const unsaved = kept.map(({ invoiceId, facts }) => ({ invoiceId, ...facts }));
  return appErrorSaying('answer.not-saved', { answers, why: cause.text }, { cause: cause.code, unsaved });
}

export type AnswerKeeper = ReturnType<typeof createAnswerKeeper>;

/**
 * Writes down what WeChat answers. An answer that the disk does not take is kept and told, and written as soon as that
 * is possible; until then nothing else is sent. Where the program ends before that, the call is one without an answer at
 * the next start, and so its outcome is unknown.
 */
export function createAnswerKeeper(parts: {
  readonly reserve: DiskReserve;
  /** Resolves after so many milliseconds, or at once when the program is ending. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly isEnding: () => boolean;
  /** Told after each durable change of an invoice. */
  readonly changed: (invoiceId: number) => void;
}) {
  const kept = new Map<number, Answered>();
  let isTrying = false;
  let writing: Promise<Result<void, AppError>> | undefined;

  async function writeAll(): Promise<Result<void, AppError>> {
    for (const answered of [...kept.values()]) {
      const tried = await tryToWrite(answered);
      if ('blockedBy' in tried) return fail(notSaved([...kept.values()], tried.blockedBy));
      kept.delete(answered.attempt);
      parts.changed(answered.invoiceId);
    }
    return ok(undefined);
  }

  /** One at a time: what two wrote at once, one of them would find written already. */
  function writeKept(): Promise<Result<void, AppError>> {
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  async function keepTrying(): Promise<void> {
    if (isTrying) return;
    isTrying = true;
    while (kept.size > 0 && !parts.isEnding()) {
      await parts.sleep(retryEveryMs);
      await writeKept();
    }
    isTrying = false;
  }

  return {
    /** Writes an answer down, at the cost of the reserve where there is no other room. */
    async record(answered: Answered): Promise<Result<Invoice, AppError>> {
      const first = await tryToWrite(answered);
      if ('done' in first) return first.done;
      parts.reserve.free();
      const second = await tryToWrite(answered);
      if ('done' in second) return second.done;
      kept.set(answered.attempt, answered);
      void keepTrying();
      return fail(notSaved([...kept.values()], second.blockedBy));
    },
    /** Writes what was kept. While that fails, or there is no room for another answer, nothing may be sent. */
    async makeReady(): Promise<Result<void, AppError>> {
      const written = await writeKept();
      return written.ok ? parts.reserve.hold() : written;
    },
    /** Writes what was kept, or says what could not be. */
    writeKept,
  };
}
