import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { readAgain } from '../../renderer/api/queries.ts';

/** A reading whose answers are given by hand, one a call. */
function readingByHand() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000 } } });
  const asked: PromiseWithResolvers<string>[] = [];
  const queryFn = () => {
    const answer = Promise.withResolvers<string>();
    asked.push(answer);
    return answer.promise;
  };
  const observer = new QueryObserver(client, { queryKey: ['order.list', { accountId: 1 }], queryFn });
  return { client, asked, observer, shown: () => observer.getCurrentResult().data };
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 0));

it('does not stay with the answer of a first reading that a change overtook', async () => {
  const { client, asked, observer, shown } = readingByHand();
  const leave = observer.subscribe(() => {});
  const fresh = readAgain(client, ['order.list']);
  asked[0]?.resolve('before');
  await aMoment();
  expect(shown()).toBe('before');
  asked[1]?.resolve('after');
  await fresh;
  expect(shown()).toBe('after');
  expect(asked.length).toBe(2);
  leave();
});

it('ends a slow reading in spite of changes that come faster, and reads once more after the last', async () => {
  const { client, asked, observer, shown } = readingByHand();
  const leave = observer.subscribe(() => {});
  const all = Promise.all(Array.from({ length: 20 }, () => readAgain(client, ['order.list'])));
  expect(asked.length).toBe(1);
  asked[0]?.resolve('before');
  await aMoment();
  expect(shown()).toBe('before');
  expect(asked.length).toBe(2);
  asked[1]?.resolve('after');
  await all;
  expect(shown()).toBe('after');
  leave();
});

it('goes on after a reading that failed', async () => {
  const { client, asked, observer, shown } = readingByHand();
  const leave = observer.subscribe(() => {});
  const fresh = readAgain(client, ['order.list']);
  asked[0]?.reject(new Error('busy'));
  await aMoment();
  asked[1]?.resolve('after');
  await fresh;
  expect(shown()).toBe('after');
  leave();
});

it('forgets what nobody looks at, so that no page begins with it', async () => {
  const { client, asked, observer } = readingByHand();
  const leave = observer.subscribe(() => {});
  asked[0]?.resolve('before');
  await aMoment();
  leave();
  await readAgain(client, ['order.list']);
  expect(client.getQueryData(['order.list', { accountId: 1 }])).toBeUndefined();
});
