import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, runCli } from '../../support/cli.ts';
import {
  type CliPractice,
  createShopFolder,
  practiceAppid,
  practiceSecret,
  startCliPractice,
} from '../../support/cli-practice.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

let practice: CliPractice;

beforeAll(async () => {
  practice = await startCliPractice();
});

afterAll(async () => {
  await practice.stop();
});

interface Seen {
  readonly check: string;
  readonly state: string;
  readonly text: { readonly zhCN: string; readonly en: string };
  readonly nextStep: { readonly zhCN: string; readonly en: string };
}

/** What the doctor finds about a data folder, by what it looked at. */
async function examine(dataFolder: string, secret: string) {
  const { code, stdout } = await runCli(['doctor', '--json'], {
    dataFolder,
    environment: { FAPIAO_APP_SECRET: secret },
  });
  const [answer] = jsonLines(stdout);
  // app.doctor's output, which the contract describes.
  const { findings, healthy } = answer as unknown as { findings: Seen[]; healthy: boolean };
  const about = (check: string) => findings.find((finding) => finding.check === check);
  return {
    code,
    healthy,
    about,
    bad: findings.filter(({ state }) => state === 'bad').map(({ check }) => check),
    findings,
  };
}

describe('the doctor', () => {
  it('finds everything good where everything is', async () => {
    const { dataFolder } = await createShopFolder(practice.url);
    const { code, healthy, findings, about } = await examine(dataFolder, practiceSecret);
    expect({ code, healthy }).toEqual({ code: 0, healthy: true });
    expect(findings.map(({ check }) => check)).toEqual([
      'program',
      'data-folder',
      'disk',
      // The file itself, and its newest backup.
      'database',
      'database',
      'secret',
      'token',
      // That it may invoice, whom customers can turn to, and that a template is there.
      'permission',
      'contact',
      'template',
    ]);
    expect(about('token')?.text.en).toMatch(/^shop: WeChat answers, token valid for \d+ s$/);
    expect(JSON.stringify(findings)).not.toContain(practiceSecret);
  });

  it('says it in words too, in the chosen language', async () => {
    const { dataFolder } = await createShopFolder(practice.url);
    const environment = { FAPIAO_APP_SECRET: practiceSecret };
    const chinese = await runCli(['doctor'], { dataFolder, environment });
    const english = await runCli(['doctor', '--lang', 'en', '--account', 'shop'], { dataFolder, environment });
    expect([chinese.code, english.code]).toEqual([0, 0]);
    expect(chinese.stdout).toMatch(/^✓ 发票台 .*\n✓ 数据文件夹可写/);
    expect(english.stdout).toMatch(/^✓ Fapiao Desk .*\n✓ The data folder is writable/);
  });

  it('names a wrong secret, and what to do', async () => {
    const { dataFolder } = await createShopFolder(practice.url);
    const { code, healthy, bad, about, findings } = await examine(dataFolder, 'a-secret-of-somebody-else');
    expect({ code, healthy, bad }).toEqual({ code: 1, healthy: false, bad: ['token'] });
    expect(about('token')?.text.zhCN).toMatch(/^shop：.*AppSecret/);
    expect(about('token')?.nextStep.zhCN).toMatch(/\p{Script=Han}/u);
    expect(JSON.stringify(findings)).not.toContain('a-secret-of-somebody-else');
  });

  it('names a missing secret', async () => {
    const { dataFolder } = await createShopFolder(practice.url);
    const { code, bad, about } = await examine(dataFolder, '');
    expect({ code, bad }).toEqual({ code: 1, bad: ['secret'] });
    expect(about('secret')?.nextStep.en).toContain('FAPIAO_APP_SECRET');
  });

  it('names the address that is not on the allow-list, and the place to enter it', async () => {
    const { dataFolder } = await createShopFolder(practice.url);
    const app = { appid: practiceAppid, secret: practiceSecret, customerMustAuthorise: false };
    await practice.control.settings({ clientIp: '203.0.113.7' });
    await practice.control.putApp({ ...app, allowedIps: ['198.51.100.1'] });
    const { code, bad, about } = await examine(dataFolder, practiceSecret);
    await practice.control.putApp(app);
    await practice.control.defaultSettings();
    expect({ code, bad }).toEqual({ code: 1, bad: ['token'] });
    expect(JSON.stringify(about('token'))).toContain('203.0.113.7');
    expect(about('token')?.nextStep.zhCN).toContain('白名单');
  });

  it('names a network that leads nowhere', async () => {
    const gone = await startCliPractice();
    const { dataFolder } = await createShopFolder(gone.url);
    await gone.stop();
    const { code, bad, about } = await examine(dataFolder, practiceSecret);
    expect({ code, bad }).toEqual({ code: 1, bad: ['network'] });
    expect(about('network')?.nextStep.en).toContain('network');
  });

  it('is content with a new data folder, and says that there is no account yet', async () => {
    const { code, about } = await examine(createTempFolder(), '');
    expect(code).toBe(0);
    expect(about('account')).toMatchObject({
      state: 'warning',
      nextStep: { en: expect.stringContaining('account.create') },
    });
  });
});
