import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBackupName } from '../../../electron/records/backup-name.ts';
import { chooseExpired } from '../../../electron/records/backup-rotation.ts';
import { type BackupReason, backupReasons } from '../../../shared/contract/backup-operations.ts';

const counts = { invoices: 1, issued: 0, unknown: 0, events: 0 };

/** A backup made at a Beijing time, `2026-11-23 10:00`. */
function made(beijing: string, reason: BackupReason = 'periodic') {
  const createdAt = new Date(`${beijing.replace(' ', 'T')}:00+08:00`).toISOString();
  return { createdAt, reason, name: formatBackupName({ createdAt, reason, schemaVersion: 1, counts }) };
}

const at = (beijing: string) => Date.parse(`${beijing.replace(' ', 'T')}:00+08:00`);

interface Row {
  readonly what: string;
  readonly now: string;
  readonly kept: readonly ReturnType<typeof made>[];
  readonly expired: readonly ReturnType<typeof made>[];
}

const days = (from: number, to: number, hour: string) =>
  Array.from({ length: to - from + 1 }, (_, index) => made(`2026-11-${String(from + index).padStart(2, '0')} ${hour}`));

const table: readonly Row[] = [
  { what: 'nothing of nothing', now: '2026-11-23 12:00', kept: [], expired: [] },
  { what: 'not the only one, however old', now: '2026-11-23 12:00', kept: [made('2020-01-01 10:00')], expired: [] },
  {
    what: 'all of today but the newest three',
    now: '2026-11-23 12:00',
    kept: [made('2026-11-23 11:45'), made('2026-11-23 11:30'), made('2026-11-23 11:15')],
    expired: [made('2026-11-23 11:00'), made('2026-11-23 00:00')],
  },
  {
    what: 'all of an earlier day but its newest',
    now: '2026-11-23 12:00',
    kept: [made('2026-11-23 11:45'), made('2026-11-22 23:59')],
    expired: [made('2026-11-22 23:58'), made('2026-11-22 08:00')],
  },
  {
    what: "by Beijing's midnight, not by that of London",
    now: '2026-11-23 00:30',
    kept: [made('2026-11-23 00:20'), made('2026-11-22 23:50')],
    expired: [made('2026-11-22 23:40')],
  },
  {
    what: 'what is older than 14 days that have one',
    now: '2026-11-23 12:00',
    kept: days(10, 23, '10:00'),
    expired: days(1, 9, '10:00'),
  },
  {
    what: 'nothing older for weeks in which the program was not used',
    now: '2026-11-23 12:00',
    kept: [made('2026-11-23 11:45'), made('2026-09-01 10:00'), made('2026-03-01 10:00')],
    expired: [made('2026-09-01 09:00')],
  },
  {
    what: 'migrations before the last three',
    now: '2026-11-23 12:00',
    kept: [
      ...days(10, 23, '10:00'),
      made('2026-06-01 10:00', 'before-migration'),
      made('2026-05-01 10:00', 'before-migration'),
      made('2026-04-01 10:00', 'before-migration'),
    ],
    expired: [made('2026-03-01 10:00', 'before-migration')],
  },
  {
    what: 'nothing that a wrong clock dated to tomorrow',
    now: '2026-11-23 12:00',
    kept: [made('2027-01-01 10:00'), made('2026-11-24 10:00'), ...days(23, 23, '11:00')],
    expired: [],
  },
];

describe('the rotation lets go', () => {
  it.each(table)('$what', ({ now, kept, expired }) => {
    const names = chooseExpired([...expired, ...kept], at(now)).map(({ name }) => name);
    expect(names.sort()).toEqual(expired.map(({ name }) => name).sort());
  });
});

describe('whatever there is', () => {
  const moment = fc.integer({ min: at('2026-10-01 00:00'), max: at('2026-11-23 12:00') });
  const someBackups = fc.array(fc.tuple(moment, fc.constantFrom(...backupReasons)), { maxLength: 60 }).map((all) =>
    all.map(([milliseconds, reason]) => {
      const createdAt = new Date(milliseconds).toISOString();
      return { createdAt, reason, name: formatBackupName({ createdAt, reason, schemaVersion: 1, counts }) };
    }),
  );

  it('the newest stays, and a second look lets nothing more go', () => {
    fc.assert(
      fc.property(someBackups, (backups) => {
        const expired = new Set(chooseExpired(backups, at('2026-11-23 12:00')));
        const kept = backups.filter((backup) => !expired.has(backup));
        if (backups.length > 0) {
          const newest = backups
            .map(({ name }) => name)
            .sort()
            .at(-1);
          expect(kept.map(({ name }) => name)).toContain(newest);
        }
        expect(chooseExpired(kept, at('2026-11-23 12:00'))).toEqual([]);
      }),
    );
  });
});
