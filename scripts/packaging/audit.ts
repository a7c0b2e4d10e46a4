import { spawnSync } from 'node:child_process';
import { projectRoot } from '../run.ts';
import { judge, notRun, type Outcome } from './report.ts';

interface AuditReport {
  readonly error?: { readonly code?: string; readonly summary?: string };
  readonly message?: string;
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
}

/** What an audit's report says; a report without a list of vulnerabilities is none. */
export function judgeAudit(text: string): Outcome {
  let report: AuditReport;
  try {
    report = JSON.parse(text) as AuditReport; // npm's report of version 2, or its failure
  } catch {
    return notRun('npm gave no report');
  }
  if (!report.vulnerabilities) return notRun(report.error?.summary || report.message || 'the registry has no audit');
  const faults = Object.entries(report.vulnerabilities).map(
    ([name, { severity, range }]) => `${severity}: ${name} ${range}`,
  );
  return judge(faults, 'no known vulnerability');
}

/** Asks the registry about the packages that ship. */
export function auditShipped(): Outcome {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd: projectRoot,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 120_000,
  });
  return judgeAudit(stdout ?? '');
}
