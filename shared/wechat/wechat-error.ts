import type { ErrorClass, ErrorEntry, NextAction } from '../errors/error-entry.ts';

/** One line of the tables of WeChat's errors: what happened and what to do, each in Chinese and English. */
export function wechatError(
  errorClass: ErrorClass,
  [zhCN, en]: readonly [zhCN: string, en: string],
  [stepZhCN, stepEn]: readonly [zhCN: string, en: string],
  action: NextAction = 'none',
): ErrorEntry {
  return {
    class: errorClass,
    text: { zhCN, en },
    nextStep: { zhCN: stepZhCN, en: stepEn },
    action,
    // Whatever time alone cures may be tried again as it is; nothing else may.
    retryable: errorClass === 'wait-and-retry',
  };
}
