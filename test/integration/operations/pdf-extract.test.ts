import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/run.ts';
import { expectTexts } from '../../support/app-expectations.ts';
import { openStage } from '../../support/app-under-test.ts';

const fixture = (name: string) => join(projectRoot, 'test', 'fixtures', 'pdf', name);

describe('pdf.extract', () => {
  it('answers with the invoice, and nothing is written', async () => {
    const stage = await openStage();
    const file = await stage.admit(fixture('a-vat-song-1.pdf'));
    const before = stage.app().events.length;
    const extraction = await stage.app().succeed('pdf.extract', { file });
    expect(extraction).toMatchObject({ kind: 'vat', isRedLetter: false, pages: { count: 1, read: 1 } });
    expect(extraction.items).toHaveLength(1);
    expect(stage.app().events).toHaveLength(before);
  });

  it.each([
    ['pdf.damaged', 'half.pdf', '%PDF-1.7\n1 0 obj'],
    ['pdf.is-ofd', 'invoice.OFD', 'PK anything'],
    ['pdf.is-ofd', 'renamed.pdf', 'PK\u0003\u0004 OFD.xml'],
    ['pdf.not-pdf', 'text.pdf', 'hello'],
    ['pdf.empty', 'nothing.pdf', ''],
    ['pdf.encrypted', 'locked.pdf', readFileSync(fixture('m-password-2.pdf'))],
  ])('refuses with %s what is in %s', async (code, name, content) => {
    const stage = await openStage();
    const error = await stage.app().refuse('pdf.extract', { file: await stage.newFile(name, content) });
    expect(error.code).toBe(code);
    expectTexts(error);
    expect(error.text.zhCN).toContain(name);
  });
});
