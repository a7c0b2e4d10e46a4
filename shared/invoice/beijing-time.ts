import { Temporal } from 'temporal-polyfill';

/** The fixed offset of all calendar work; a named zone would bring back the summer time of 1986–1991. */
const beijing = '+08:00';
const beijingOffsetSeconds = 8 * 3600;

const dateTimePattern =
  /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[ T]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?|分?)?)?$/;
const compactPattern = /^(\d{4})(\d{2})(\d{2})$/;

/**
 * Reads a Beijing date or date and time (`2026-11-23`, `2026/1/5 09:30`, `2026年11月23日`, `20261123`) or a 10-digit
 * timestamp. A date alone means 00:00 in Beijing.
 * @returns seconds since 1970 (UTC), or undefined where there is no such day or time
 */
export function parseBeijingTime(text: string): number | undefined {
  const plain = text.trim();
  if (/^\d{10}$/.test(plain)) return Number(plain);
  const match = dateTimePattern.exec(plain) ?? compactPattern.exec(plain);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  // A table has one for each of its rows, and Temporal takes twenty times as long.
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isThatDay =
    moment.getUTCFullYear() === year && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  if (!isThatDay || hour > 23 || minute > 59 || second > 59) return undefined;
  return moment.getTime() / 1000 - beijingOffsetSeconds;
}

function atBeijing(seconds: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(beijing);
}

/** Seconds since 1970 → `2026-11-23`, the day in Beijing. */
export function formatBeijingDate(seconds: number): string {
  return atBeijing(seconds).toPlainDate().toString();
}

/** Seconds since 1970 → `2026-11-23 18:30:00`, Beijing time. */
export function formatBeijingDateTime(seconds: number): string {
  const moment = atBeijing(seconds);
  return `${moment.toPlainDate().toString()} ${moment.toPlainTime().toString({ smallestUnit: 'second' })}`;
}

/** An instant of the records, ISO-8601 in UTC → `2026-11-23 18:30:00`, Beijing time. */
export function formatBeijingInstant(instant: string): string {
  return formatBeijingDateTime(Math.floor(Date.parse(instant) / 1000));
}
