import electronLog from 'electron-log/node';
import { type Log, type LogFields, redact } from '../support/log.ts';

/** The program's log file, rotated at 5 MB; secrets and query strings are taken out before a line is written. */
export function createFileLog(file: string): Log {
  const logger = electronLog.create({ logId: 'fapiao-desk' });
  logger.transports.file.resolvePathFn = () => file;
  logger.transports.file.maxSize = 5 * 1024 * 1024;
  logger.transports.file.format = '[{iso}] [{level}] {text}';
  logger.transports.console.level = false;
  const line = (event: string, fields: LogFields = {}) => redact(JSON.stringify({ event, ...fields }));
  return {
    info: (event, fields) => logger.info(line(event, fields)),
    warn: (event, fields) => logger.warn(line(event, fields)),
    error: (event, fields) => logger.error(line(event, fields)),
  };
}
