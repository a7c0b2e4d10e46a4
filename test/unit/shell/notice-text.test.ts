import { expect, test } from 'vitest';
import { noticeOf } from '../../../electron/shell/notice-text.ts';
import { noCounts } from '../../../shared/contract/batch-operations.ts';

test('a batch that is issued says so, with how many', () => {
  const { title, body } = noticeOf({ counts: { ...noCounts, total: 60, issued: 57, already: 0, faulty: 3 } });
  expect(title.en).toBe('The batch is issued');
  expect(body).toEqual({ zhCN: '已开具 57', en: '57 issued' });
});

test('a batch that waits for a person names everything that is open', () => {
  const counts = { ...noCounts, total: 9, issued: 2, rejected: 1, unknown: 2, doubtful: 1, waiting: 3 };
  const { title, body } = noticeOf({ counts });
  expect(title.zhCN).toBe('批次已停下');
  expect(body).toEqual({
    zhCN: '已开具 2，被拒绝 1，需要您确认 3，未开具 3',
    en: '2 issued, 1 rejected, 3 need you, 3 not issued',
  });
});
