import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  EditOutlined,
  FileAddOutlined,
  KeyOutlined,
  QrcodeOutlined,
  QuestionCircleFilled,
  TableOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import type { Overview } from '../../../shared/contract/overview-operations.ts';

type Tone = 'bad' | 'warn' | 'plain';

interface Task {
  readonly key: string;
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly text: string;
  readonly to: string;
}

/** What waits for a person, the gravest first. */
function useTasks(account: Account, { todo, batches, expiring }: Overview): readonly Task[] {
  const { t } = useTranslation();
  const counted = (key: keyof Overview['todo'], tone: Tone, icon: ReactNode, to: string) =>
    todo[key] > 0 ? [{ key, tone, icon, text: t(`overview.todo.${key}`, { count: todo[key] }), to }] : [];
  const [soonest] = expiring;
  return [
    ...(account.secretPlace === 'missing'
      ? [
          {
            key: 'secret',
            tone: 'bad' as const,
            icon: <KeyOutlined aria-hidden="true" />,
            text: t('overview.todo.secret'),
            to: '/settings/accounts',
          },
        ]
      : []),
    ...counted('needsYou', 'warn', <QuestionCircleFilled aria-hidden="true" />, '/records/needs-you'),
    ...counted('ordersRejecting', 'warn', <QuestionCircleFilled aria-hidden="true" />, '/orders'),
    ...counted('rejected', 'bad', <CloseCircleFilled aria-hidden="true" />, '/records/rejected'),
    ...batches.map(({ id, sourceName }) => ({
      key: `batch-${id}`,
      tone: 'warn' as const,
      icon: <TableOutlined aria-hidden="true" />,
      text: t('overview.todo.batch', { name: sourceName }),
      to: `/batch/${id}`,
    })),
    ...counted(
      'expiring',
      'warn',
      <ClockCircleOutlined aria-hidden="true" />,
      soonest ? `/issue/${soonest.invoiceId}` : '/records',
    ),
    ...counted('ordersToIssue', 'plain', <QrcodeOutlined aria-hidden="true" />, '/orders'),
    ...counted('drafts', 'plain', <EditOutlined aria-hidden="true" />, '/records/draft'),
    ...(account.kind === 'wechat' && account.platformId === null
      ? [
          {
            key: 'platform',
            tone: 'plain' as const,
            icon: <KeyOutlined aria-hidden="true" />,
            text: t('overview.todo.platform'),
            to: '/issue/setup',
          },
        ]
      : []),
  ];
}

/** What to do next, each with the way there. */
export function TodoList({ account, overview }: { readonly account: Account; readonly overview: Overview }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const tasks = useTasks(account, overview);
  return (
    <section className="overview-panel" aria-labelledby="overview-todo">
      <h2 id="overview-todo">{t('overview.todo.title')}</h2>
      {tasks.length === 0 ? (
        <p className="todo-none">
          <CheckCircleFilled aria-hidden="true" />
          {t('overview.todo.none')}
        </p>
      ) : (
        <ul className="todo-list">
          {tasks.map(({ key, tone, icon, text, to }) => (
            <li key={key} className={`todo-${tone}`}>
              <span className="todo-icon">{icon}</span>
              <span>{text}</span>
              <Button size="small" aria-label={t('overview.todo.lookOf', { what: text })} onClick={() => navigate(to)}>
                {t('overview.todo.look')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="form-actions">
        <Button type="primary" icon={<FileAddOutlined aria-hidden="true" />} onClick={() => navigate('/issue')}>
          {t('overview.todo.issue')}
        </Button>
      </div>
    </section>
  );
}
