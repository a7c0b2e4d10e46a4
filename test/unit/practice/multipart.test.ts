import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMultipart } from '../../../electron/practice/multipart.ts';

const type = 'multipart/form-data; boundary="b-1"';

function body(...parts: readonly (readonly [head: string, content: Buffer])[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(([head, content]) => [Buffer.from(`--b-1\r\n${head}\r\n\r\n`), content, Buffer.from('\r\n')]),
    Buffer.from('--b-1--\r\n'),
  ]);
}

test('any content comes out as it went in', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const content = Buffer.from(bytes);
      const head = 'Content-Disposition: form-data; name="pdf"; filename="a.pdf"\r\nContent-Type: application/pdf';
      const [part] = parseMultipart(body([head, content]), type) ?? [];
      expect(part).toMatchObject({ name: 'pdf', fileName: 'a.pdf', contentType: 'application/pdf' });
      expect(part?.content.equals(content)).toBe(true);
    }),
  );
});

test('junk never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, boundary) => {
      const around = Buffer.concat([Buffer.from('--b-1\r\n'), Buffer.from(bytes), Buffer.from('\r\n--b-1--')]);
      expect(() => parseMultipart(around, type)).not.toThrow();
      expect(() => parseMultipart(Buffer.from(bytes), `multipart/form-data; boundary=${boundary}`)).not.toThrow();
    }),
  );
});

test('several parts keep their order, and a file name may be extended', () => {
  const parts = parseMultipart(
    body(
      ['content-disposition: form-data; name=note', Buffer.from('1')],
      ['Content-Disposition: form-data; name="pdf"; filename*=UTF-8\'\'%E5%8F%91%E7%A5%A8.pdf', Buffer.from('2')],
    ),
    type,
  );
  expect(parts?.map(({ name, fileName }) => [name, fileName])).toEqual([
    ['note', undefined],
    ['pdf', '发票.pdf'],
  ]);
});
