import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFormSchema, formOf, type InvoiceForm, readForm } from '../../renderer/pages/issue/form-values.ts';
import { emptyInvoiceFields, type InvoiceFields } from '../../shared/invoice/invoice.ts';

const now = 1_795_000_000;

function form(part: Partial<InvoiceForm> = {}): InvoiceForm {
  return {
    ...formOf({ state: 'draft', templateId: 1, fields: emptyInvoiceFields() }),
    orderId: 'WX1',
    title: '杭州青禾茶叶有限公司',
    billingNo: '26312000000010100556',
    billingTime: 1_763_568_000,
    feeWithoutTax: '1000',
    tax: '130',
    fee: '1130',
    ...part,
  };
}

const codes = (part: Partial<InvoiceForm>) =>
  readForm(form(part), now).findings.map(({ field, code }) => `${field} ${code}`);

it('finds nothing in a whole invoice and reads its amounts as fen', () => {
  const { fields, findings } = readForm(form({ fee: '￥１,１３０．００' }), now);
  expect(findings).toEqual([]);
  expect(fields).toMatchObject({ feeFen: 113_000, feeWithoutTaxFen: 100_000, taxFen: 13_000 });
});

it.each([
  ['an empty amount is missing, not zero', { tax: '' }, ['tax value.required']],
  ['letters are no amount, and then no sum is compared', { fee: '12a' }, ['fee amount.not-a-number']],
  ['three decimals are no amount', { fee: '1130.005' }, ['fee amount.not-a-number']],
  ['a total that differs is odd', { fee: '1131' }, ['fee amount.sum-differs']],
  ['a template is needed', { templateId: null }, ['templateId value.required']],
  ['no date is no date', { billingTime: 0 }, ['billingTime value.required']],
  [
    'code and number in each other’s place',
    { billingNo: '031002600111', billingCode: '00412080', checkCode: '12345678901234567890' },
    ['billingNo code.swapped', 'billingCode code.swapped'],
  ],
  ['a line left blank is no line', { items: [{ name: '', num: '', unit: '', price: ' ' }] }, []],
  [
    'a line needs its name and price',
    { items: [{ name: '', num: '2', unit: '', price: '' }] },
    ['items.0.price item.price-missing', 'items.0.name item.name-missing'],
  ],
  [
    'a quantity that is not whole is left out and said',
    { items: [{ name: '茶', num: '1.5', unit: 'kg', price: '1130' }] },
    ['items.0.num item.num-not-whole'],
  ],
  [
    'a quantity in words is a fault',
    { items: [{ name: '茶', num: '两', unit: 'kg', price: '1130' }] },
    ['items.0.num item.num-not-a-number'],
  ],
  [
    'lines that do not add up',
    { items: [{ name: '茶', num: '2', unit: '盒', price: '1130' }] },
    ['items items.sum-differs'],
  ],
] as const)('%s', (_, part, expected) => {
  expect(codes(part)).toEqual(expected);
});

it('names the line of the form, though blank lines before it do not count', () => {
  const blank = { name: '', num: '', unit: '', price: '' };
  const faulty = { name: ' ', num: '1', unit: '', price: '1130' };
  const reading = readForm(form({ items: [blank, faulty] }), now);
  expect(reading.findings.map(({ field }) => field)).toEqual(['items.1.name']);
  expect(reading.fields.items).toHaveLength(1);
});

it('lists findings in the order in which the eye meets the fields', () => {
  const order = codes({ title: '', fee: '', orderId: '', billingNo: '1', buyerNumber: 'x' });
  expect(order.map((one) => one.split(' ')[0])).toEqual(['orderId', 'title', 'billingNo', 'fee', 'buyerNumber']);
});

it('passes the schema exactly where there is no fault, warnings or not', async () => {
  const schema = createFormSchema(() => now);
  expect((await schema.safeParseAsync(form({ fee: '1131' }))).success).toBe(true);
  const refused = await schema.safeParseAsync(form({ orderId: '' }));
  expect(refused.success).toBe(false);
  expect(refused.error?.issues.map(({ path }) => path)).toEqual([['orderId']]);
});

it('keeps every stored invoice as it is on the way through the form', () => {
  const amount = fc.integer({ min: 1, max: 99_999_999 });
  const item = fc.record({
    name: fc.constantFrom('茶', '*餐饮*套餐'),
    num: fc.option(fc.integer({ min: 1, max: 999 }), { nil: null }),
    unit: fc.constantFrom('', '盒'),
    priceFen: amount,
  });
  const stored: fc.Arbitrary<InvoiceFields> = fc
    .record({ net: amount, tax: fc.integer({ min: 0, max: 99_999 }), items: fc.array(item, { maxLength: 4 }) })
    .map(({ net, tax, items }) => ({
      ...emptyInvoiceFields(),
      orderId: 'WX1',
      feeFen: net + tax,
      feeWithoutTaxFen: net,
      taxFen: tax,
      billingNo: '00412080',
      items,
    }));
  fc.assert(
    fc.property(stored, fc.constantFrom('draft' as const, 'prepared' as const), (fields, state) => {
      expect(readForm(formOf({ state, templateId: 1, fields }), now).fields).toEqual(fields);
    }),
  );
});
