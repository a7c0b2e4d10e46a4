import * as z from 'zod';
import { instantSchema, nothingSchema, operation } from './operation.ts';

/** Why a backup was made. */
export const backupReasons = ['periodic', 'before-batch', 'before-migration', 'at-exit', 'by-hand'] as const;
export type BackupReason = (typeof backupReasons)[number];

const count = z.int().min(0);
export const backupCountsSchema = z.strictObject({
  invoices: count,
  issued: count,
  /** Invoices whose outcome nobody knows, those still on the wire included: after a restore they are as unknown. */
  unknown: count,
  events: count,
});
export type BackupCounts = z.output<typeof backupCountsSchema>;

/**
 * Moment in UTC, reason, schema version, and what was counted when the copy was verified. A name of this form is given
 * to verified copies only.
 */
export const backupNamePattern =
  /^(?<stamp>\d{8}T\d{9}Z)-(?<reason>periodic|before-batch|before-migration|at-exit|by-hand)-v(?<version>\d{1,6})-i(?<invoices>\d{1,12})-s(?<issued>\d{1,12})-u(?<unknown>\d{1,12})-e(?<events>\d{1,12})\.db$/;

export const backupSchema = z.strictObject({
  name: z.string(),
  reason: z.enum(backupReasons),
  createdAt: instantSchema,
  sizeBytes: count,
  counts: backupCountsSchema,
  schemaVersion: count,
});
export type Backup = z.output<typeof backupSchema>;

export const backupOperations = {
  'backup.list': operation({
    summary: { zhCN: '列出备份，新的在前', en: 'List the backups, newest first' },
    input: nothingSchema,
    output: z.strictObject({
      backups: z.array(backupSchema),
      /** The backup that takes the database's place at the next start. */
      pendingRestore: z.string().nullable(),
    }),
  }),
  'backup.make': operation({
    summary: { zhCN: '立即备份并核对', en: 'Make a backup now and verify it' },
    input: nothingSchema,
    output: backupSchema,
  }),
  'backup.restore': operation({
    summary: { zhCN: '核对备份，并在下次启动时恢复', en: 'Check a backup and restore it at the next start' },
    input: z.strictObject({ name: z.string().regex(backupNamePattern) }),
    output: z.strictObject({
      restartNeeded: z.literal(true),
      /** What will be there after the restart. */
      backup: backupSchema,
      /** What is there now. */
      present: backupCountsSchema,
    }),
  }),
  'backup.cancelRestore': operation({
    summary: { zhCN: '取消下次启动时的恢复', en: 'Cancel the restore at the next start' },
    input: nothingSchema,
    output: z.strictObject({ cancelled: z.boolean() }),
  }),
};
