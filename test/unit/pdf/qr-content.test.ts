import { describe, expect, it } from 'vitest';
import { readQrContent } from '../../../electron/pdf/qr-content.ts';

const day = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date) / 1000 - 28_800;

describe('the text of an invoice QR code', () => {
  it('gives the net amount on older invoices', () => {
    expect(readQrContent('01,10,032002200111,00012345,94.3,20230405,12345678901234567890,AB12,')).toMatchObject({
      type: '10',
      billingCode: '032002200111',
      billingNo: '00012345',
      amountFen: 9430,
      amountIs: 'net',
      billingTime: day(2023, 4, 5),
      checkCode: '12345678901234567890',
    });
  });

  it('gives the total on fully digital ones, with blanks around empty fields or not', () => {
    expect(readQrContent('01,31, ,26312000000010100556,620, 20261103, ,F366')).toMatchObject({
      billingCode: '',
      billingNo: '26312000000010100556',
      amountFen: 62_000,
      amountIs: 'total',
      billingTime: day(2026, 11, 3),
      checkCode: '',
    });
  });

  it("is an address on Shenzhen's own, with the total in fen and the check code at the end of the hash", () => {
    const address =
      'https://bcfp.shenzhen.chinatax.gov.cn/verify/scan?hash=00aa11f3c9e&bill_num=02730522&total_amount=3720';
    expect(readQrContent(address)).toMatchObject({
      billingNo: '02730522',
      amountFen: 3720,
      amountIs: 'total',
      checkCode: 'f3c9e',
    });
  });

  it.each([
    ['another version', '02,10,032002200111,00012345,94.3,20230405,,AB12'],
    ['a number of 9 digits', '01,10,032002200111,000123456,94.3,20230405,,AB12'],
    ['a day that does not exist', '01,32,,26312000000010100556,94.3,20230231,,AB12'],
    ['another host', 'https://chinatax.gov.cn.example.com/scan?hash=abcde&bill_num=02730522&total_amount=3720'],
    ['any text', 'https://example.com/'],
  ])('is nothing with %s', (_, text) => {
    expect(readQrContent(text)).toBeUndefined();
  });
});
