import { describe, expect, it } from 'vitest';
import { appError, appErrorSchema } from '../../../shared/errors/app-error.ts';
import { type AppErrorCode, errorCatalogue } from '../../../shared/errors/error-catalogue.ts';
import { type FindingCode, finding, findingCatalogue, findingSchema } from '../../../shared/invoice/findings.ts';
import type { Text } from '../../../shared/text.ts';

const chinese = /\p{Script=Han}/u;
const places = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

const errors = Object.entries(errorCatalogue).map(([code, entry]) => ({
  code,
  texts: [entry.text, entry.nextStep] satisfies Text[],
}));
const findings = Object.entries(findingCatalogue).map(([code, entry]) => ({
  code,
  texts: [entry.text, entry.cure] satisfies Text[],
}));

describe.each([
  { name: 'errors', entries: errors },
  { name: 'findings', entries: findings },
])('the catalogue of $name', ({ entries }) => {
  it.each(entries)('says $code in Chinese and in English', ({ texts }) => {
    for (const { zhCN, en } of texts) {
      expect(zhCN).toMatch(chinese);
      expect(en.trim()).not.toBe('');
      // The names of columns and of WeChat's own words stay Chinese; a sentence has Latin words all the same.
      expect(en).toMatch(/[a-z]{2}/);
    }
  });

  it.each(entries)('has the same places in both languages of $code', ({ texts }) => {
    for (const { zhCN, en } of texts) expect(places(en)).toEqual(places(zhCN));
  });

  it('gives no two entries the same text', () => {
    const sentences = entries.map(({ texts: [text] }) => text?.zhCN);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('an error made from the catalogue', () => {
  it.each(errors)('fits the shape in which $code crosses a border', ({ code }) => {
    // A key of the catalogue itself.
    expect(appErrorSchema.safeParse(appError(code as AppErrorCode)).success).toBe(true);
  });

  it('has its places filled from texts and numbers, and keeps the other details', () => {
    const error = appError('database.newer', { found: 7, supported: 1, more: ['x'] });
    expect(error.text.en).toContain('version 7, this program knows 1');
    expect(error.text.zhCN).toContain('版本 7');
    expect(error.details).toEqual({ found: 7, supported: 1, more: ['x'] });
  });

  it('offers a retry only where the same call may succeed without a change', () => {
    const retryable = Object.entries(errorCatalogue).filter(([, entry]) => entry.retryable);
    expect(retryable.every(([, entry]) => ['wait-and-retry', 'fix-computer'].includes(entry.class))).toBe(true);
    expect(retryable.map(([code]) => code)).not.toContain('issue.outcome-unknown');
  });
});

describe('a finding made from the catalogue', () => {
  it.each(findings)('fits the shape in which $code is shown', ({ code }) => {
    expect(findingSchema.safeParse(finding(code as FindingCode, 'billingNo', '1')).success).toBe(true);
  });

  it('shows its value in the texts, shortened where it is long', () => {
    const long = '9'.repeat(500);
    const { value, text } = finding('amount.not-a-number', 'feeFen', long);
    expect(value).toBe(`${'9'.repeat(199)}…`);
    expect(text.en).toBe(`"${value}" is not an amount`);
  });
});
