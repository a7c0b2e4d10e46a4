import type { EventMap } from '../../shared/contract/events.ts';
import { formatYuan } from '../../shared/invoice/money.ts';
import type { Text } from '../../shared/text.ts';
import {
  type ReimburseStatus,
  reimburseStatuses,
  reimburseStatusLabels,
} from '../../shared/wechat/reimburse-status.ts';

export interface NoticeText {
  readonly title: Text;
  readonly body: Text;
}

type Part = readonly [count: number, zhCN: string, en: string];

/** Says how many there are of each kind that there is any of. */
function sayCounts(parts: readonly Part[]): Text {
  const said = parts.filter(([count]) => count > 0);
  return {
    zhCN: said.map(([count, zhCN]) => `${zhCN} ${count}`).join('，'),
    en: said.map(([count, , en]) => `${count} ${en}`).join(', '),
  };
}

/** What is said about a batch that has come to its end, or that waits for a person. */
export function noticeOf({ counts }: Pick<EventMap['batch.progress'], 'counts'>): NoticeText {
  const { issued, rejected, waiting } = counts;
  const open = counts.unknown + counts.doubtful;
  const isDone = rejected + waiting + open === 0;
  return {
    title: isDone
      ? { zhCN: '批次已全部开具', en: 'The batch is issued' }
      : { zhCN: '批次已停下', en: 'The batch has stopped' },
    body: sayCounts([
      [issued, '已开具', 'issued'],
      [rejected, '被拒绝', 'rejected'],
      [open, '需要您确认', 'need you'],
      [waiting, '未开具', 'not issued'],
    ]),
  };
}

/** A status in a word or two: its label without what stands in brackets, in the middle of a sentence. */
function shortWord(status: ReimburseStatus): Text {
  const { zhCN, en } = reimburseStatusLabels[status];
  return { zhCN: zhCN.replace(/（.*）$/, ''), en: en.replace(/ \(.*\)$/, '').toLowerCase() };
}

/** What is said about invoices whose status has changed, by the status that each has now. */
export function statusNoticeOf(statuses: readonly ReimburseStatus[]): NoticeText {
  return {
    title: { zhCN: '发票状态变化', en: 'Invoice status' },
    body: sayCounts(
      reimburseStatuses.map((status): Part => {
        const { zhCN, en } = shortWord(status);
        return [statuses.filter((one) => one === status).length, zhCN, en];
      }),
    ),
  };
}

/** What is said about orders that customers have authorised: which it is, or how many. */
export function authorisedNoticeOf(orders: readonly EventMap['order.authorised'][]): NoticeText {
  const [first] = orders;
  const title = { zhCN: '客户已授权，可以开具', en: 'Authorised, ready to issue' };
  if (!first || orders.length > 1)
    return { title, body: { zhCN: `${orders.length} 个订单`, en: `${orders.length} orders` } };
  const { orderId, moneyFen } = first;
  const money = `¥${formatYuan(moneyFen)}`;
  return { title, body: { zhCN: `订单 ${orderId}，${money}`, en: `Order ${orderId}, ${money}` } };
}
