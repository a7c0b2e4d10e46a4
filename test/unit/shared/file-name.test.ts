import { describe, expect, it } from 'vitest';
import { fileNameOf } from '../../../shared/file-name.ts';

describe('fileNameOf', () => {
  it.each([
    ['发票 26312000000010100556', '发票 26312000000010100556.pdf'],
    ['a/b\\c:d*e?"<f>|g', 'a_b_c_d_e_f_g.pdf'],
    ['../../etc/passwd', '.._.._etc_passwd.pdf'],
    ['a\u0000b\nc', 'a_b_c.pdf'],
    ['长'.repeat(300), `${'长'.repeat(100)}.pdf`],
  ])('makes a name that every system takes of %j', (words, name) => {
    expect(fileNameOf(words, 'pdf')).toBe(name);
  });
});
