export type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Facts for the person who looks after the program. No query string, no secret, no content of an invoice. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

interface LogEntry {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

export interface MemoryLog extends Log {
  readonly entries: readonly LogEntry[];
}

/** A log that keeps its entries in memory, for tests and for the diagnostic report. */
export function createMemoryLog(): MemoryLog {
  const entries: LogEntry[] = [];
  const write =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      entries.push({ level, event, fields });
    };
  return { entries, info: write('info'), warn: write('warn'), error: write('error') };
}

const levels: readonly string[] = ['info', 'warn', 'error'];

/**
 * A log for the command line: one JSON object a line on stderr.
 * @param lowest the least grave level to write; anything unknown means errors only
 */
export function createStderrLog(lowest: string): Log {
  const from = levels.includes(lowest) ? levels.indexOf(lowest) : levels.indexOf('error');
  const write =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (levels.indexOf(level) < from) return;
      process.stderr.write(`${redact(JSON.stringify({ time: new Date().toISOString(), level, event, ...fields }))}\n`);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

const removed = '[removed]';
const queryString = /(https?:\/\/[^\s"'?#<>]*)\?[^\s"'<>]*/gi;
const secretNames = 'access_token|app_?secret|secret|ticket|encodingaeskey';
const secretInQuery = new RegExp(`\\b(${secretNames})=[^&\\s"'<>]*`, 'gi');
const secretInJson = new RegExp(`(\\\\?"(?:${secretNames})\\\\?"\\s*:\\s*\\\\?")[^"\\\\]*`, 'gi');

/**
 * Takes out of a text what must not be kept or shown: tokens and secrets by their names, the query string of every
 * address, and the secrets handed in, wherever they stand.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const named = text
    .replaceAll(queryString, `$1?${removed}`)
    .replaceAll(secretInQuery, `$1=${removed}`)
    .replaceAll(secretInJson, `$1${removed}`);
  return secrets.filter((secret) => secret !== '').reduce((rest, secret) => rest.replaceAll(secret, removed), named);
}
