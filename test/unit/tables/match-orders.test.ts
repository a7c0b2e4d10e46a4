import { describe, expect, it } from 'vitest';
import { matchOrders, type OrderToMatch } from '../../../electron/tables/match-orders.ts';
import type { PdfSays, ReadPdf } from '../../../electron/tables/pdf-rows.ts';
import { ok } from '../../../shared/result.ts';

const sure = <Value>(value: Value) => ({ value, confidence: 'sure' as const });

function pdf(
  file: string,
  fields: { title?: string; feeFen?: number; remarks?: string; buyerNumber?: string },
): ReadPdf {
  const read = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, sure(value)]));
  // The matching looks at these fields only.
  const says = { kind: 'digital', isRedLetter: false, items: [], findings: [], fields: read } as unknown as PdfSays;
  return { file, read: ok(says) };
}

const order = (orderId: string, more: Partial<OrderToMatch> = {}): OrderToMatch => ({
  orderId,
  moneyFen: 11_300,
  note: '',
  title: null,
  ...more,
});

async function match(files: readonly ReadPdf[], orders: readonly OrderToMatch[]) {
  const { orderOf, without } = await matchOrders(files, orders);
  const found = Object.fromEntries(
    files.map(({ file }) => {
      const of = orderOf(file);
      return [file, 'orderId' in of ? [of.orderId, ...of.notes.map(({ code }) => code)] : of.refusal.code];
    }),
  );
  return { found, without };
}

describe('the order of a PDF', () => {
  it('is the one whose number stands in the name of its file, as a word of its own', async () => {
    const files = [pdf('发票_WX-1001.pdf', {}), pdf('WX-10012.pdf', {}), pdf('a WX-1002 b.pdf', {})];
    expect(await match(files, [order('WX-1001'), order('WX-1002'), order('WX-1003')])).toEqual({
      found: { '发票_WX-1001.pdf': ['WX-1001'], 'WX-10012.pdf': 'pdf.no-order', 'a WX-1002 b.pdf': ['WX-1002'] },
      without: ['WX-1003'],
    });
  });

  it('is the one whose number stands in its remarks', async () => {
    const files = [pdf('a.pdf', { remarks: '订单：WX-1001；谢谢' })];
    expect((await match(files, [order('WX-1001')])).found).toEqual({ 'a.pdf': ['WX-1001'] });
  });

  it('is the one with its amount and its buyer, by the title or the note', async () => {
    const title = { title: '青禾（杭州）餐饮有限公司', taxNumber: '91330100MA2H00000X' };
    const files = [
      pdf('a.pdf', { feeFen: 500, title: '青禾(杭州)餐饮有限公司', buyerNumber: '91330100ma2h00000x' }),
      pdf('b.pdf', { feeFen: 700, title: '李雷' }),
    ];
    const orders = [
      order('1001', { moneyFen: 500, title }),
      order('1002', { moneyFen: 700, note: '李雷 13800000000' }),
    ];
    expect((await match(files, orders)).found).toEqual({ 'a.pdf': ['1001'], 'b.pdf': ['1002'] });
  });

  it.each([
    ['its amount alone', { feeFen: 11_300 }, order('1001')],
    ['its amount and an empty title', { feeFen: 11_300, title: '' }, order('1001', { note: '李雷' })],
    ['its buyer alone', { feeFen: 1, title: '李雷' }, order('1001', { note: '李雷' })],
    [
      'a buyer of the same name with another tax number',
      { feeFen: 11_300, title: '青禾', buyerNumber: '91330100MA2H00000X' },
      order('1001', { title: { title: '青禾', taxNumber: '91330100MA2H11111Y' } }),
    ],
  ])('is nobody’s by %s', async (_, fields, one) => {
    expect(await match([pdf('a.pdf', fields)], [one])).toEqual({
      found: { 'a.pdf': 'pdf.no-order' },
      without: ['1001'],
    });
  });

  it('is not guessed where several orders fit, nor where several files fit one order', async () => {
    const both = [order('1001', { note: '李雷' }), order('1002', { note: '李雷' })];
    const ofLi = { feeFen: 11_300, title: '李雷' };
    expect((await match([pdf('a.pdf', ofLi)], both)).found).toEqual({ 'a.pdf': 'pdf.several-orders' });
    const files = [pdf('1001 (1).pdf', {}), pdf('1001.pdf', {})];
    expect(await match(files, [order('1001')])).toEqual({
      found: { '1001 (1).pdf': 'pdf.order-taken', '1001.pdf': 'pdf.order-taken' },
      without: ['1001'],
    });
  });

  it('is told with what differs: a person looks before it is issued', async () => {
    const title = { title: '青禾', taxNumber: '' };
    const files = [pdf('1001.pdf', { feeFen: 1, title: '别人' })];
    expect((await match(files, [order('1001', { title })])).found).toEqual({
      '1001.pdf': ['1001', 'pdf.order-amount-differs', 'pdf.order-title-differs'],
    });
  });
});
