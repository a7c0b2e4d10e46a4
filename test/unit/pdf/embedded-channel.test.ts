import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readEmbedded } from '../../../electron/pdf/embedded-channel.ts';
import { readMetadataStreams } from '../../../electron/pdf/raw-metadata.ts';
import { makeLine, makeVat } from '../../../scripts/pdf-fixtures/content.ts';
import { eInvoiceXml, keyValues } from '../../../scripts/pdf-fixtures/hidden-data.ts';
import { createRandom } from '../../../scripts/samples/random.ts';

const line = makeLine(createRandom(1), { name: '*文具*中性笔', num: '3', price: '10.00', netFen: 3000, rate: '13%' });
const exempt = makeLine(createRandom(2), { name: '*蔬菜*小白菜', num: '2', price: '5.00', netFen: 1000, rate: '免税' });
const invoice = makeVat(7, { lines: [line, exempt], remarks: '合同 & 附件' });

describe('data embedded in an invoice', () => {
  it.each(['gbk', 'utf-8'] as const)(
    'is read from keys and values in %s, whose keys repeat for each line',
    (encoding) => {
      const answer = readEmbedded([keyValues(invoice, encoding)], {});
      expect(answer?.claims).toMatchObject({
        title: { value: invoice.buyer.name },
        sellerName: { value: invoice.seller.name },
        billingNo: { value: invoice.billingNo },
        feeWithoutTaxFen: { value: 4000 },
        taxFen: { value: 390 },
        feeFen: { value: 4390 },
      });
      expect(answer?.lines).toMatchObject([
        { name: '*文具*中性笔', num: '3', price: '10.00', netFen: 3000, rate: '13%', taxFen: 390 },
        { name: '*蔬菜*小白菜', num: '2', price: '5.00', netFen: 1000, rate: '免税', taxFen: 0 },
      ]);
    },
  );

  it('is read from XML', () => {
    const answer = readEmbedded([eInvoiceXml(invoice)], {});
    expect(answer?.claims).toMatchObject({
      title: { value: invoice.buyer.name },
      checkCode: { value: invoice.checkCode },
      remarks: { value: '合同 & 附件' },
      feeFen: { value: 4390 },
    });
    expect(answer?.lines).toHaveLength(2);
  });

  it("is read from the document's own facts", () => {
    const facts = {
      InvoiceNumber: '26312000000010100556',
      IssueTime: '2026年11月03日',
      'TotalTax-includedAmount': '35.60',
    };
    expect(readEmbedded([], facts)?.claims).toMatchObject({
      billingNo: { value: '26312000000010100556' },
      billingTime: { value: Date.UTC(2026, 10, 2, 16) / 1000 },
      feeFen: { value: 3560 },
    });
  });

  it.each([
    ['XMP', '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>'],
    ['broken XML', '<eInvoice><Buyer>'],
    ['nothing', ''],
  ])('has no amounts in %s', (_, text) => {
    expect(readEmbedded([Buffer.from(text)], {})?.claims ?? {}).toEqual({});
  });
});

function pdfWith(catalogue: string, stream: Buffer, dictionary: string): Uint8Array {
  const head = `%PDF-1.7\n1 0 obj\n${catalogue}\nendobj\n12 0 obj\n<< ${dictionary} /Length ${stream.length} >>\nstream\n`;
  return new Uint8Array(Buffer.concat([Buffer.from(head), stream, Buffer.from('\nendstream\nendobj\n')]));
}

describe('the metadata stream of a catalogue', () => {
  const catalogue = '<< /Type /Catalog /Metadata 12 0 R >>';
  const texts = (bytes: Uint8Array) => readMetadataStreams(bytes).map(String);

  it('is unpacked, or taken as it is', () => {
    expect(texts(pdfWith(catalogue, deflateSync('HM=1'), '/Filter /FlateDecode'))).toEqual(['HM=1']);
    expect(texts(pdfWith(catalogue, Buffer.from('HM=2'), ''))).toEqual(['HM=2']);
  });

  it('is found where the catalogue itself is packed', () => {
    const packed = deflateSync(catalogue);
    const objects = `5 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
    const rest = pdfWith('<< >>', Buffer.from('HM=3'), '');
    const bytes = Buffer.concat([Buffer.from(objects), packed, Buffer.from('\nendstream\nendobj\n'), rest]);
    expect(texts(new Uint8Array(bytes))).toEqual(['HM=3']);
  });

  it('says nothing when it is broken, or unpacks without end', () => {
    expect(texts(pdfWith(catalogue, Buffer.from('not packed'), '/Filter /FlateDecode'))).toEqual([]);
    expect(texts(pdfWith(catalogue, deflateSync(Buffer.alloc(17 * 1024 * 1024)), '/Filter /FlateDecode'))).toEqual([]);
  });
});
