import { expect, test } from 'vitest';
import { judgeAudit } from '../../../scripts/packaging/audit.ts';
import { failed, judge, lineOf, notRun, passed, summaryOf } from '../../../scripts/packaging/report.ts';

test('each check has one line, a failed one with its faults below, and the last line counts', () => {
  expect(lineOf('size', passed('19 MB'))).toBe('✓ size: 19 MB');
  expect(lineOf('fuses', notRun('no binary'))).toBe('– fuses: not run: no binary');
  expect(lineOf('files', judge(['a.map', 'b.ts']))).toBe('✗ files\n    a.map\n    b.ts');
  expect(lineOf('files', judge(Array.from({ length: 14 }, (_, index) => `f${index}`)))).toContain('and 2 more');
  expect(summaryOf([passed(), failed(['x']), notRun('y'), passed()])).toBe('2 passed, 1 failed, 1 not run');
});

test('an audit that could not be made is not one that found nothing', () => {
  expect(judgeAudit('{"vulnerabilities":{}}')).toEqual(passed('no known vulnerability'));
  expect(judgeAudit('{"vulnerabilities":{"undici":{"severity":"high","range":"<1"}}}')).toEqual(
    failed(['high: undici <1']),
  );
  expect(judgeAudit('{"message":"405 Method Not Allowed","error":{"summary":""}}')).toEqual(
    notRun('405 Method Not Allowed'),
  );
  expect(judgeAudit('{}').state).toBe('not-run');
  expect(judgeAudit('').state).toBe('not-run');
});
