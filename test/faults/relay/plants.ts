import type { SourcePlant } from '../source-plant.ts';

/** Defects of the way from WeChat to the records, each of which has to be noticed. */
export const relayPlants = {
  'answer-first': {
    name: 'WeChat is answered before the push is on the disk',
    file: 'relay/wechat-endpoint.ts',
    from: 'const isNew = await store.append(checked.value);',
    to: 'const isNew = true; setTimeout(() => void store.append(checked.value).catch(() => undefined), 40);',
  },
  'no-limit': {
    name: 'a body of any size is read',
    file: 'relay/wechat-endpoint.ts',
    from: 'maxSize: largestBodyBytes',
    to: 'maxSize: 1e9 * largestBodyBytes',
  },
  'cursor-before': {
    name: 'the place is moved on before the pushes are in the records',
    file: 'electron/feed/apply-pushes.ts',
    from: '  records.inTransaction(() => {\n    for (const arrived of pushes) {',
    to: '  records.relays.advance(account.id, last.cursor, receivedAt);\n  const until = Date.now() + 300; while (Date.now() < until);\n  records.inTransaction(() => {\n    for (const arrived of pushes) {',
  },
  'key-of-the-document': {
    name: 'two cards of one customer that changed in the same second count as one',
    file: 'electron/issuing/card-status.ts',
    from: '[account.appid, openid, createTime, event, cardId, code, status, orderId]',
    to: '[account.appid, openid, createTime, event]',
  },
} as const satisfies Record<string, SourcePlant>;
export type RelayPlantName = keyof typeof relayPlants;
