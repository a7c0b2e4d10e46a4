import { describe, expect, it } from 'vitest';
import { fieldsOfExtraction } from '../../../shared/invoice/from-extraction.ts';
import { openStage } from '../../support/app-under-test.ts';

const item = (name: string, num: string, price: string, amount: string, tax: string) => `
    <IssuItemInformation><ItemName>${name}</ItemName><SpecMod>A4</SpecMod><MeaUnits>本</MeaUnits>
      <Quantity>${num}</Quantity><UnPrice>${price}</UnPrice><Amount>${amount}</Amount><TaxRate>0.13</TaxRate>
      <ComTaxAm>${tax}</ComTaxAm></IssuItemInformation>`;

const invoice = (items: string, total = '226.00') => `<?xml version="1.0" encoding="UTF-8"?>
<EInvoice>
  <Header><EIid>26312000000010100556</EIid>
    <InherentLabel><GeneralOrSpecialVAT><LabelCode>02</LabelCode><LabelName>普通发票</LabelName></GeneralOrSpecialVAT></InherentLabel>
  </Header>
  <EInvoiceData>
    <SellerInformation><SellerIdNum>91310115MA1K4X7Q04</SellerIdNum><SellerName>上海梧桐里食品销售有限公司</SellerName>
      <SellerAddr>上海市浦东新区梧桐里路18号</SellerAddr><SellerTelNum>021-55550118</SellerTelNum></SellerInformation>
    <BuyerInformation><BuyerIdNum>91593318MA94380687</BuyerIdNum><BuyerName>杭州知行教育咨询有限公司</BuyerName></BuyerInformation>
    <BasicInformation><TotalAmWithoutTax>200.00</TotalAmWithoutTax><TotalTaxAm>26.00</TotalTaxAm>
      <TotalTax-includedAmount>${total}</TotalTax-includedAmount><Drawer>沈清</Drawer></BasicInformation>${items}
    <AdditionalInformation><Remark>合同 A-18</Remark></AdditionalInformation>
  </EInvoiceData>
  <TaxSupervisionInfo><InvoiceNumber>26312000000010100556</InvoiceNumber><IssueTime>2026-11-03</IssueTime></TaxSupervisionInfo>
</EInvoice>`;

const two =
  item('*印刷品*宣传册', '4', '25.00', '100.00', '13.00') + item('*印刷品*画册', '2', '50.00', '100.00', '13.00');

describe('pdf.extract of the XML that comes with a digital invoice', () => {
  it('answers with every field, sure by its sums, and with its lines', async () => {
    const stage = await openStage();
    const file = await stage.newFile('26312000000010100556.xml', invoice(two));
    const extraction = await stage.app().succeed('pdf.extract', { file });
    expect(extraction).toMatchObject({ kind: 'digital', isRedLetter: false, findings: [], pages: { count: 0 } });
    expect(extraction.fields.feeFen).toMatchObject({
      value: 22_600,
      source: 'embedded',
      confidence: 'sure',
      box: null,
    });
    expect(extraction.fields.type?.value).toBe('电子发票（普通发票）');
    expect(extraction.lines.map(({ rate }) => rate)).toEqual(['13%', '13%']);
    expect(fieldsOfExtraction(extraction)).toEqual({
      orderId: '',
      title: '杭州知行教育咨询有限公司',
      feeFen: 22_600,
      feeWithoutTaxFen: 20_000,
      taxFen: 2600,
      billingTime: Date.UTC(2026, 10, 2, 16) / 1000,
      billingNo: '26312000000010100556',
      billingCode: '',
      checkCode: '',
      buyerNumber: '91593318MA94380687',
      buyerAddressAndPhone: '',
      buyerBankAccount: '',
      sellerNumber: '91310115MA1K4X7Q04',
      sellerAddressAndPhone: '上海市浦东新区梧桐里路18号 021-55550118',
      sellerBankAccount: '',
      remarks: '合同 A-18',
      cashier: '',
      maker: '沈清',
      items: [
        { name: '*印刷品*宣传册', num: 4, unit: '本', priceFen: 2500 },
        { name: '*印刷品*画册', num: 2, unit: '本', priceFen: 5000 },
      ],
    });
  });

  it('reads an only line, and says where the sums do not agree', async () => {
    const stage = await openStage();
    const one = item('*印刷品*宣传册', '8', '25.00', '200.00', '26.00');
    const file = await stage.newFile('1.xml', invoice(one, '262.00'));
    const extraction = await stage.app().succeed('pdf.extract', { file });
    expect(extraction.items).toHaveLength(1);
    expect(extraction.fields.feeFen?.confidence).toBe('doubtful');
    expect(extraction.findings.map(({ code }) => code)).toContain('amount.sum-differs');
  });

  it.each([
    ['no invoice', '<?xml version="1.0"?><bill><total>1</total></bill>', 'pdf.not-pdf'],
    ['broken in the middle', invoice(two).slice(0, 900), 'pdf.damaged'],
  ])('refuses what is %s', async (_what, content, code) => {
    const stage = await openStage();
    const error = await stage.app().refuse('pdf.extract', { file: await stage.newFile('bad.xml', content) });
    expect(error.code).toBe(code);
  });

  it('unpacks no entity that would grow without end', async () => {
    const stage = await openStage();
    const extraction = await stage.app().succeed('pdf.extract', {
      file: await stage.newFile('bomb.xml', billionLaughs()),
    });
    expect(extraction.kind).toBe('not-invoice');
  });
});

function billionLaughs(): string {
  const levels = Array.from({ length: 12 }, (_, level) => {
    const inside = level === 0 ? 'ha' : `&l${level - 1};`.repeat(10);
    return `<!ENTITY l${level} "${inside}">`;
  });
  return `<?xml version="1.0"?><!DOCTYPE EInvoice [${levels.join('')}]><EInvoice><Header>&l11;</Header></EInvoice>`;
}
