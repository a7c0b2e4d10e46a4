import { errorCatalogue } from '../../shared/errors/error-catalogue.ts';
import type { ErrorClass, ErrorEntry } from '../../shared/errors/error-entry.ts';
import { inLanguage, type Language, type Text } from '../../shared/text.ts';
import { errorsOfCall, unknownError, type WeChatCall, wechatErrors } from '../../shared/wechat/error-table.ts';

const words = {
  title: { zhCN: '错误与办法', en: 'Errors and what to do' },
  lead: {
    zhCN: '出错的时候，提示里有三样东西：出了什么事、怎么办、一个代码。按提示做就行；想多知道一点，就在这一页按代码找。',
    en: 'When something fails you are told three things: what happened, what to do, and a code. Do what it says; to know more, look for the code on this page.',
  },
  help: {
    zhCN: '做了还是不行，按提示里的「**复制详情**」，发给帮您的人。里面没有密钥。',
    en: 'If that does not help, press **Copy details** and send them to whoever helps you. There are no secrets in them.',
  },
  unknownOutcome: {
    zhCN: '不知道发票到底有没有发出去？先看[结果未知怎么办](invoice.md#unknown)。',
    en: 'Not sure whether the invoice went out? Read [when the outcome is unknown](invoice.md#unknown) first.',
  },
  own: { zhCN: '发票台自己的提示', en: 'What Fapiao Desk itself says' },
  wechat: { zhCN: '微信的错误码', en: "WeChat's error codes" },
  wechatLead: {
    zhCN: '这些数字是微信给的。在微信开放社区里也能按数字搜索。',
    en: "These numbers are WeChat's own. They can be searched for in the WeChat community as well.",
  },
  other: { zhCN: '其他数字', en: 'Any other number' },
  todo: { zhCN: '怎么办：', en: 'What to do: ' },
  who: { zhCN: '这一类：', en: 'Kind: ' },
  also: { zhCN: '属于这一种的代码：', en: 'Codes of this kind: ' },
} as const satisfies Record<string, Text>;

const kinds: Readonly<Record<ErrorClass, Text>> = {
  'fix-input': { zhCN: '填写的内容或文件要改', en: 'something filled in, or a file, has to be changed' },
  'fix-account': {
    zhCN: '账号要在公众平台或设置里处理',
    en: "the account has to be put right in WeChat's console or in Settings",
  },
  'fix-computer': { zhCN: '这台电脑要处理', en: 'this computer has to be put right' },
  'wait-and-retry': { zhCN: '等一等再试', en: 'wait, then try again' },
  'already-done': { zhCN: '已经办好了', en: 'it is done already' },
  'outcome-unknown': { zhCN: '结果要由您确认', en: 'you have to say what became of it' },
  cancelled: { zhCN: '是您要求停下的', en: 'you asked for it to stop' },
  bug: { zhCN: '程序的问题，不是您的错', en: 'a fault of the program, not yours' },
};

const callWords: Readonly<Record<WeChatCall, Text>> = {
  token: { zhCN: '检查账号时', en: 'When an account is checked' },
  seturl: { zhCN: '获取识别码时', en: 'When the platform ID is obtained' },
  createcard: { zhCN: '创建模板时', en: 'When a template is created' },
  uploadimg: { zhCN: '上传 LOGO 时', en: 'When a logo is uploaded' },
  setpdf: { zhCN: '上传 PDF 时', en: 'When a PDF is uploaded' },
  getpdf: { zhCN: '查询 PDF 地址时', en: 'When the address of a PDF is asked for' },
  insert: { zhCN: '开具时', en: 'When an invoice is issued' },
  updatestatus: { zhCN: '更新报销状态时', en: 'When a reimbursement status is updated' },
  decrypt: { zhCN: '解码时', en: 'When a link is decoded' },
  getticket: { zhCN: '取授权链接之前', en: 'Before a link is got' },
  setbizattr: { zhCN: '保存客户侧设置时', en: "When the customer's side is saved" },
  getauthurl: { zhCN: '取授权链接时', en: 'When a link is got' },
  getauthdata: { zhCN: '询问授权时', en: 'When WeChat is asked about an order' },
  rejectinsert: { zhCN: '拒绝开票时', en: 'When an order is rejected' },
};

/** What fills a place differs each time; angle brackets would be HTML. */
const shown = (text: string) => text.replaceAll(/\{\w+\}/g, '…').replaceAll(/([*_`[\]<>|#])/g, '\\$1');

interface Meaning {
  readonly entry: ErrorEntry;
  readonly call?: WeChatCall;
}

function tell({ entry, call }: Meaning, say: (text: Text) => string): readonly string[] {
  const facts = [`- ${say(words.todo)}${shown(say(entry.nextStep))}`, `- ${say(words.who)}${say(kinds[entry.class])}`];
  if (call === undefined) return [...facts, ''];
  const colon = say({ zhCN: '：', en: ': ' });
  return [`${say(callWords[call])}${colon}${shown(say(entry.text))}`, '', ...facts, ''];
}

const heading = (level: number, id: string, text: string) => [`${'#'.repeat(level)} <a id="${id}"></a>${text}`, ''];

function ownErrors(say: (text: Text) => string): readonly string[] {
  return Object.entries(errorCatalogue).flatMap(([code, entry]: [string, ErrorEntry]) => [
    ...heading(3, code, `${shown(say(entry.text))} \`${code}\``),
    ...tell({ entry }, say),
  ]);
}

const calls = Object.entries(errorsOfCall).flatMap(([call, table]) =>
  // The keys of a table by call.
  Object.entries(table).map(([errcode, entry]) => ({ call: call as WeChatCall, errcode: Number(errcode), entry })),
);

function wechatCode(errcode: number, say: (text: Text) => string): readonly string[] {
  const general = wechatErrors[errcode];
  const special = calls.filter((one) => one.errcode === errcode);
  const text = (general ?? special[0]?.entry)?.text;
  return [
    ...heading(3, `wechat.${errcode}`, `${errcode} · ${text ? shown(say(text)) : ''}`),
    ...(general ? tell({ entry: general }, say) : []),
    ...special.flatMap((meaning) => tell(meaning, say)),
  ];
}

/** Codes of which the table says the same stand together. */
function sharedEntries(): ReadonlyMap<ErrorEntry, readonly number[]> {
  const codes = Map.groupBy(Object.keys(wechatErrors).map(Number), (code) => wechatErrors[code] ?? unknownError);
  return new Map([...codes].filter(([, same]) => same.length > 1));
}

function wechatCodes(say: (text: Text) => string): readonly string[] {
  const shared = sharedEntries();
  const together = new Set([...shared.values()].flat());
  const single = [...new Set([...Object.keys(wechatErrors).map(Number), ...calls.map(({ errcode }) => errcode)])]
    .filter((errcode) => !together.has(errcode))
    .sort((one, other) => one - other);
  const groups = [...shared].flatMap(([entry, same]) => [
    ...heading(3, `wechat.${same[0]}-${same.at(-1)}`, shown(say(entry.text))),
    ...tell({ entry }, say),
    `${say(words.also)}${same.map((code) => `<a id="wechat.${code}">${code}</a>`).join(say({ zhCN: '、', en: ', ' }))}`,
    '',
  ]);
  return [
    ...single.flatMap((errcode) => wechatCode(errcode, say)),
    ...groups,
    ...heading(3, 'wechat.other', say(words.other)),
    ...tell({ entry: unknownError }, say),
  ];
}

/** The guide's page of errors in one language, made of the tables that the program itself speaks by. */
export function errorsPage(language: Language): string {
  const say = (text: Text) => inLanguage(text, language);
  return `${[
    '<!-- Made by `npm run guide`; what it says is written in shared/errors and shared/wechat. -->',
    '',
    ...heading(1, 'errors', say(words.title)),
    say(words.lead),
    '',
    say(words.help),
    '',
    `> ${say(words.unknownOutcome)}`,
    '',
    ...heading(2, 'own', say(words.own)),
    ...ownErrors(say),
    ...heading(2, 'wechat', say(words.wechat)),
    say(words.wechatLead),
    '',
    ...wechatCodes(say),
  ]
    .join('\n')
    .trimEnd()}\n`;
}
