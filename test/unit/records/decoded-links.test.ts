import { expect, it } from 'vitest';
import { addAccount, openRecordsInMemory } from '../../support/records-in-memory.ts';

it('keeps the newest five hundred links of each account', () => {
  const { records } = openRecordsInMemory();
  const { id: accountId } = addAccount(records);
  const decodedAt = '2026-11-23T02:00:00.000Z';
  for (let number = 1; number <= 502; number += 1)
    records.decodedLinks.record({ accountId, code: `C-${number}`, cardId: '', decodedAt });
  const codes = records.decodedLinks.list(accountId, 500).map(({ code }) => code);
  expect(codes).toHaveLength(500);
  expect([codes[0], codes.at(-1)]).toEqual(['C-502', 'C-3']);
});
