import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createLooseStep, createOneStep } from '../../../electron/records/one-step.ts';

function open() {
  const database = new BetterSqlite3(':memory:');
  onTestFinished(() => void database.close());
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT');
  const inOneStep = createOneStep(database);
  const synchronous = () => Number(database.pragma('synchronous', { simple: true }));
  return { database, inOneStep, inLooseStep: createLooseStep(database, inOneStep), synchronous };
}

test('a loose step does not wait for the disk, and the next one does again', () => {
  const { database, inLooseStep, inOneStep, synchronous } = open();
  const within = inLooseStep(() => {
    database.prepare('INSERT INTO one (id) VALUES (1)').run();
    return synchronous();
  });
  expect(within).toBe(1);
  expect(synchronous()).toBe(2);
  expect(inOneStep(synchronous)).toBe(2);
});

test('a loose step that fails is taken back whole and loosens nothing after it', () => {
  const { database, inLooseStep, synchronous } = open();
  const fail = () =>
    inLooseStep(() => {
      database.prepare('INSERT INTO one (id) VALUES (1)').run();
      throw new Error('no');
    });
  expect(fail).toThrow('no');
  expect(database.prepare('SELECT count(*) FROM one').pluck().get()).toBe(0);
  expect(synchronous()).toBe(2);
});

test('a loose step is refused inside of a durable one', () => {
  const { inLooseStep, inOneStep, synchronous } = open();
  expect(() => inOneStep(() => inLooseStep(() => 1))).toThrow('loosen');
  expect(synchronous()).toBe(2);
});
