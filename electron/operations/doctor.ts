import { access, constants, statfs } from 'node:fs/promises';
import type { Template } from '../../shared/contract/account-operations.ts';
import type { DoctorFinding } from '../../shared/contract/app-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { formatBeijingDateTime } from '../../shared/invoice/beijing-time.ts';
import type { Text } from '../../shared/text.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import { describeCounts } from '../records/restore-offer.ts';
import { judgePlace, readPlaceFacts } from '../records/storage-place.ts';
import type { WeChatClient } from '../wechat/client.ts';
import type { HandlerParts } from './handler-parts.ts';

const youngTemplateMs = 10 * 60_000;
const leastFreeBytes = 500 * 1024 * 1024;
const nothing: Text = { zhCN: '', en: '' };

function good(check: DoctorFinding['check'], zhCN: string, en: string): DoctorFinding {
  return { check, state: 'good', text: { zhCN, en }, nextStep: nothing };
}

function bad(check: DoctorFinding['check'], { text, nextStep }: Pick<AppError, 'text' | 'nextStep'>): DoctorFinding {
  return { check, state: 'bad', text, nextStep };
}

async function examineDisk({ dataFolder }: HandlerParts): Promise<DoctorFinding[]> {
  try {
    await access(dataFolder, constants.W_OK);
    const { bavail, bsize } = await statfs(dataFolder);
    const freeMb = Math.floor((bavail * bsize) / 1024 / 1024);
    const folder = good('data-folder', `数据文件夹可写：${dataFolder}`, `The data folder is writable: ${dataFolder}`);
    if (bavail * bsize >= leastFreeBytes)
      return [folder, good('disk', `磁盘剩余 ${freeMb} MB`, `${freeMb} MB free on the disk`)];
    const text = { zhCN: `磁盘只剩 ${freeMb} MB`, en: `Only ${freeMb} MB free on the disk` };
    const nextStep = {
      zhCN: '请腾出空间，否则可能无法保存结果。',
      en: 'Free some space, or outcomes may not be saved.',
    };
    return [folder, { check: 'disk', state: 'warning', text, nextStep }];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const text = { zhCN: `数据文件夹不可写：${dataFolder}`, en: `The data folder is not writable: ${dataFolder}` };
    const nextStep = {
      zhCN: '请检查权限，或换一个数据文件夹。',
      en: 'Check its permissions, or choose another folder.',
    };
    return [bad('data-folder', { text, nextStep })];
  }
}

function examineDatabase({ records, writerLock }: HandlerParts): DoctorFinding[] {
  const version = records.sqliteVersion();
  const database = good(
    'database',
    `数据库完好（SQLite ${version}，掉电安全写入）`,
    `The database is sound (SQLite ${version}, power-cut safe)`,
  );
  const locked = writerLock.acquire();
  return locked.ok ? [database] : [database, { ...bad('database', locked.error), state: 'warning' }];
}

/** A database on another computer or in the hands of a sync program can lose what was written. */
async function examinePlace({ dataFolder }: HandlerParts): Promise<DoctorFinding[]> {
  const place = judgePlace(await readPlaceFacts(dataFolder, process.env));
  if (place.kind === 'local') return [];
  const text =
    place.kind === 'network'
      ? {
          zhCN: `数据文件夹在网络盘上（${place.detail}），数据库可能损坏`,
          en: `The data folder is on a network drive (${place.detail}); the database may be damaged there`,
        }
      : {
          zhCN: `数据文件夹在 ${place.service} 的同步目录里，数据库可能损坏`,
          en: `The data folder is synced by ${place.service}; the database may be damaged there`,
        };
  const nextStep = {
    zhCN: '请退出程序，把数据文件夹移到本机磁盘上不被同步的位置，再从那里打开。',
    en: 'Quit, move the data folder to a local disk outside any synced folder, and open it there.',
  };
  return [{ check: 'data-folder', state: 'warning', text, nextStep }];
}

function examineBackups({ backups, restoreFailure }: HandlerParts): DoctorFinding[] {
  const findings: DoctorFinding[] = [backups.lastFailure(), restoreFailure].flatMap((failure) =>
    failure ? { ...bad('database', failure), state: 'warning' as const } : [],
  );
  const [newest] = backups.list();
  if (!newest) return findings;
  const made = formatBeijingDateTime(Math.floor(Date.parse(newest.createdAt) / 1000));
  const counts = describeCounts(newest.counts);
  return [
    ...findings,
    good('database', `最新备份：北京时间 ${made}，${counts.zhCN}`, `Newest backup: ${made} Beijing time, ${counts.en}`),
  ];
}

/** Whether the account may invoice at all, and may ask customers (surrounding-api.md, section 0). */
async function examineInvoicing(client: WeChatClient, name: string): Promise<DoctorFinding[]> {
  const contact = await client.readContact();
  if (!contact.ok) {
    const { text, nextStep, details } = contact.error;
    const check = details['errcode'] === 48001 ? 'permission' : 'contact';
    return [bad(check, { text: { zhCN: `${name}：${text.zhCN}`, en: `${name}: ${text.en}` }, nextStep })];
  }
  const permission = good(
    'permission',
    `${name}：电子发票权限已开通`,
    `${name}: the permission for e-invoices is there`,
  );
  if (contact.value) {
    const { phone } = contact.value;
    return [permission, good('contact', `${name}：商户联系方式 ${phone}`, `${name}: contact ${phone}`)];
  }
  const text = {
    zhCN: `${name}：还没有设置商户联系方式，取不到授权链接（72063）`,
    en: `${name}: the merchant's contact is not set, so there are no authorisation links (72063)`,
  };
  const nextStep = {
    zhCN: '请在“设置 → 客户侧”里填写电话。',
    en: "Enter a phone number in Settings, Customer's side.",
  };
  return [permission, { check: 'contact', state: 'warning', text, nextStep }];
}

/** Cards of a template that was made only just now are refused (40078); how long "just now" is, no document says. */
function examineTemplates({ records, clock }: HandlerParts, { id, name }: StoredAccount): DoctorFinding[] {
  const templates = records.templates.listOfAccount(id).filter(({ archivedAt }) => archivedAt === null);
  const isYoung = ({ createdAt }: Template) => clock.now() - Date.parse(createdAt) < youngTemplateMs;
  if (templates.length === 0) {
    const text = { zhCN: `${name}：还没有发票卡券模板`, en: `${name}: there is no card template yet` };
    const nextStep = {
      zhCN: '请先在模板页创建模板，第一张发票要等几分钟后再开。',
      en: 'Create one on the page Templates, some minutes before the first invoice.',
    };
    return [{ check: 'template', state: 'warning', text, nextStep }];
  }
  if (!templates.every(isYoung))
    return [
      good('template', `${name}：${templates.length} 个发票卡券模板`, `${name}: ${templates.length} card template(s)`),
    ];
  const text = { zhCN: `${name}：模板刚刚创建`, en: `${name}: its template was made only just now` };
  const nextStep = {
    zhCN: '如果插卡被拒绝（40078），请过几分钟再试。',
    en: 'Where a card is refused with 40078, try again in some minutes.',
  };
  return [{ check: 'template', state: 'warning', text, nextStep }];
}

async function examineAccount(parts: HandlerParts, account: StoredAccount): Promise<DoctorFinding[]> {
  const { id: accountId, appid, name } = account;
  const findings: DoctorFinding[] = [];
  if (account.kind === 'wechat') {
    const place = await parts.secrets.place({ accountId, appid, purpose: 'app-secret' });
    if (place !== 'missing') findings.push(good('secret', `${name}：AppSecret 已就绪`, `${name}: AppSecret is there`));
  }
  const client = await parts.clients.of(accountId);
  if (!client.ok) return [...findings, bad('practice', client.error)];
  const token = await client.value.fetchToken();
  if (token.ok) {
    const seconds = token.value.expiresInSeconds;
    return [
      ...findings,
      good(
        'token',
        `${name}：已连通微信，凭证 ${seconds} 秒内有效`,
        `${name}: WeChat answers, token valid for ${seconds} s`,
      ),
      ...(await examineInvoicing(client.value, name)),
      ...examineTemplates(parts, account),
    ];
  }
  const { code } = token.error;
  const check = code.startsWith('network.') ? 'network' : code === 'account.secret-missing' ? 'secret' : 'token';
  const text = { zhCN: `${name}：${token.error.text.zhCN}`, en: `${name}: ${token.error.text.en}` };
  return [...findings, bad(check, { text, nextStep: routeAdvice(parts, accountId, token.error) })];
}

/** Where WeChat does not know the address the calls come from: which way helps, straight or through the relay. */
function routeAdvice({ records }: HandlerParts, accountId: number, { details, nextStep }: AppError): Text {
  if (details['errcode'] !== 40164) return nextStep;
  const relay = records.relays.find(accountId);
  if (relay?.carriesCalls)
    return {
      zhCN: '调用经过中继：请把中继服务器的出口 IP 填进白名单。',
      en: 'Calls go through the relay: put the address of its server on the allow-list.',
    };
  const other = relay
    ? {
        zhCN: '如果这台电脑的 IP 常变，请在“设置 → 中继”里让调用经过中继，白名单只填中继的 IP。',
        en: "If this computer's address changes often, let calls go through the relay (Settings, Relay): only its address need be on the list.",
      }
    : {
        zhCN: '如果这台电脑的 IP 常变，可以部署中继，让调用都从它的固定 IP 发出。',
        en: "If this computer's address changes often, a relay can make all calls from its one address.",
      };
  return { zhCN: `${nextStep.zhCN}${other.zhCN}`, en: `${nextStep.en} ${other.en}` };
}

/** What is wrong with program, data folder, disk and database; no call of WeChat, and nothing about an account. */
export async function examineProgram(parts: HandlerParts): Promise<DoctorFinding[]> {
  return [
    good(
      'program',
      `发票台 ${parts.version}，Node ${process.versions.node}`,
      `Fapiao Desk ${parts.version}, Node ${process.versions.node}`,
    ),
    ...(await examineDisk(parts)),
    ...(await examinePlace(parts)),
    ...examineDatabase(parts),
    ...examineBackups(parts),
  ];
}

/** What is wrong and what to do: all of {@link examineProgram}, and each account up to its token. */
export async function examine(parts: HandlerParts, accountId: number | undefined): Promise<DoctorFinding[]> {
  const accounts = parts.records.accounts.list().filter(({ id }) => accountId === undefined || id === accountId);
  const findings = await examineProgram(parts);
  for (const account of accounts) findings.push(...(await examineAccount(parts, account)));
  if (accounts.length > 0) return findings;
  const text = { zhCN: '还没有账号', en: 'There is no account yet' };
  const nextStep = {
    zhCN: '用 account.create 添加账号，可以先用练习账号。',
    en: 'Add one with account.create; a practice account will do.',
  };
  return [...findings, { check: 'account', state: 'warning', text, nextStep }];
}
