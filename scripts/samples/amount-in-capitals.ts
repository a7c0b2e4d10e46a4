const digits = '零壹贰叁肆伍陆柒捌玖';
const units = ['', '拾', '佰', '仟'];
const groupUnits = ['', '万', '亿', '万亿'];

/** `1050` → `壹仟零伍拾`: one group of four digits without its unit. */
function groupInCapitals(group: number): string {
  const written = [...String(group).padStart(4, '0')].map((digit, index) =>
    digit === '0' ? '零' : digits.charAt(Number(digit)) + (units[3 - index] ?? ''),
  );
  return written
    .join('')
    .replaceAll(/零+/g, '零')
    .replace(/^零|零$/g, '');
}

function wholeInCapitals(yuan: number): string {
  let text = '';
  for (let power = groupUnits.length - 1; power >= 0; power -= 1) {
    const group = Math.floor(yuan / 10_000 ** power) % 10_000;
    if (group === 0) continue;
    const isGap = text !== '' && (group < 1000 || Math.floor(yuan / 10_000 ** (power + 1)) % 10_000 === 0);
    text += (isGap ? '零' : '') + groupInCapitals(group) + (groupUnits[power] ?? '');
  }
  return text;
}

/**
 * An amount as invoices write it in Chinese capitals: `123405` → `壹仟贰佰叁拾肆圆零伍分`.
 * @param fen a whole number of fen, 0 and above
 */
export function amountInCapitals(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`not an amount: ${fen}`);
  const whole = wholeInCapitals(Math.floor(fen / 100));
  const tenth = Math.floor(fen / 10) % 10;
  const hundredth = fen % 10;
  const yuan = whole === '' ? '' : `${whole}圆`;
  if (tenth === 0 && hundredth === 0) return `${yuan || '零圆'}整`;
  const jiao = tenth === 0 ? yuan && '零' : `${digits.charAt(tenth)}角`;
  return yuan + jiao + (hundredth === 0 ? '整' : `${digits.charAt(hundredth)}分`);
}
