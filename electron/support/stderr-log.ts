import { type Log, type LogFields, type LogLevel, redact } from './log.ts';

const order: readonly LogLevel[] = ['info', 'warn', 'error'];

/** One JSON object a line on stderr, from `least` upwards; secrets and query strings are taken out. */
export function createStderrLog(least: LogLevel): Log {
  const write =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (order.indexOf(level) < order.indexOf(least)) return;
      process.stderr.write(`${redact(JSON.stringify({ time: new Date().toISOString(), level, event, ...fields }))}\n`);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** The level named in a variable of the environment, `error` where it names none. */
export function logLevelOf(name: string | undefined): LogLevel {
  return order.find((level) => level === name) ?? 'error';
}
