const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

interface Step {
  /** Up to this age of the link. */
  readonly until: number;
  /** So long after the last question. */
  readonly every: number;
}

/** Without a relay WeChat's answer is the only news; a customer at the counter decides within minutes. */
const alone: readonly Step[] = [
  { until: 10 * minute, every: 15 * second },
  { until: hour, every: minute },
  { until: day, every: 10 * minute },
  { until: 7 * day, every: 2 * hour },
  { until: 30 * day, every: 12 * hour },
];

/** With a relay the push brings the news, and asking only finds what it missed. */
const besideRelay: readonly Step[] = [
  { until: hour, every: 10 * minute },
  { until: day, every: hour },
  { until: 7 * day, every: 6 * hour },
  { until: 30 * day, every: day },
];

/**
 * When to ask WeChat about an order again: the older its link, the more seldom, and no more after 30 days. Getauthdata is
 * the documented way where no push comes "for a long time" (surrounding-api.md, 2c).
 * @param linkAtMs when its link was got
 * @returns ISO-8601 in UTC, or null: only when a person asks
 */
export function nextCheckAt(linkAtMs: number, nowMs: number, hasRelay: boolean): string | null {
  const age = nowMs - linkAtMs;
  const step = (hasRelay ? besideRelay : alone).find(({ until }) => age < until);
  return step ? new Date(nowMs + step.every).toISOString() : null;
}
