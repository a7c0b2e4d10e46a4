import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { DecodedLink } from '../../shared/contract/follow-up-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import { freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import { type FakeWorld, fakeTemplate } from './fake-bridge.ts';

freshPageEachTest();

const code = 'XXIzTtMqCxwOaawoE91+VJdsFmv7b8g0VZIZkqf4GWA60Fzpc8ksZ/5ZZ0DVkXdE';
const { cardId } = fakeTemplate();

async function openDecrypt(handlers: FakeWorld['handlers']) {
  window.location.hash = '#/decrypt';
  const fake = openApp(readyWorld({ handlers }));
  const input = await screen.findByLabelText('跳转链接或 encrypt_code');
  return { fake, paste: (text: string) => fireEvent.change(input, { target: { value: text } }), input };
}

const decoded = (calls: readonly { readonly name: string; readonly input: unknown }[]) =>
  calls.filter(({ name }) => name === 'code.decrypt').map(({ input }) => input);
const results = async () => within(await screen.findByRole('region', { name: '结果' }));

it('repairs what was pasted, sends the code as it was, and shows template, invoice and repairs', async () => {
  const { fake, paste } = await openDecrypt({
    'code.decrypt': async () => ok({ code: '018692165859', invoiceId: 7 }),
  });
  paste(`https://example.com/?encrypt_code=${code.replace('+', ' ')}&card_id=${cardId}`);
  press('解码 1 条');
  const link = await (await results()).findByRole('link', { name: '查看发票 7' });
  expect(link.getAttribute('href')).toBe('#/invoice/7');
  const table = await results();
  for (const words of ['青禾茶叶', '空格改回加号']) expect(table.getByText(words)).toBeTruthy();
  expect(table.getByRole('button', { name: '复制卡券 code' })).toBeTruthy();
  expect(decoded(fake.calls)).toEqual([{ accountId: 1, encryptCode: code, cardId }]);
});

it('says at each line what is wrong with it, and goes on with the others', async () => {
  const refusal = appError('network.timeout', { reason: 'x' });
  const { fake, paste } = await openDecrypt({
    'code.decrypt': async ({ encryptCode }) =>
      encryptCode === code ? fail(refusal) : ok({ code: '1', invoiceId: null }),
  });
  paste(`没有链接\n\n${code}\n${'A'.repeat(64)}`);
  press('解码 3 条');
  const table = await results();
  expect(table.getByText(/这一行里没有 encrypt_code/)).toBeTruthy();
  expect(await table.findByText('network.timeout')).toBeTruthy();
  expect(await table.findByText('没有对应的发票')).toBeTruthy();
  expect(decoded(fake.calls)).toHaveLength(2);
});

it('shows how far it is, and stops when it is told to', async () => {
  const waiting: (() => void)[] = [];
  const { fake, paste } = await openDecrypt({
    'code.decrypt': async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return ok({ code: '1', invoiceId: null });
    },
  });
  paste([code, code, code].join('\n'));
  press('解码 3 条');
  expect(await screen.findByText('已解码 0 / 3 条')).toBeTruthy();
  await waitFor(() => expect(waiting).toHaveLength(1));
  waiting[0]?.();
  expect(await screen.findByText('已解码 1 / 3 条')).toBeTruthy();
  press('停止');
  expect(await (await results()).findAllByText('已停止，没有解码')).toHaveLength(2);
  expect(screen.queryByRole('button', { name: '停止' })).toBeNull();
  waiting[1]?.();
  await waitFor(() => expect(decoded(fake.calls)).toHaveLength(2));
});

it('does not ask again for each line what the account has to cure first', async () => {
  const { fake, paste } = await openDecrypt({
    'code.decrypt': async () => fail(appError('account.secret-missing', { account: '青禾茶叶' })),
  });
  paste([code, code].join('\n'));
  press('解码 2 条');
  expect(await screen.findAllByText('account.secret-missing')).toHaveLength(2);
  expect(await screen.findByText('已停止，没有解码')).toBeTruthy();
  expect(decoded(fake.calls)).toHaveLength(1);
});

it('takes no more than a thousand lines at once, and nothing of an empty field', async () => {
  const { fake, paste, input } = await openDecrypt({});
  expect(screen.getByRole<HTMLButtonElement>('button', { name: '解码' }).disabled).toBe(true);
  paste(Array.from({ length: 1001 }, () => code).join('\n'));
  expect(await screen.findByText('一次最多 1000 条，请分几次粘贴。')).toBeTruthy();
  fireEvent.keyDown(input, { key: 'Enter', ctrlKey: true });
  expect(decoded(fake.calls)).toEqual([]);
});

it('keeps a history, and clears it after a question', async () => {
  let links: DecodedLink[] = [
    { id: 1, accountId: 1, code: '018692165859', cardId, invoiceId: 7, decodedAt: '2026-11-23T02:00:00.000Z' },
  ];
  await openDecrypt({
    'code.history': async () => ok({ links }),
    'code.clearHistory': async () => {
      links = [];
      return ok({});
    },
  });
  expect(await screen.findByText('2026-11-23 10:00:00')).toBeTruthy();
  press('清空历史');
  fireEvent.click(await screen.findByRole('button', { name: '清空' }));
  expect(await screen.findByText('还没有解码过。解开的 code 会留在这里。')).toBeTruthy();
});

it('without an account says what the page is for', async () => {
  window.location.hash = '#/decrypt';
  openApp();
  expect(await screen.findByText(/先在开票页建一个账号/)).toBeTruthy();
});
