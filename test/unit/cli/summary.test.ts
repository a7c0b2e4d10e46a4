import { expect, it } from 'vitest';
import { saySummary } from '../../../electron/cli/run-and-report.ts';
import { type BatchCounts, noCounts } from '../../../shared/contract/batch-operations.ts';
import type { Text } from '../../../shared/text.ts';

function said(counts: Partial<BatchCounts>): Text {
  const texts: Text[] = [];
  saySummary({ say: (text) => void texts.push(text) }, { ...noCounts, ...counts });
  const [text] = texts;
  if (!text) throw new Error('nothing was said');
  return text;
}

const sumOf = (text: string) => [...text.matchAll(/\d+/g)].map(Number);

it.each(['zhCN', 'en'] as const)('adds up to the total in %s, whatever became of the rows', (language) => {
  const counts = { faulty: 1, already: 2, waiting: 3, doubtful: 4, cancelled: 5, issued: 6, rejected: 7, unknown: 8 };
  const [total, ...parts] = sumOf(said({ ...counts, total: 36 })[language]);
  expect(total).toBe(36);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(36);
});

it('does not name what there is none of and hardly ever is', () => {
  expect(said({ total: 1, issued: 1 }).en).not.toMatch(/doubt|cancelled/);
});
