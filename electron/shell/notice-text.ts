import type { EventMap } from '../../shared/contract/events.ts';
import type { Text } from '../../shared/text.ts';

/** What is said about a batch that has come to its end, or that waits for a person. */
export function noticeOf({ counts }: Pick<EventMap['batch.progress'], 'counts'>): {
  readonly title: Text;
  readonly body: Text;
} {
  const { issued, rejected, waiting } = counts;
  const open = counts.unknown + counts.doubtful;
  const isDone = rejected + waiting + open === 0;
  const parts: readonly (readonly [count: number, zhCN: string, en: string])[] = [
    [issued, '已开具', 'issued'],
    [rejected, '被拒绝', 'rejected'],
    [open, '需要您确认', 'need you'],
    [waiting, '未开具', 'not issued'],
  ];
  const said = parts.filter(([count]) => count > 0);
  return {
    title: isDone
      ? { zhCN: '批次已全部开具', en: 'The batch is issued' }
      : { zhCN: '批次已停下', en: 'The batch has stopped' },
    body: {
      zhCN: said.map(([count, zhCN]) => `${zhCN} ${count}`).join('，'),
      en: said.map(([count, , en]) => `${count} ${en}`).join(', '),
    },
  };
}
