import { type AppError, appError, appErrorSaying, type ErrorDetails } from '../../shared/errors/app-error.ts';
import type { AppErrorCode } from '../../shared/errors/error-catalogue.ts';
import type { Text } from '../../shared/text.ts';
import { redact } from '../support/log.ts';
import type { TransportFailure } from './transport.ts';

/** A catalogue error whose `{reason}` is said in each language. */
export function errorWithReason(code: AppErrorCode, reason: Text, details: ErrorDetails): AppError {
  return appErrorSaying(code, { reason }, details);
}

const causes: readonly (readonly [RegExp, Text])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, { zhCN: '找不到服务器地址', en: 'the host name cannot be found' }],
  [/^ECONNREFUSED$/, { zhCN: '对方拒绝连接', en: 'the connection was refused' }],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, { zhCN: '网络不通', en: 'there is no route to it' }],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, { zhCN: '连接超时', en: 'connecting took too long' }],
  [
    /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO)/,
    { zhCN: '加密连接失败', en: 'no secure connection' },
  ],
  [/^(CLIENT_CLOSED|UND_ERR_CLOSED)$/, { zhCN: '程序正在退出', en: 'the program is closing' }],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, { zhCN: '对方断开了连接', en: 'the other side closed it' }],
];

function textOfCause(cause: string): Text {
  return causes.find(([pattern]) => pattern.test(cause))?.[1] ?? { zhCN: cause, en: cause };
}

/** What a person is told when a call got no answer. Not for insert, whose outcome is then unknown. */
export function errorFromTransport(failure: TransportFailure): AppError {
  switch (failure.kind) {
    case 'refused':
      return failure.error;
    case 'unreachable':
      return errorWithReason('network.unreachable', textOfCause(failure.cause), { cause: failure.cause });
    case 'timeout':
      return appError('network.timeout', { seconds: failure.seconds });
    case 'connection-lost':
      return errorWithReason('network.broken', textOfCause(failure.cause), { cause: failure.cause });
    case 'too-large':
      return notUnderstood({ zhCN: '回答太大', en: 'the answer is too large' }, '');
  }
}

/** An answer that does not fit, with what stood in it: secrets removed, at most 500 characters. */
export function notUnderstood(reason: Text, body: string, secrets: readonly string[] = []): AppError {
  return errorWithReason('wechat.not-understood', reason, { body: redact(body, secrets).slice(0, 500) });
}
