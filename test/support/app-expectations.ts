import { expect } from 'vitest';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { Stage } from './app-under-test.ts';

/** A failure says in both languages what happened and what to do, with every place in its texts filled. */
export function expectTexts({ text, nextStep }: AppError): void {
  for (const { zhCN, en } of [text, nextStep]) {
    expect(zhCN).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/[A-Za-z]{2}/);
    expect(en).not.toBe(zhCN);
    expect(`${zhCN}${en}`).not.toMatch(/[{}]/);
  }
}

/** {@link expectTexts}, and the English has no Chinese in it: names of WeChat's console stand in few errors only. */
export function expectPureTexts(error: AppError): void {
  expectTexts(error);
  expect(`${error.text.en}${error.nextStep.en}`).not.toMatch(/\p{Script=Han}/u);
}

/** Issuing is refused; answers the error, after it has been found in the records beside the state. */
export async function refusedIssue(stage: Stage, invoiceId: number, state: 'draft' | 'rejected'): Promise<AppError> {
  const error = await stage.app().refuse('invoice.issue', { invoiceId });
  expect(await stage.look(invoiceId)).toMatchObject({ state, cardCode: null, error });
  return error;
}
