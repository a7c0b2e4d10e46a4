import { describe, expect, it } from 'vitest';
import { runOperation } from '../../../electron/operations/run-operation.ts';
import { createMemoryLog } from '../../../electron/support/log.ts';
import { contract, type Handlers, type OperationName } from '../../../shared/contract/contract.ts';
import { ok } from '../../../shared/result.ts';
import { soundRequests } from '../../support/operation-requests.ts';

const names = Object.keys(contract) as OperationName[]; // the contract's own keys

/** A map of handlers that all do the same; what they answer is the test's own business. */
function everyHandler(handler: (input: unknown) => Promise<unknown>): Handlers {
  return Object.fromEntries(names.map((name) => [name, handler])) as Handlers;
}

const unreachable = everyHandler(async () => {
  throw new Error('a handler was reached');
});

async function run(handlers: Handlers, name: string, input: unknown) {
  const log = createMemoryLog();
  const result = await runOperation(handlers, log, name, input);
  return { result, log };
}

describe.each(names)('%s', (name) => {
  it('gets a request that fits as far as its handler', async () => {
    const { result } = await run(
      everyHandler(async () => ok('reached')),
      name,
      soundRequests[name],
    );
    expect(result).toEqual({ ok: true, value: 'reached' });
  });

  it.each([[null], ['text'], [7], [true], [[]], [[{}]]])('refuses %j before its handler', async (input) => {
    const { result, log } = await run(unreachable, name, input);
    expect(result).toMatchObject({ ok: false, error: { code: 'input.invalid', class: 'fix-input' } });
    expect(log.entries).toEqual([]);
  });

  it('refuses a key it does not know, and names it', async () => {
    const { result, log } = await run(unreachable, name, { ...soundRequests[name], surprise: 1 });
    expect(result).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(JSON.stringify(result)).toContain('surprise');
    expect(log.entries).toEqual([]);
  });
});

describe('an input that does not fit', () => {
  it('is answered with the field and the reason in both languages', async () => {
    const { result } = await run(unreachable, 'account.create', { name: '', kind: 'practice' });
    expect(result).toMatchObject({
      ok: false,
      error: {
        text: {
          zhCN: expect.stringMatching(/^输入有误：name .*\p{Script=Han}/u),
          en: expect.stringMatching(/^Not valid: name [^\p{Script=Han}]*$/u),
        },
        details: { field: 'name', issues: [{ field: 'name' }] },
      },
    });
  });

  it('never has its values in the answer', async () => {
    const { result } = await run(unreachable, 'credentials.save', { accountId: 'x', appSecret: 'sk-7' });
    expect(JSON.stringify(result)).not.toContain('sk-7');
  });

  it('names ten faults at most', async () => {
    const input = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`field${index}`, 1]));
    const { result } = await run(unreachable, 'invoice.saveDraft', { accountId: 1, templateId: 1, fields: input });
    const { issues } = result.ok ? { issues: [] } : result.error.details;
    expect(issues).toHaveLength(10);
  });
});

describe('an operation that is asked for by a name', () => {
  it.each([['nothing.known'], [''], ['constructor'], ['__proto__'], ['toString'], ['App.info']])(
    'that is not in the contract (%j) is refused',
    async (name) => {
      const { result } = await run(unreachable, name, {});
      expect(result).toMatchObject({ ok: false, error: { code: 'operation.unknown' } });
    },
  );

  it('and no input at all gets the empty one', async () => {
    const { result } = await run(
      everyHandler(async (input) => ok(input)),
      'settings.read',
      undefined,
    );
    expect(result).toEqual({ ok: true, value: {} });
  });
});

describe('a handler that throws', () => {
  it('crosses as a reference only; what it threw is in the log under it', async () => {
    const handlers = everyHandler(async () => {
      throw new Error('the secret of the shop');
    });
    const { result, log } = await run(handlers, 'app.info', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'internal', class: 'bug' } });
    expect(JSON.stringify(result)).not.toContain('the secret of the shop');
    const reference = result.ok ? '' : result.error.details['reference'];
    expect(reference).toMatch(/^[0-9a-f]{8}$/);
    expect(log.entries).toMatchObject([
      { level: 'error', event: 'operation.threw', fields: { operation: 'app.info', reference } },
    ]);
  });

  it('may throw anything', async () => {
    const handlers = everyHandler(() => Promise.reject('a text'));
    const { result, log } = await run(handlers, 'app.info', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(log.entries[0]?.fields['thrown']).toBe('a text');
  });
});
