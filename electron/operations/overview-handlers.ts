import type { Handlers } from '../../shared/contract/contract.ts';
import type { Overview } from '../../shared/contract/overview-operations.ts';
import { formatBeijingDate, parseBeijingTime } from '../../shared/invoice/beijing-time.ts';
import { ok } from '../../shared/result.ts';
import type { Stretch } from '../records/overview-repository.ts';
import type { Records } from '../records/records.ts';
import { findAccount, type HandlerParts } from './handler-parts.ts';

const daySeconds = 24 * 60 * 60;
const shownDays = 30;

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** The Beijing day, or month, in which a moment lies: its first second. */
function startOf(unit: 'day' | 'month', seconds: number): number {
  const date = formatBeijingDate(seconds);
  const start = parseBeijingTime(unit === 'day' ? date : `${date.slice(0, 8)}01`);
  if (start === undefined) throw new Error(`no such day: ${date}`);
  return start;
}

function readOverview(
  { overview, orders }: Pick<Records, 'overview' | 'orders'>,
  accountId: number,
  nowMs: number,
): Overview {
  const now = Math.floor(nowMs / 1000);
  const today = startOf('day', now);
  const tomorrow = today + daySeconds;
  const stretch = (from: number, to: number): Stretch => ({ from: iso(from), to: iso(to) });
  const period = (from: number) => ({
    ...overview.sumIssued(accountId, stretch(from, tomorrow)),
    rejected: overview.countRejected(accountId, stretch(from, tomorrow)),
  });
  const days = Array.from({ length: shownDays }, (_, index) => {
    // Beijing has had no summer time since 1991: every day is as long as the others.
    const start = today - (shownDays - 1 - index) * daySeconds;
    const { count, feeFen } = overview.sumIssued(accountId, stretch(start, start + daySeconds));
    return { day: formatBeijingDate(start), count, feeFen };
  });
  const stages = orders.counts(accountId);
  const expiring = overview.listExpiring(accountId, stretch(now, now + daySeconds));
  return {
    today: period(today),
    month: period(startOf('month', now)),
    days,
    todo: {
      needsYou: overview.countInState(accountId, 'unknown') + overview.countInDoubt(accountId),
      rejected: overview.countInState(accountId, 'rejected'),
      drafts: overview.countInState(accountId, 'draft'),
      expiring: expiring.total,
      ordersToIssue: stages.authorised,
      ordersRejecting: stages.rejecting,
    },
    expiring: expiring.soonest,
    batches: overview.listUnfinishedBatches(accountId),
  };
}

export function createOverviewHandlers(parts: HandlerParts): Pick<Handlers, 'overview.read' | 'overview.hasIssued'> {
  const { records } = parts;
  return {
    'overview.read': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      return account.ok ? ok(readOverview(records, accountId, parts.clock.now())) : account;
    },
    'overview.hasIssued': async () => ok({ hasIssued: records.overview.hasIssued() }),
  };
}
